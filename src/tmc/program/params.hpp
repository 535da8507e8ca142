// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Params of a step by the names that its contract gives them, for what holds of every contract with the same members:
// those of one kind of operator agree on them (kernels/contract/).

#include <cstdint>
#include <span>
#include <string_view>

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

// Bytes of an element of the kernel's tensors, which the end of its name says; 0 where it does not.
inline int64_t element_bytes_of(const kernels::KernelInfo& kernel) {
  const std::string_view name = kernel.name;
  if (name.ends_with("_s8") || name.ends_with("_s4")) return 1;
  if (name.ends_with("_s16")) return 2;
  return name.ends_with("_f32") ? 4 : 0;
}

}  // namespace tmc::program
