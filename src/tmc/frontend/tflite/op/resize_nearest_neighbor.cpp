// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/index_lists.hpp"
#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/op/gather.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::tflite {

Status import_resize_nearest_neighbor(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::ResizeNearestNeighborOptions>());
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const std::vector<int64_t> sizes, context.constant_ints(1, "size"));
  TMC_TRY(ops::check_rank(context.type(input), 4, "image"));
  if (sizes.size() != 2) return error(Error::kMalformed, "it has {} sizes", sizes.size());
  const Shape& shape = context.type(input).shape;
  const bool corners = options->align_corners();
  const char* const coordinates = corners                         ? "align_corners"
                                  : options->half_pixel_centers() ? "tf_half_pixel_for_nn"
                                                                  : "asymmetric";
  ops::Gather op;
  for (int i = 0; i < 2; ++i) {
    const int64_t extent = shape[i + 1];
    const int64_t resized = sizes[static_cast<size_t>(i)];
    const float scale = static_cast<float>(resized) / static_cast<float>(extent);
    TMC_ASSIGN(const std::vector<int64_t> indices,
               nearest_indices(context.budget(), {coordinates, corners ? "round_prefer_ceil" : "floor"}, extent,
                               resized, scale));
    op.read(i + 1, indices);
  }
  return context.finish(std::move(op), {input});
}

}  // namespace tmc::frontend::tflite
