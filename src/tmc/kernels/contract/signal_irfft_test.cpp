// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tmc/kernels/contract/signal_synthesis.hpp"
#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"
#include "tmc/kernels/testing/transform_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

std::vector<int16_t> samples_of(const std::vector<int16_t>& bins) {
  const auto bin = [&](size_t k) { return Pair{bins[2 * k], bins[2 * k + 1]}; };
  const size_t n = bins.size() / 2 - 1;
  std::vector<Pair> pairs(n);
  pairs[0] = over({static_cast<int16_t>(bin(0).re + bin(n).re), static_cast<int16_t>(bin(0).re - bin(n).re)}, 2);
  for (size_t k = 1; k <= n / 2; ++k) {
    const Pair a = over(bin(k), 2);
    const Pair b = over({bin(n - k).re, static_cast<int16_t>(-bin(n - k).im)}, 2);
    const Pair even = plus(a, b);
    const Pair odd = turned(plus(a, minus(b)), kPi * (static_cast<double>(k) / static_cast<double>(n) + 0.5));
    pairs[k] = plus(even, odd);
    const Pair other = plus(even, minus(odd));
    pairs[n - k] = {other.re, static_cast<int16_t>(-other.im)};
  }
  std::vector<int16_t> samples;
  for (const Pair pair : transformed(pairs, 1)) samples.insert(samples.end(), {pair.re, pair.im});
  return samples;
}

std::vector<int16_t> run(int32_t length, int32_t frames, const std::vector<int16_t>& input) {
  const std::vector<int16_t> twiddles = twiddles_of(length, 1);
  const SignalIrfft::Params p{.input_elements = static_cast<int32_t>(input.size()),
                              .output_elements = frames * length,
                              .length = length,
                              .twiddles = static_cast<int32_t>(twiddles.size())};
  return run_signal<SignalIrfft, int16_t>(p, {to_bytes(input)}, static_cast<size_t>(p.output_elements),
                                          {make_blob(DType::kI16, twiddles)});
}

TEST(SignalIrfft, IsTheRecursionForEveryLengthAndExtremes) {
  std::mt19937 rng(3);
  for (int32_t length = 4; length <= 2048; length *= 2) {
    for (int round = 0; round < 6; ++round) {
      const auto numbers = static_cast<size_t>(length + 2);
      auto input = round == 0 ? std::vector<int16_t>(numbers, INT16_MIN) : extreme_values<int16_t>(rng, numbers);
      if (round == 1) std::ranges::generate(input, [&] { return rng() % 2 == 0 ? INT16_MIN : INT16_MAX; });
      EXPECT_EQ(run(length, 1, input), samples_of(input)) << length << " " << round;
    }
  }
}

TEST(SignalIrfft, IsNearTheReals) {
  std::mt19937 rng(5);
  auto bins = random_values<int16_t>(rng, 66, -9000, 9000);
  bins[1] = bins[65] = 0;
  const auto samples = run(64, 1, bins);
  for (size_t i = 0; i < samples.size(); ++i) {
    double sum = 0;
    for (size_t k = 0; k <= 32; ++k) {
      const double angle = 2 * kPi * static_cast<double>(k * i) / 64;
      const double part = bins[2 * k] * std::cos(angle) - bins[2 * k + 1] * std::sin(angle);
      sum += (k == 0 || k == 32 ? 1 : 2) * part / 64;
    }
    EXPECT_NEAR(samples[i], sum, 6) << i;
  }
}

TEST(SignalIrfft, TakesSpectraByThemselves) {
  std::mt19937 rng(6);
  const auto input = random_values<int16_t>(rng, size_t{3} * 18, INT16_MIN, INT16_MAX);
  std::vector<int16_t> expected;
  for (size_t i = 0; i < 3; ++i) {
    const auto first = input.begin() + static_cast<std::ptrdiff_t>(18 * i);
    const auto samples = samples_of({first, first + 18});
    expected.insert(expected.end(), samples.begin(), samples.end());
  }
  EXPECT_EQ(run(16, 3, input), expected);
}

}  // namespace
}  // namespace tmc::kernels
