// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/spectrum.hpp"

namespace tmc::ops {

struct Stft {
  static constexpr const char* kName = "stft";
  static constexpr const char* kDoc =
      "Spectra of the frames of signals f32 [batch, n, 1 or 2], real or complex by the last axis: frames of `length` "
      "points, the next one `step` points later, each point times that of the window f32 [length], where there is one. "
      "[batch, frames, length, 2], with `onesided` [batch, frames, length / 2 + 1, 2]. Frames that the signal does not "
      "fill are left out.";

  int32_t length = 1;
  int32_t step = 1;
  bool onesided = true;

  static constexpr auto fields() {
    return std::tuple{Field{"length", &Stft::length}, Field{"step", &Stft::step}, Field{"onesided", &Stft::onesided}};
  }

  static Inferred infer(const Stft& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 2));
    TMC_TRY(check_complex(in));
    TMC_TRY(check_points(op.length));
    TMC_TRY(check_rank(in[0], 3, "the signal"));
    if (in.has(1)) {
      TMC_TRY(check_operand_dtype(in, 1, DType::kF32));
      if (in[1].shape != Shape::of(op.length)) {
        return error(Error::kUnsupportedShape, "its window has {} points, its frames {}", in[1].shape.elements(),
                     op.length);
      }
    }
    const int64_t points = in[0].shape[1];
    if (op.step < 1 || points < op.length) {
      return error(Error::kUnsupportedShape, "a signal of {} points has no frames of {} in steps of {}", points,
                   op.length, op.step);
    }
    const int64_t frames = (points - op.length) / op.step + 1;
    const int64_t bins = op.onesided ? one_side_of(op.length) : op.length;
    return std::vector<TensorType>{{DType::kF32, Shape::of(in[0].shape[0], frames, bins, 2)}};
  }
};

}  // namespace tmc::ops
