// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/spectrum.hpp"

namespace tmc::ops {

struct Dft {
  static constexpr const char* kName = "dft";
  static constexpr const char* kDoc =
      "The discrete Fourier transform of f32 [.., n, .., 1 or 2] along an axis, real or complex by the last axis, cut "
      "or "
      "filled up with zeros to `length` points: [.., length, .., 2]; with `onesided` the first length / 2 + 1 of them. "
      "`inverse` turns the other way and divides by length; with `onesided` it takes length / 2 + 1 points, and gives "
      "[.., length, .., 1].";

  int32_t axis = 0;
  int32_t length = 1;
  bool inverse = false;
  bool onesided = false;

  static constexpr auto fields() {
    return std::tuple{Field{"axis", &Dft::axis}, Field{"length", &Dft::length}, Field{"inverse", &Dft::inverse},
                      Field{"onesided", &Dft::onesided}};
  }

  static Inferred infer(const Dft& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    TMC_TRY(check_complex(in));
    TMC_TRY(check_points(op.length));
    Shape shape = in[0].shape;
    TMC_ASSIGN(const int axis, normalize_axis(op.axis, shape.rank()));
    if (axis == shape.rank() - 1) return error(Error::kUnsupportedShape, "its axis is that of the complex parts");
    const bool to_reals = op.inverse && op.onesided;
    if (to_reals && shape.back() != 2) return error(Error::kUnsupportedShape, "half a spectrum is not complex");
    shape[axis] = op.onesided && !op.inverse ? one_side_of(op.length) : op.length;
    shape[shape.rank() - 1] = to_reals ? 1 : 2;
    return std::vector<TensorType>{{DType::kF32, shape}};
  }
};

}  // namespace tmc::ops
