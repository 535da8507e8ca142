// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/column_sums.hpp"
#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// The image's extents behind the channels; where they are computed at run time, those that the file declares.
Result<std::vector<int64_t>> image_extents(ImportContext& context) {
  if (!context.is_at_run_time(1)) return context.constant_ints(1, "image_shape");
  TMC_ASSIGN(const Shape declared, declared_shape(context, 1, "image_shape"));
  if (declared.rank() < 3) return error(Error::kMalformed, "its declared shape has rank {}", declared.rank());
  return std::vector<int64_t>(declared.begin() + 2, declared.end());
}

Result<std::vector<ColumnAxis>> column_axes(ImportContext& context) {
  TMC_ASSIGN(const std::vector<int64_t> image, image_extents(context));
  TMC_ASSIGN(const std::vector<int64_t> block, context.constant_ints(2, "block_shape"));
  const size_t count = image.size();
  const Attributes attributes = context.attributes();
  TMC_ASSIGN(const auto strides, attributes.integers("strides", std::vector<int64_t>(count, 1)));
  TMC_ASSIGN(const auto dilations, attributes.integers("dilations", std::vector<int64_t>(count, 1)));
  TMC_ASSIGN(const auto pads, attributes.integers("pads", std::vector<int64_t>(2 * count, 0)));
  if (count < 1 || count > 3 || block.size() != count || strides.size() != count || dilations.size() != count ||
      pads.size() != 2 * count) {
    return error(Error::kUnsupportedShape, "its lists are not of one to three axes, each of all of them");
  }
  std::vector<ColumnAxis> axes;
  for (size_t i = 0; i < count; ++i) {
    constexpr int64_t kMostPixels = 1 << 16;
    for (const int64_t number : {image[i], block[i], strides[i], dilations[i], pads[i] + 1, pads[count + i] + 1}) {
      if (number < 1 || number > kMostPixels) return error(Error::kMalformed, "one of its lists holds {}", number);
    }
    const int64_t room = image[i] + pads[i] + pads[count + i] - dilations[i] * (block[i] - 1) - 1;
    if (room < 0) return error(Error::kMalformed, "its block is larger than the image");
    axes.push_back({image[i], block[i], strides[i], dilations[i], pads[i], room / strides[i] + 1});
  }
  return axes;
}

}  // namespace

Status import_col2_im(ImportContext& context) {
  TMC_ASSIGN(const std::vector<ColumnAxis> axes, column_axes(context));
  TMC_ASSIGN(const ir::ValueId columns, context.input(0));
  if (context.type(columns).dtype != DType::kF32) {
    return error(Error::kUnsupportedType, "it is supported in float").with_hint("cast its input to float");
  }
  int64_t taps = 1;
  for (const ColumnAxis& axis : axes) taps *= axis.kernel;
  const Shape& shape = context.type(columns).shape;
  TMC_ASSIGN(const ir::ValueId image,
             append_column_sums(context, columns, shape.rank() == 3 ? shape[1] / taps : 0, axes));
  return finish_copy(context, 0, image);
}

}  // namespace tmc::frontend::onnx_format
