// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the operators that transform float lines to spectra share. Complex tensors have a last axis of extent 2, real
// and imaginary part; real ones may have one of extent 1.

#include <fmt/ranges.h>

#include "tmc/ops/signal.hpp"

namespace tmc::ops {

inline constexpr int32_t kMostPoints = 1 << 20;  // of a transform: 8 bytes of constants each

// kUnsupportedType for other elements than f32, kUnsupportedShape for a last axis of neither 1 nor 2.
inline Status check_complex(const InferInputs& in) {
  TMC_TRY(check_operand_dtype(in, 0, DType::kF32));
  const Shape& shape = in[0].shape;
  if (shape.rank() >= 2 && (shape.back() == 1 || shape.back() == 2)) return {};
  return error(Error::kUnsupportedShape, "a tensor [{}] is neither real [.., 1] nor complex [.., 2]",
               fmt::join(shape, ", "));
}

inline Status check_points(int64_t length) {
  if (length >= 1 && length <= kMostPoints) return {};
  return error(Error::kUnsupportedShape, "a transform of {} points, not from 1 to {}", length, kMostPoints);
}

// Of real lines, those that do not follow from others.
constexpr int64_t one_side_of(int64_t length) {
  return length / 2 + 1;
}

}  // namespace tmc::ops
