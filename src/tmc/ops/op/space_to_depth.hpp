// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct SpaceToDepth {
  static constexpr const char* kName = "space_to_depth";
  static constexpr const char* kDoc =
      "Blocks of block * block pixels of an image become channels: those of every pixel, by row, column and channel.";
  static constexpr const char* kOnnx = "SpaceToDepth";

  Layout layout = Layout::kNhwc;
  int32_t block = 0;

  static constexpr auto fields() {
    return std::tuple{Field{"layout", &SpaceToDepth::layout},
                      Field{"block", &SpaceToDepth::block, {.onnx = "blocksize"}}};
  }

  static Result<IndexMap> map(const SpaceToDepth& op, const InferInputs& in) {
    TMC_TRY(check_rank(in[0], 4, "image"));
    const ImageAxes at = image_axes(op.layout);
    const Shape& shape = in[0].shape;
    const int64_t block = op.block;
    if (block < 1 || shape[at.height] % block != 0 || shape[at.width] % block != 0) {
      return error(Error::kMalformed, "blocks of {} do not divide its input", block);
    }
    const auto stride = [&](int axis) { return shape.elements(axis + 1, 4); };
    const StridedAxis batch{shape[0], stride(0)};
    const StridedAxis rows{shape[at.height] / block, block * stride(at.height)};
    const StridedAxis columns{shape[at.width] / block, block * stride(at.width)};
    const StridedAxis block_rows{block, stride(at.height)};
    const StridedAxis block_columns{block, stride(at.width)};
    const StridedAxis channels{shape[at.channels], stride(at.channels)};
    const Shape out = image_shape(op.layout, shape[0], rows.extent, columns.extent, channels.extent * block * block);
    if (op.layout == Layout::kNhwc) {
      return read_in_order(out, std::array{batch, rows, columns, block_rows, block_columns, channels});
    }
    return read_in_order(out, std::array{batch, block_rows, block_columns, channels, rows, columns});
  }
};

}  // namespace tmc::ops
