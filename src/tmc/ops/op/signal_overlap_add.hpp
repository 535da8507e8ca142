// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/signal.hpp"

namespace tmc::ops {

struct SignalOverlapAdd {
  static constexpr const char* kName = "signal_overlap_add";
  static constexpr const char* kDoc =
      "Frames [.., frames, size], i16 or f32, added up where they overlap: each begins `step` behind the one before, "
      "and "
      "the first at the beginning of the second operand, [.., size - step], what frames before left. Output: [.., "
      "frames "
      "* step + size - step], the last size - step of which are what these leave. Integers saturate after each frame.";

  int64_t step = 1;

  static constexpr auto fields() { return std::tuple{Field{"step", &SignalOverlapAdd::step}}; }

  static Inferred infer(const SignalOverlapAdd& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 2, 2));
    const DType dtype = in[0].dtype;
    if ((dtype != DType::kI16 && dtype != DType::kF32) || in[1].dtype != dtype) {
      return error(Error::kUnsupportedType, "its frames are not i16 or f32, or what was before them has another type");
    }
    const Shape& frames = in[0].shape;
    const int rank = frames.rank();
    if (rank < 2) return error(Error::kUnsupportedShape, "its frames have rank {}", rank);
    const int64_t size = frames[rank - 1], count = frames[rank - 2];
    if (op.step < 1 || op.step >= size) {
      return error(Error::kUnsupportedShape, "it takes steps of {} in frames of {}", op.step, size);
    }
    Shape shape;
    for (int axis = 0; axis + 2 < rank; ++axis) shape.push_back(frames[axis]);
    Shape past = shape;
    past.push_back(size - op.step);
    if (in[1].shape != past) return error(Error::kMalformed, "what was before does not fit frames of {}", size);
    shape.push_back(count * op.step + size - op.step);
    return std::vector<TensorType>{{dtype, shape}};
  }
};

}  // namespace tmc::ops
