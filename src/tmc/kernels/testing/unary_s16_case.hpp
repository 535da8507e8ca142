// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of the contracts of one int16 function: Params with elements, an input and an output.

#include "tmc/kernels/testing/element.hpp"

namespace tmc::kernels::testing {

// Every value that int16 has.
inline std::vector<int16_t> every_int16() {
  std::vector<int16_t> values;
  for (int32_t q = INT16_MIN; q <= INT16_MAX; ++q) values.push_back(static_cast<int16_t>(q));
  return values;
}

// What the implementations, which agree, make of every value; `p.elements` is set.
template <typename Contract>
std::vector<int16_t> outputs_of_every_int16(typename Contract::Params p, std::vector<Blob> constants = {}) {
  const std::vector<int16_t> input = every_int16();
  p.elements = static_cast<int32_t>(input.size());
  Case test_case;
  test_case.kernel = find_kernel(Contract::kName);
  test_case.params = to_words(p);
  test_case.constants = std::move(constants);
  test_case.inputs = {to_bytes(input)};
  test_case.output_bytes = 2 * input.size();
  std::vector<std::string> tested;
  const std::vector<std::byte> bytes = expect_implementations_agree(test_case, &tested);
  expect_all_were_tested(*test_case.kernel, tested);
  std::vector<int16_t> output(bytes.size() / 2);
  if (!bytes.empty()) std::memcpy(output.data(), bytes.data(), bytes.size());
  return output;
}

}  // namespace tmc::kernels::testing
