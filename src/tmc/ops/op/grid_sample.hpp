// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct GridSample {
  static constexpr const char* kName = "grid_sample";
  static constexpr const char* kDoc =
      "An image read at places that a grid says (ONNX GridSample). Inputs: x f32 [n, c, h, w], or a volume [n, c, d, "
      "h, "
      "w]; grid f32 [n, out_h, out_w, 2], or [n, out_d, out_h, out_w, 3], of every place x, y and z from -1 to 1, from "
      "the middle of the first pixel to that of the last with align_corners, else from edge to edge. mode: nearest, "
      "linear or, of images, cubic; padding: what pixels outside are, zeros, border or reflection. Output: f32 [n, c, "
      "out_h, out_w], or [n, c, out_d, out_h, out_w].";

  std::string mode = "linear";
  std::string padding = "zeros";
  bool align_corners = false;

  static constexpr auto fields() {
    return std::tuple{Field{"mode", &GridSample::mode}, Field{"padding", &GridSample::padding},
                      Field{"align_corners", &GridSample::align_corners}};
  }

  static Inferred infer(const GridSample& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 2, 2));
    const Shape &image = in[0].shape, &grid = in[1].shape;
    if (in[0].dtype != DType::kF32 || in[1].dtype != DType::kF32) {
      return error(Error::kUnsupportedType, "its input and its grid are not both f32");
    }
    const int axes = image.rank() - 2;
    if (axes != 2 && axes != 3) return error(Error::kUnsupportedShape, "its input has rank {}", image.rank());
    if (grid.rank() != image.rank() || grid.back() != axes || grid[0] != image[0]) {
      return error(Error::kMalformed, "its grid does not fit an input of rank {}", image.rank());
    }
    if (op.mode != "nearest" && op.mode != "linear" && op.mode != "cubic") {
      return error(Error::kMalformed, "unknown mode '{}'", op.mode);
    }
    if (op.mode == "cubic" && axes == 3)
      return error(Error::kUnsupportedOp, "cubic weights are defined of images alone");
    if (op.padding != "zeros" && op.padding != "border" && op.padding != "reflection") {
      return error(Error::kMalformed, "unknown padding '{}'", op.padding);
    }
    Shape shape = Shape::of(image[0], image[1]);
    for (int axis = 1; axis <= axes; ++axis) shape.push_back(grid[axis]);
    return std::vector<TensorType>{{DType::kF32, shape}};
  }
};

}  // namespace tmc::ops
