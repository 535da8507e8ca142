// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs every implementation of a contract on one case and compares bytes with the portable implementation. Buffers are
// heap blocks of exactly the contract's size, so that the address sanitizer sees an implementation that strays.

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::testing {

// What the bytes of an output hold before an implementation runs.
inline constexpr int8_t kUntouched = 0x5a;

struct Case {
  const KernelInfo* kernel = nullptr;
  std::vector<int32_t> params;
  std::vector<Blob> constants;                 // the model's, in the order that the contract gives
  std::vector<std::vector<std::byte>> inputs;  // one for every kInput buffer
  // What outputs hold before, which the implementation changes a part of: of the first kOutput buffers, one for each.
  std::vector<std::vector<std::byte>> updated = {};
  size_t output_bytes = 0;  // of the last
  // What an element of float of the last output may differ by from the portable implementation's, where another one is
  // near (kernel.hpp).
  std::vector<double> tolerances = {};
};

template <typename T>
std::vector<std::byte> to_bytes(const std::vector<T>& values) {
  const auto raw = std::as_bytes(std::span(values));
  return {raw.begin(), raw.end()};
}

template <typename T>
std::vector<T> random_values(std::mt19937& rng, size_t count, int64_t low, int64_t high) {
  std::uniform_int_distribution<int64_t> pick(low, high);
  std::vector<T> values(count);
  for (T& value : values) value = static_cast<T>(pick(rng));
  return values;
}

// The bytes of the last output, and behind them of those that are updated; nullopt where the implementation does not
// apply to the case or its pack refuses the values.
std::optional<std::vector<std::byte>> run_implementation(const ImplementationInfo& implementation,
                                                         const Case& test_case);

// Every implementation of every instruction set that applies agrees with the portable one, or is near it, whose output
// is returned; each also with its output over an input as far as its overlap rule allows. `tested`, where given, gets
// the names of the implementations that ran.
std::vector<std::byte> expect_implementations_agree(const Case& test_case, std::vector<std::string>* tested = nullptr);

// No implementation of the kernel is missing from what `expect_implementations_agree` collected.
void expect_all_were_tested(const KernelInfo& kernel, const std::vector<std::string>& tested);

}  // namespace tmc::kernels::testing
