// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/signal_spectrum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"
#include "tmc/kernels/testing/transform_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

std::vector<int16_t> spectrum(std::vector<int16_t> frame, size_t length) {
  frame.resize(length, 0);
  std::vector<Pair> pairs;
  for (size_t i = 0; i < length; i += 2) pairs.push_back({frame[i], frame[i + 1]});
  const std::vector<Pair> x = transformed(pairs, -1);
  const size_t n = x.size();
  std::vector<Pair> bins(n + 1);
  const Pair sums = over(x[0], 2);
  bins[0] = {static_cast<int16_t>(sums.re + sums.im), 0};
  bins[n] = {static_cast<int16_t>(sums.re - sums.im), 0};
  for (size_t k = 1; k <= n / 2; ++k) {
    const Pair a = over(x[k], 2);
    const Pair b = over({x[n - k].re, static_cast<int16_t>(-x[n - k].im)}, 2);
    const Pair even = plus(a, b);
    const Pair odd = turned(plus(a, minus(b)), -kPi * (static_cast<double>(k) / static_cast<double>(n) + 0.5));
    const auto half = [](int sum) { return static_cast<int16_t>(std::floor(sum / 2.0)); };
    bins[k] = {half(even.re + odd.re), half(even.im + odd.im)};
    bins[n - k] = {half(even.re - odd.re), half(odd.im - even.im)};
  }
  std::vector<int16_t> result;
  for (const Pair bin : bins) result.insert(result.end(), {bin.re, bin.im});
  return result;
}

std::vector<int16_t> run(int32_t length, int32_t frames, const std::vector<int16_t>& input) {
  const std::vector<int16_t> twiddles = twiddles_of(length, -1);
  const SignalRfft::Params p{.input_elements = static_cast<int32_t>(input.size()),
                             .output_elements = frames * (length + 2),
                             .length = length,
                             .twiddles = static_cast<int32_t>(twiddles.size())};
  return run_signal<SignalRfft, int16_t>(p, {to_bytes(input)}, static_cast<size_t>(p.output_elements),
                                         {make_blob(DType::kI16, twiddles)});
}

TEST(SignalRfft, IsTheRecursionForEveryLengthAndExtremes) {
  std::mt19937 rng(3);
  for (int32_t length = 4; length <= 2048; length *= 2) {
    for (int round = 0; round < 6; ++round) {
      const auto samples = static_cast<size_t>(round < 3 ? length : pick(rng, 1, length));
      auto input = round == 0 ? std::vector<int16_t>(samples, INT16_MIN) : extreme_values<int16_t>(rng, samples);
      if (round == 1) std::ranges::generate(input, [&] { return rng() % 2 == 0 ? INT16_MIN : INT16_MAX; });
      EXPECT_EQ(run(length, 1, input), spectrum(input, static_cast<size_t>(length))) << length << " " << round;
    }
  }
}

TEST(SignalRfft, TakesTheLongest) {
  std::mt19937 rng(4);
  const auto input = random_values<int16_t>(rng, 65535, INT16_MIN, INT16_MAX);
  EXPECT_EQ(run(65536, 1, input), spectrum(input, 65536));
}

TEST(SignalRfft, IsNearTheReals) {
  std::mt19937 rng(5);
  const auto input = random_values<int16_t>(rng, 48, -30000, 30000);
  const auto bins = run(64, 1, input);
  for (size_t k = 0; k <= 32; ++k) {
    double re = 0;
    double im = 0;
    for (size_t i = 0; i < input.size(); ++i) {
      re += input[i] * std::cos(2 * kPi * static_cast<double>(k * i) / 64) / 64;
      im -= input[i] * std::sin(2 * kPi * static_cast<double>(k * i) / 64) / 64;
    }
    EXPECT_NEAR(bins[2 * k], re, 4) << k;
    EXPECT_NEAR(bins[2 * k + 1], im, 4) << k;
  }
}

TEST(SignalRfft, TakesFramesByThemselves) {
  std::mt19937 rng(6);
  const auto input = random_values<int16_t>(rng, 3 * 11, INT16_MIN, INT16_MAX);
  std::vector<int16_t> expected;
  for (size_t i = 0; i < 3; ++i) {
    const auto first = input.begin() + static_cast<std::ptrdiff_t>(11 * i);
    const auto bins = spectrum({first, first + 11}, 16);
    expected.insert(expected.end(), bins.begin(), bins.end());
  }
  EXPECT_EQ(run(16, 3, input), expected);
}

}  // namespace
}  // namespace tmc::kernels
