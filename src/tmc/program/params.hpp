// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Params of a step by the names that its contract gives them, for what holds of every contract with the same members:
// those of one kind of operator agree on them (kernels/contract/).

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "tmc/base/host/status.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::program {

// The words of one parameter; empty where the contract has none of this name. Word: int32_t or const int32_t.
template <typename Word>
std::span<Word> find_param(const kernels::KernelInfo& kernel, std::span<Word> words, std::string_view name) {
  size_t at = 0;
  for (const kernels::ParamInfo& param : kernel.params) {
    const auto count = static_cast<size_t>(param.count);
    if (name == param.name && at + count <= words.size()) return words.subspan(at, count);
    at += count;
  }
  return {};
}

// Dtype of an operand's elements: what its pointer in the contract points to, or what a parameter says ("input_dtype"
// for the buffer "input"). None where neither does, or the parameter is no dtype of a tensor.
std::optional<DType> operand_dtype(const kernels::KernelInfo& kernel, kernels::Words words, size_t operand);

// Bytes of an operand's element: those of its dtype, or the parameter "element_bytes"; 0 where nothing says.
int64_t element_bytes_of(const kernels::KernelInfo& kernel, kernels::Words words, size_t operand);

// Error of the code, saying of what dtype '{name}' is and what the kernel takes, where it takes another.
Status check_dtype(Error code, const kernels::KernelInfo& kernel, kernels::Words words, size_t operand, DType dtype,
                   std::string_view name);

}  // namespace tmc::program
