// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element at a time, straight from the contract. Where it is specialised, one of the loops
// is left.

#include "tmc/function/integer.hpp"
#include "tmc/kernels/contract/cast.hpp"

namespace tmc::kernels::portable {

struct Cast : ImplementationOf<kernels::Cast> {
  static constexpr bool has_type(int32_t dtype) {
    return dtype >= 0 && dtype <= static_cast<int32_t>(DType::kBool) && dtype != static_cast<int32_t>(DType::kF16) &&
           dtype != static_cast<int32_t>(DType::kBF16);
  }
  static constexpr bool applies(const Params& p) { return has_type(p.input_dtype) && has_type(p.output_dtype); }
  static constexpr Overlap overlap(const Params& p, int) {
    const bool shrinks =
        dtype_bytes(static_cast<DType>(p.output_dtype)) <= dtype_bytes(static_cast<DType>(p.input_dtype));
    return shrinks ? kInPlace : kNoOverlap;
  }
  static constexpr double instructions(const Params& p) { return 8.0 * p.elements; }

  static void run(Params p, Buffers b) {
    function::with_element_type(static_cast<DType>(p.input_dtype), [&](auto from) {
      function::with_element_type(static_cast<DType>(p.output_dtype), [&](auto to) {
        convert(p.elements, static_cast<const function::Stored<decltype(from)>*>(b.input),
                static_cast<function::Stored<decltype(to)>*>(b.output), from, to);
      });
    });
  }

 private:
  template <typename Input, typename Output, typename From, typename To>
  static void convert(int32_t elements, const Input* input, Output* output, From /*type*/, To /*type*/) {
    for (int32_t i = 0; i < elements; ++i) output[i] = function::converted<To>(static_cast<From>(input[i]));
  }
};

}  // namespace tmc::kernels::portable
