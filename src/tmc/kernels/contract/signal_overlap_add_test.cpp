// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>

#include "tmc/kernels/contract/signal_synthesis.hpp"
#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

template <typename T>
T sum_of(T a, T b) {
  if constexpr (std::is_same_v<T, float>) {
    return a + b;
  } else {
    return static_cast<T>(std::clamp<int32_t>(a + b, INT16_MIN, INT16_MAX));
  }
}

// A buffer that moves on by a step after each frame.
template <typename T>
std::vector<T> added(const SignalOverlapAdd::Params& p, const std::vector<T>& input, const std::vector<T>& past) {
  std::vector<T> output;
  auto frame = input.begin();
  for (int32_t item = 0; item < p.items; ++item) {
    const auto first = past.begin() + item * (p.size - p.step);
    std::deque<T> buffer(first, first + (p.size - p.step));
    for (int32_t k = 0; k < p.frames; ++k) {
      buffer.resize(static_cast<size_t>(p.size), 0);
      for (T& element : buffer) element = sum_of(*frame++, element);
      output.insert(output.end(), buffer.begin(), buffer.begin() + p.step);
      buffer.erase(buffer.begin(), buffer.begin() + p.step);
    }
    output.insert(output.end(), buffer.begin(), buffer.end());
  }
  return output;
}

template <typename T>
void expect_added(std::mt19937& rng) {
  for (int round = 0; round < 100; ++round) {
    SignalOverlapAdd::Params p{};
    p.input_dtype = p.past_dtype = p.output_dtype = static_cast<int32_t>(kDTypeOf<T>);
    p.items = pick(rng, 1, 3);
    p.frames = pick(rng, 1, 4);
    p.step = pick(rng, 1, 6);
    p.size = p.step + pick(rng, 1, 9);
    p.input_elements = p.items * p.frames * p.size;
    p.past_elements = p.items * (p.size - p.step);
    p.output_elements = p.past_elements + p.items * p.frames * p.step;
    const auto input = random_values<T>(rng, static_cast<size_t>(p.input_elements), -32768, 32767);
    const auto past = random_values<T>(rng, static_cast<size_t>(p.past_elements), -32768, 32767);
    const auto expected = added(p, input, past);
    EXPECT_EQ((run_signal<SignalOverlapAdd, T>(p, {to_bytes(input), to_bytes(past)}, expected.size())), expected)
        << round;
  }
}

TEST(SignalOverlapAdd, AddsWhatOverlaps) {
  std::mt19937 rng(1);
  expect_added<int16_t>(rng);
  expect_added<float>(rng);
}

}  // namespace
}  // namespace tmc::kernels
