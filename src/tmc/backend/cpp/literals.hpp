// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Numbers and types as C and C++ spell them, exactly and on every target.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/base/dtype.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::backend::cpp {

// The C type that holds an element: "int8_t". Types that C lacks (f16, bf16) are held as their bits, bool as a byte.
std::string element_type(DType dtype);

std::string int_literal(int64_t value);
std::string float_literal(float value);
std::string double_literal(double value);

// Element `index` of the bytes, as a literal of element_type.
std::string element_literal(DType dtype, const std::byte* bytes, std::size_t index);

// One word of a contract's Params: "pad_top", "int32_t", "1". The name of an array's element ends with its index.
struct ParamWord {
  std::string name, type, literal;
};
std::vector<ParamWord> param_words(const kernels::KernelInfo& kernel, kernels::Words words);

// "/*batch*/ 1, /*stride*/ {2, 2}": the initialisers of a contract's Params, in lines that begin after `indent`. The
// words at `named` are variables of their names, behind `prefix`.
std::string params_literal(const kernels::KernelInfo& kernel, kernels::Words words, const std::string& indent,
                           std::span<const std::size_t> named = {}, std::string_view prefix = "");

}  // namespace tmc::backend::cpp
