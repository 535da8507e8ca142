// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of the binary elementwise contracts: Params with extents[4], a_strides[4], b_strides[4], and inputs a and b.

#include <array>
#include <utility>

#include "tmc/kernels/testing/element.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels::testing {

// Dense strides of an operand that has extent 1 along the axes where `has` is false; returns its elements.
inline int32_t operand_strides(const std::array<int32_t, 4>& extents, const std::array<bool, 4>& has,
                               int32_t (&strides)[4]) {
  int32_t elements = 1;
  for (size_t axis = 4; axis-- > 0;) {
    strides[axis] = has[axis] ? elements : 0;
    if (has[axis]) elements *= extents[axis];
  }
  return elements;
}

// Returns the elements of a and b.
template <typename Params>
std::pair<int32_t, int32_t> set_broadcast(Params& p, const std::array<int32_t, 4>& extents,
                                          const std::array<bool, 4>& has_a, const std::array<bool, 4>& has_b) {
  std::copy(extents.begin(), extents.end(), p.extents);
  return {operand_strides(extents, has_a, p.a_strides), operand_strides(extents, has_b, p.b_strides)};
}

// Calls visit(index in a, index in b) for every output element in the order of addresses.
template <typename Params, typename Visit>
void for_each_pair(const Params& p, Visit visit) {
  for (int32_t i = 0; i < p.extents[0]; ++i) {
    for (int32_t j = 0; j < p.extents[1]; ++j) {
      for (int32_t k = 0; k < p.extents[2]; ++k) {
        for (int32_t l = 0; l < p.extents[3]; ++l) {
          const auto at = [&](const int32_t(&s)[4]) {
            return static_cast<size_t>(i * s[0] + j * s[1] + k * s[2] + l * s[3]);
          };
          visit(at(p.a_strides), at(p.b_strides));
        }
      }
    }
  }
}

// Values of the operands a and b.
template <typename T>
using Operands = std::array<std::vector<T>, 2>;

template <typename Contract>
Case binary_case(const typename Contract::Params& p, const Operands<Element<Contract>>& operands) {
  Case test_case;
  test_case.kernel = find_kernel(Contract::kName);
  test_case.params = to_words(p);
  test_case.inputs = {to_bytes(operands[0]), to_bytes(operands[1])};
  const int32_t elements = p.extents[0] * p.extents[1] * p.extents[2] * p.extents[3];
  test_case.output_bytes = static_cast<size_t>(elements) * sizeof(Element<Contract>);
  return test_case;
}

// `tested`, where given, gets the names of the implementations that ran beside the portable one.
template <typename Contract, typename Naive>
void expect_binary(const typename Contract::Params& p, const Operands<Element<Contract>>& operands, Naive naive,
                   std::vector<std::string>* tested = nullptr) {
  std::vector<Element<Contract>> expected;
  for_each_pair(p,
                [&](size_t at_a, size_t at_b) { expected.push_back(naive(p, operands[0][at_a], operands[1][at_b])); });
  const Case test_case = binary_case<Contract>(p, operands);
  EXPECT_EQ(expect_implementations_agree(test_case, tested), to_bytes(expected))
      << ::testing::PrintToString(test_case.params);
}

// All pairs of these values at once, as a row against a column.
template <typename Contract, typename Naive>
void expect_pairs(typename Contract::Params p, const std::vector<Element<Contract>>& values, Naive naive,
                  std::vector<std::string>* tested = nullptr) {
  const auto count = static_cast<int32_t>(values.size());
  set_broadcast(p, {1, 1, count, count}, {false, false, true, false}, {false, false, false, true});
  expect_binary<Contract>(p, {values, values}, naive, tested);
}

// All 65,536 pairs of int8.
template <typename Contract, typename Naive>
void expect_every_pair(const typename Contract::Params& p, Naive naive, std::vector<std::string>* tested = nullptr) {
  std::vector<int8_t> every(256);
  for (size_t i = 0; i < every.size(); ++i) every[i] = static_cast<int8_t>(static_cast<int>(i) - 128);
  expect_pairs<Contract>(p, every, naive, tested);
}

// Sets random extents, each operand broadcast along random axes; returns random values of a and b.
template <typename T, typename Params>
Operands<T> randomize_broadcast(std::mt19937& rng, Params& p) {
  std::array<int32_t, 4> extents{};
  std::array<bool, 4> has_a{};
  std::array<bool, 4> has_b{};
  for (size_t axis = 0; axis < 4; ++axis) {
    extents[axis] = pick(rng, 1, axis == 3 ? 19 : 4);
    const int which = pick(rng, 0, 3);
    has_a[axis] = which != 1;
    has_b[axis] = which != 2;
  }
  const auto [elements_a, elements_b] = set_broadcast(p, extents, has_a, has_b);
  return {random_elements<T>(rng, static_cast<size_t>(elements_a)),
          random_elements<T>(rng, static_cast<size_t>(elements_b))};
}

template <typename Contract>
Case random_broadcast_case(std::mt19937& rng, typename Contract::Params p) {
  const auto operands = randomize_broadcast<Element<Contract>>(rng, p);
  return binary_case<Contract>(p, operands);
}

template <typename Contract, typename Naive>
void expect_random_broadcast(std::mt19937& rng, typename Contract::Params p, Naive naive) {
  const auto operands = randomize_broadcast<Element<Contract>>(rng, p);
  expect_binary<Contract>(p, operands, naive);
}

}  // namespace tmc::kernels::testing
