// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of the signal operators' kernels, whose operands are vectors of plain integers.

#include <cstring>
#include <limits>

#include "tmc/kernels/testing/implementation_case.hpp"

namespace tmc::kernels::testing {

template <typename Kernel, typename T>
Case signal_case(const typename Kernel::Params& params, std::vector<std::vector<std::byte>> inputs, size_t elements,
                 const std::vector<Blob>& constants = {}) {
  Case test_case;
  test_case.kernel = find_kernel(Kernel::kName);
  test_case.params = to_words(params);
  test_case.constants = constants;
  test_case.inputs = std::move(inputs);
  test_case.output_bytes = elements * sizeof(T);
  return test_case;
}

// What all implementations of the kernel give, as `elements` of T. Without a list for those that ran, all must.
template <typename Kernel, typename T>
std::vector<T> run_signal(const typename Kernel::Params& params, std::vector<std::vector<std::byte>> inputs,
                          size_t elements, const std::vector<Blob>& constants = {},
                          std::vector<std::string>* tested = nullptr) {
  const Case test_case = signal_case<Kernel, T>(params, std::move(inputs), elements, constants);
  std::vector<std::string> ran;
  const std::vector<std::byte> bytes = expect_implementations_agree(test_case, tested ? tested : &ran);
  if (tested == nullptr) expect_all_were_tested(*test_case.kernel, ran);
  std::vector<T> output(bytes.size() / sizeof(T));
  std::memcpy(output.data(), bytes.data(), bytes.size());
  return output;
}

// Any numbers of T, some of them the largest and the smallest.
template <typename T>
std::vector<T> extreme_values(std::mt19937& rng, size_t count) {
  std::vector<T> values(count);
  for (T& value : values) {
    const uint64_t any = uint64_t{rng()} << 32 | rng();
    const uint64_t kind = any % 6;
    value = kind == 0   ? std::numeric_limits<T>::max()
            : kind == 1 ? std::numeric_limits<T>::min()
            : kind == 2 ? static_cast<T>(any % 5)
                        : static_cast<T>(any >> (rng() % 64));
  }
  return values;
}

}  // namespace tmc::kernels::testing
