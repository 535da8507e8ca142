// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Elementwise conversion between element types, in the direction in which the output may lie over the input: elements
// that grow are written from the last to the first.

#include "tmc/base/dtype.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels::portable {

constexpr Overlap convert_overlap(int32_t elements, uint32_t input_bytes, uint32_t output_bytes) {
  if (output_bytes <= input_bytes) return kInPlace;
  return {Overlap::Kind::kBackward, -elements * static_cast<int32_t>(output_bytes - input_bytes)};
}

template <typename In, typename Out, typename Function>
inline void convert_elements(int32_t elements, const In* input, Out* output, Function function) {
  if constexpr (sizeof(Out) <= sizeof(In)) {
    for (int32_t i = 0; i < elements; ++i) output[i] = function(input[i]);
  } else {
    for (int32_t i = elements; i-- > 0;) output[i] = function(input[i]);
  }
}

// The integer types that hold quantised activations.
constexpr bool is_quantized_dtype(int32_t dtype) {
  return dtype == static_cast<int32_t>(DType::kI8) || dtype == static_cast<int32_t>(DType::kU8) ||
         dtype == static_cast<int32_t>(DType::kI16);
}

// Calls function(T{}) with the C++ type of one of them.
template <typename Function>
inline void with_quantized_type(int32_t dtype, Function function) {
  switch (static_cast<DType>(dtype)) {
    case DType::kU8:
      return function(uint8_t{});
    case DType::kI16:
      return function(int16_t{});
    default:
      return function(int8_t{});
  }
}

}  // namespace tmc::kernels::portable
