// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The loops that make int8 of floats, compiled for several instruction sets as those of float_rows.hpp are.

#include <stdint.h>

namespace tmc::kernels::highway {

// output = saturate(round(input / scale) + zero_point), from the first element to the last (contract/quantize_f32.hpp).
struct DividedFloats {
  const float* input;
  int32_t elements;
  float scale;
  int32_t zero_point;
  bool ties_to_even;
  int8_t* output;
};
void quantize_divided(const DividedFloats& p);

// The least and the largest element, with zero among them.
struct FloatRange {
  float low, high;
};
FloatRange range_of_floats(const float* input, int32_t elements);

// output = round(input * inverse + zero_point) within [low, 127], half away from zero, from the last element to the
// first (contract/quantize_dynamic.hpp).
struct MultipliedFloats {
  const float* input;
  int32_t elements;
  float inverse;
  int32_t zero_point, low;
  int8_t* output;
};
void quantize_multiplied(const MultipliedFloats& p);

}  // namespace tmc::kernels::highway
