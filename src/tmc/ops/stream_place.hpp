// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where the tokens of a step stand in their stream, as operators of decoders are told at run time.

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

// i32 [3]: position of the first token, its slot, slots that are filled before it.
inline Status check_stream_place(const TensorType& type) {
  if (type.dtype == DType::kI32 && type.shape == Shape::of(3)) return {};
  return error(Error::kMalformed, "where tokens stand in their stream is not i32 [3]");
}

}  // namespace tmc::ops
