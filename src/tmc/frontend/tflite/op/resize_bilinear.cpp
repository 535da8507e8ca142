// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/resample.hpp"
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::tflite {

Status import_resize_bilinear(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::ResizeBilinearOptions>());
  TMC_ASSIGN(ir::ValueId value, context.input(0));
  TMC_ASSIGN(const std::vector<int64_t> sizes, context.constant_ints(1, "size"));
  TMC_TRY(ops::check_rank(context.type(value), 4, "image"));
  if (sizes.size() != 2) return error(Error::kMalformed, "it has {} sizes", sizes.size());
  const DType dtype = context.type(value).dtype;
  if (dtype != DType::kF32) {
    return error(Error::kUnsupportedType, "it is supported in float, not in {}", dtype_name(dtype));
  }
  Resampling how;
  how.coordinates = options->align_corners()        ? "align_corners"
                    : options->half_pixel_centers() ? "half_pixel"
                                                    : "asymmetric";
  for (int axis = 1; axis < 3; ++axis) {
    const int64_t extent = context.type(value).shape[axis];
    const int64_t resized = sizes[static_cast<size_t>(axis - 1)];
    if (resized == extent) continue;
    const float scale = static_cast<float>(resized) / static_cast<float>(extent);
    TMC_ASSIGN(const Taps taps, taps_of(context.budget(), how, extent, resized, scale));
    TMC_ASSIGN(value, resample(context, value, axis, taps));
  }
  return finish_resampled(context, value);
}

}  // namespace tmc::frontend::tflite
