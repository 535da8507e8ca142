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

}  // namespace tmc::program
