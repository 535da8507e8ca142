// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the tests of the kernels that normalise rows share: the same in doubles, and cases of integers.

#include "tmc/kernels/contract/norm.hpp"
#include "tmc/kernels/testing/float_case.hpp"

namespace tmc::kernels::testing {

// Rows of reals, normalised: contract/norm.hpp. An empty scale or bias is absent.
struct NaiveNorm {
  int32_t rows = 1, depth = 1;
  bool centred = true;
  double epsilon = 1e-5;
  std::vector<double> scale, bias;

  std::vector<double> operator()(const std::vector<double>& input) const {
    std::vector<double> output;
    for (size_t row = 0; row < static_cast<size_t>(rows); ++row) {
      const auto width = static_cast<size_t>(depth);
      const std::span<const double> x(input.data() + row * width, width);
      double mean = 0, variance = 0;
      for (const double value : x) mean += centred ? value / depth : 0;
      for (const double value : x) variance += (value - mean) * (value - mean) / depth;
      const double deviation = std::sqrt(variance + epsilon);
      for (size_t i = 0; i < width; ++i) {
        // Of a constant row nothing but rounding is left.
        const double normal = deviation > 1e-9 ? (x[i] - mean) / deviation : 0;
        output.push_back(normal * (scale.empty() ? 1 : scale[i]) + (bias.empty() ? 0 : bias[i]));
      }
    }
    return output;
  }
};

// Rows of integers: the case, and the same in reals, in steps of the output.
struct IntegerNormCase {
  Case test_case;
  NaiveNorm naive;
  std::vector<double> input;  // less their zero point
};

// Bits behind the point that rows of that depth leave.
inline int32_t most_fraction(int32_t depth) {
  int32_t fraction = 14;
  while ((int64_t{depth} << (2 * fraction)) >= int64_t{1} << 30) --fraction;
  return fraction;
}

// Scales up to `most_scale` steps of the output, of which a row may need so many.
template <typename Contract, typename T>
IntegerNormCase integer_norm_case(std::mt19937& rng, const std::vector<T>& values, int32_t depth, double most_scale) {
  typename Contract::Params p{};
  p.elements = static_cast<int32_t>(values.size());
  p.depth = depth;
  p.centred = pick(rng, 0, 1);
  p.input_zero_point = p.centred != 0 || sizeof(T) > 1 ? 0 : pick(rng, -128, 127);
  p.epsilon = pick(rng, 0, 3) == 0 ? 0 : static_cast<int32_t>(rng() >> 1);
  p.epsilon_shift = pick(rng, 0, 12);
  p.fraction = most_fraction(depth);
  const bool has_usual_shift = sizeof(T) == 1 && pick(rng, 0, 1) == 0;
  for (p.shift = has_usual_shift ? 16 : 24; std::ldexp(most_scale, p.shift - p.fraction) > 32767; --p.shift) {
  }
  IntegerNormCase made{{}, {p.elements / depth, depth, p.centred != 0, 0, {}, {}}, {}};
  made.naive.epsilon = std::ldexp(p.epsilon, p.epsilon_shift - Contract::kBits) / depth / depth;
  std::vector<int16_t> scale;
  std::vector<int32_t> bias;
  std::uniform_real_distribution<double> any(-1, 1);
  for (int32_t i = 0; i < depth; ++i) {
    scale.push_back(static_cast<int16_t>(std::lround(std::ldexp(most_scale * any(rng), p.shift - p.fraction))));
    bias.push_back(static_cast<int32_t>(std::lround(std::ldexp(100 * any(rng), std::min(p.shift, 22)))));
    made.naive.scale.push_back(std::ldexp(scale.back(), p.fraction - p.shift));
    made.naive.bias.push_back(std::ldexp(bias.back(), -p.shift));
    bias.back() += (1 << p.shift) >> 1;
  }
  for (const T value : values) made.input.push_back(value - p.input_zero_point);
  made.test_case.kernel = find_kernel(Contract::kName);
  made.test_case.params = to_words(p);
  made.test_case.constants = {make_blob(DType::kI16, scale), make_blob(DType::kI32, bias)};
  made.test_case.inputs = {to_bytes(values)};
  made.test_case.output_bytes = values.size() * sizeof(T);
  return made;
}

// Random rows, and such as are constant, have one spike, or lie at the ends of the range.
template <typename T>
std::vector<T> any_rows(std::mt19937& rng, int32_t rows, int32_t depth) {
  constexpr int32_t kMost = (1 << (8 * sizeof(T) - 1)) - 1;
  std::vector<T> values;
  for (int32_t row = 0; row < rows; ++row) {
    const int32_t kind = pick(rng, 0, 5), middle = pick(rng, -kMost - 1, kMost), spike = pick(rng, 0, depth - 1);
    const int32_t spread = pick(rng, 1, kMost / 2);
    for (int32_t i = 0; i < depth; ++i) {
      int32_t value = pick(rng, -kMost - 1, kMost);
      if (kind == 0) value = middle;
      if (kind == 1) value = i == spike ? (middle > 0 ? -kMost - 1 : kMost) : middle;
      if (kind == 2) value = rng() % 2 == 0 ? kMost : -kMost - 1;
      if (kind == 3) value = middle + pick(rng, -1, 1);
      if (kind == 4) value = middle + pick(rng, -spread, spread);
      values.push_back(static_cast<T>(std::clamp(value, -kMost - 1, kMost)));
    }
  }
  return values;
}

// The signal over the error, in decibels, of what the implementations give against the same in doubles, which every
// element is near.
template <typename T>
double decibels_of(const IntegerNormCase& of) {
  constexpr int32_t kMost = (1 << (8 * sizeof(T) - 1)) - 1;
  const std::vector<std::byte> bytes = expect_implementations_agree(of.test_case);
  std::vector<T> output(bytes.size() / sizeof(T));
  std::memcpy(output.data(), bytes.data(), bytes.size());
  const std::vector<double> expected = of.naive(of.input);
  double signal = 0, noise = 1e-9;
  for (size_t i = 0; i < output.size(); ++i) {
    const double exact = std::clamp<double>(expected[i], -kMost - 1, kMost);
    signal += exact * exact;
    noise += (output[i] - exact) * (output[i] - exact);
    // Half a step, and what 2^-fraction of a normalised element is worth.
    const double scale = of.naive.scale[i % of.naive.scale.size()];
    const double coarse = std::abs(scale) * std::ldexp(1, -most_fraction(of.naive.depth));
    EXPECT_NEAR(output[i], exact, 0.51 + coarse + std::abs(exact) * 2e-5)
        << ::testing::PrintToString(of.test_case.params) << " at " << i;
  }
  return 10 * std::log10(signal / noise);
}

// Rows of every kind and of many lengths, whose scales are up to `most_steps` of the output.
template <typename Contract, typename T>
void expect_near_reals(int32_t most_steps) {
  std::mt19937 rng(33);
  for (int round = 0; round < 400; ++round) {
    const int32_t depth = round % 20 == 0 ? pick(rng, 100, 4096) : pick(rng, 1, 70);
    decibels_of<T>(
        integer_norm_case<Contract>(rng, any_rows<T>(rng, pick(rng, 1, 3), depth), depth, pick(rng, 1, most_steps)));
  }
}

// Of random rows of many lengths.
template <typename Contract, typename T>
void expect_decibels(double least) {
  constexpr int32_t kHalf = ((1 << (8 * sizeof(T) - 1)) - 1) / 2;
  std::mt19937 rng(34);
  for (const int32_t depth : {8, 64, 65, 256, 1000, 4096}) {
    const auto rows = random_values<T>(rng, static_cast<size_t>(8 * depth), -kHalf, kHalf);
    // Of a row of equal chances most elements are within twice its deviation.
    EXPECT_GT(decibels_of<T>(integer_norm_case<Contract>(rng, rows, depth, kHalf)), least) << depth;
  }
}

template <typename Contract, typename T>
Case any_norm_case(std::mt19937& rng, int round, int32_t most_steps) {
  const int32_t depth = round % 8 == 0 ? pick(rng, 65, 600) : pick(rng, 1, 40);
  return integer_norm_case<Contract>(rng, any_rows<T>(rng, pick(rng, 1, 3), depth), depth, pick(rng, 1, most_steps))
      .test_case;
}

}  // namespace tmc::kernels::testing
