// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct DepthToSpace {
  static constexpr const char* kName = "depth_to_space";
  static constexpr const char* kDoc =
      "Channels become blocks of block * block pixels. Input: an image whose channels are those of every pixel of a "
      "block, "
      "by row, column and channel (mode DCR), or by channel, row and column (CRD).";
  static constexpr const char* kOnnx = "DepthToSpace";

  Layout layout = Layout::kNhwc;
  int32_t block = 0;
  std::string mode = "DCR";

  static constexpr auto fields() {
    return std::tuple{Field{"layout", &DepthToSpace::layout},
                      Field{"block", &DepthToSpace::block, {.onnx = "blocksize"}}, Field{"mode", &DepthToSpace::mode}};
  }

  static Result<IndexMap> map(const DepthToSpace& op, const InferInputs& in) {
    TMC_TRY(check_rank(in[0], 4, "image"));
    const ImageAxes at = image_axes(op.layout);
    const Shape& shape = in[0].shape;
    const int64_t block = op.block;
    if (block < 1 || shape[at.channels] % (block * block) != 0) {
      return error(Error::kMalformed, "blocks of {} do not divide its input", block);
    }
    if (op.mode != "DCR" && op.mode != "CRD") return error(Error::kMalformed, "its mode is '{}'", op.mode);
    const int64_t depth = shape[at.channels] / (block * block);
    const auto stride = [&](int axis) { return shape.elements(axis + 1, 4); };
    const int64_t pixel = op.mode == "DCR" ? depth : 1;  // channels between those of neighbours in a block
    const StridedAxis channels{depth, (op.mode == "DCR" ? 1 : block * block) * stride(at.channels)};
    const StridedAxis batch{shape[0], stride(0)};
    const StridedAxis rows{shape[at.height], stride(at.height)};
    const StridedAxis columns{shape[at.width], stride(at.width)};
    const StridedAxis block_rows{block, pixel * block * stride(at.channels)};
    const StridedAxis block_columns{block, pixel * stride(at.channels)};
    const Shape out = image_shape(op.layout, shape[0], rows.extent * block, columns.extent * block, depth);
    if (op.layout == Layout::kNhwc) {
      return read_in_order(out, std::array{batch, rows, block_rows, columns, block_columns, channels});
    }
    return read_in_order(out, std::array{batch, channels, rows, block_rows, columns, block_columns});
  }
};

}  // namespace tmc::ops
