// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// How many bytes implementations read of their constants: a file for each instruction set that lays them out in its own
// way. Extents among the Params are at least 1, and products of them that the operands have are there.

#include <cstdint>
#include <optional>
#include <string_view>

#include "tmc/kernels/host/registry.hpp"
#include "tmc/program/params.hpp"

namespace tmc::engine {

// Params by their names.
class NamedParams {
 public:
  NamedParams(const kernels::KernelInfo& kernel, kernels::Words words) : kernel_(kernel), words_(words) {}

  std::string_view kernel() const { return kernel_.name; }
  bool has(std::string_view name) const { return !program::find_param(kernel_, words_, name).empty(); }
  int64_t value(std::string_view name, int64_t otherwise = 1) const {
    const auto found = program::find_param(kernel_, words_, name);
    return found.empty() ? otherwise : found.front();
  }

 private:
  const kernels::KernelInfo& kernel_;
  kernels::Words words_;
};

// Of the constant of that name, whose elements have so many bytes, 0: packed. None: nobody but the kernel knows.
std::optional<int64_t> portable_constant_bytes(const NamedParams& p, std::string_view name, int64_t element_bytes);
std::optional<int64_t> highway_constant_bytes(const NamedParams& p, std::string_view name);

// A product that may be larger than anything that there is.
constexpr int64_t bounded_product(std::initializer_list<int64_t> factors) {
  constexpr int64_t kMost = int64_t{1} << 40;
  int64_t result = 1;
  for (const int64_t factor : factors) {
    if (factor <= 0) return 0;
    result = result > kMost / factor ? kMost : result * factor;
  }
  return result;
}

constexpr int64_t rounded_up(int64_t value, int64_t to) {
  return (value + to - 1) / to * to;
}

}  // namespace tmc::engine
