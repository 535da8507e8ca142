// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constant weights in float or half precision, as the portable implementations read them one by one.

#include "tmc/base/float16.hpp"

namespace tmc::kernels::portable {

struct FloatWeights {
  const void* data;
  float operator[](int32_t i) const { return static_cast<const float*>(data)[i]; }
};
struct HalfWeights {
  const void* data;
  float operator[](int32_t i) const { return widen_f16(static_cast<const uint16_t*>(data)[i]); }
};

// Calls function with the one or the other.
template <typename Function>
inline void with_weights(const void* data, int32_t half_weights, Function function) {
  if (half_weights) return function(HalfWeights{data});
  function(FloatWeights{data});
}

}  // namespace tmc::kernels::portable
