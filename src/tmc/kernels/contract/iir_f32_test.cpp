// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/iir_f32.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "tmc/kernels/testing/implementation_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// The recurrence as it is written, in doubles: from the elements before, instead of from a state.
std::vector<double> filtered(const IirF32::Params& p, const std::vector<float>& input,
                             const std::vector<float>& sections) {
  std::vector<double> x(input.begin(), input.end());
  for (int32_t s = 0; s < p.sections; ++s) {
    const float* c = sections.data() + 5 * s;
    std::vector<double> y(x.size());
    for (int32_t at = 0; at < p.input_elements; ++at) {
      const auto before = [&](const std::vector<double>& of, int32_t back) {
        return at / p.inner % p.depth >= back ? of[static_cast<size_t>(at - back * p.inner)] : 0.0;
      };
      y[static_cast<size_t>(at)] = double(c[0]) * before(x, 0) + double(c[1]) * before(x, 1) +
                                   double(c[2]) * before(x, 2) - double(c[3]) * before(y, 1) -
                                   double(c[4]) * before(y, 2);
    }
    x = y;
  }
  return x;
}

// Of poles within half the unit circle, so that roundings die away.
std::vector<float> any_sections(std::mt19937& rng, int32_t count) {
  std::vector<float> sections;
  std::uniform_real_distribution<float> any(-1, 1);
  for (int32_t s = 0; s < count; ++s) {
    for (int i = 0; i < 3; ++i) sections.push_back(any(rng));
    const float radius = any(rng) / 2;
    sections.push_back(2 * radius * any(rng));
    sections.push_back(radius * radius);
  }
  return sections;
}

TEST(IirF32, IsTheRecurrenceOfEverySection) {
  std::mt19937 rng(1);
  std::vector<std::string> tested;
  for (int round = 0; round < 100; ++round) {
    IirF32::Params p{};
    p.outer = pick(rng, 1, 4);
    p.depth = pick(rng, 1, 60);
    p.inner = pick(rng, 1, 3);
    p.sections = pick(rng, 1, 4);
    p.input_elements = p.output_elements = p.outer * p.depth * p.inner;
    p.coefficients_elements = 5 * p.sections;
    const auto input = random_values<float>(rng, static_cast<size_t>(p.input_elements), -9, 9);
    const auto sections = any_sections(rng, p.sections);
    Case test_case;
    test_case.kernel = find_kernel("iir_f32");
    test_case.params = to_words(p);
    test_case.inputs = {to_bytes(input), to_bytes(sections)};
    test_case.output_bytes = input.size() * sizeof(float);
    const std::vector<std::byte> bytes = expect_implementations_agree(test_case, &tested);
    std::vector<float> output(input.size());
    ASSERT_EQ(bytes.size(), test_case.output_bytes);
    std::memcpy(output.data(), bytes.data(), bytes.size());
    const std::vector<double> expected = filtered(p, input, sections);
    double largest = 1;
    for (const double value : expected) largest = std::max(largest, std::abs(value));
    for (size_t i = 0; i < output.size(); ++i) ASSERT_NEAR(output[i], expected[i], 1e-6 * largest) << round;
  }
  expect_all_were_tested(*find_kernel("iir_f32"), tested);
}

}  // namespace
}  // namespace tmc::kernels
