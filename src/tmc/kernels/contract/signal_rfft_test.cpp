// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/signal_spectrum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// --- the transform once more, by recursion over numbers that lie anywhere, each division and product spelled out

struct Pair {
  int16_t re, im;
};

int16_t fifteenths(int64_t product) {
  return static_cast<int16_t>(static_cast<int64_t>(std::floor(std::ldexp(static_cast<double>(product), -15) + 0.5)));
}
Pair over(Pair a, int divisor) {
  return {fifteenths(int64_t{a.re} * (32767 / divisor)), fifteenths(int64_t{a.im} * (32767 / divisor))};
}
Pair turned(Pair a, double angle) {
  const auto re = static_cast<int64_t>(std::floor(32767 * std::cos(angle) + 0.5));
  const auto im = static_cast<int64_t>(std::floor(32767 * std::sin(angle) + 0.5));
  return {fifteenths(a.re * re - a.im * im), fifteenths(a.re * im + a.im * re)};
}
Pair plus(Pair a, Pair b) {
  return {static_cast<int16_t>(a.re + b.re), static_cast<int16_t>(a.im + b.im)};
}
Pair times_i(Pair a, int sign) {
  return {static_cast<int16_t>(-sign * a.im), static_cast<int16_t>(sign * a.re)};
}
Pair minus(Pair a) {
  return {static_cast<int16_t>(-a.re), static_cast<int16_t>(-a.im)};
}

constexpr double kPi = 3.14159265358979323846;

std::vector<Pair> transformed(const std::vector<Pair>& x) {
  const size_t count = x.size();
  if (count == 1) return x;
  const size_t radix = count % 4 == 0 ? 4 : 2;
  const size_t m = count / radix;
  std::vector<std::vector<Pair>> parts;
  for (size_t r = 0; r < radix; ++r) {
    std::vector<Pair> part;
    for (size_t i = r; i < count; i += radix) part.push_back(x[i]);
    parts.push_back(transformed(part));
  }
  std::vector<Pair> result(count);
  for (size_t k = 0; k < m; ++k) {
    std::vector<Pair> t;
    for (size_t r = 0; r < radix; ++r) {
      const Pair part = over(parts[r][k], static_cast<int>(radix));
      const double angle = -2 * kPi * static_cast<double>(r * k) / static_cast<double>(count);
      t.push_back(r == 0 ? part : turned(part, angle));
    }
    if (radix == 2) {
      result[k] = plus(t[0], t[1]);
      result[k + m] = plus(t[0], minus(t[1]));
      continue;
    }
    const Pair difference = plus(t[1], minus(t[3]));
    result[k] = plus(plus(t[0], t[2]), plus(t[1], t[3]));
    result[k + m] = plus(plus(t[0], minus(t[2])), times_i(difference, -1));
    result[k + 2 * m] = plus(plus(t[0], t[2]), minus(plus(t[1], t[3])));
    result[k + 3 * m] = plus(plus(t[0], minus(t[2])), times_i(difference, 1));
  }
  return result;
}

std::vector<int16_t> spectrum(std::vector<int16_t> frame, size_t length) {
  frame.resize(length, 0);
  std::vector<Pair> pairs;
  for (size_t i = 0; i < length; i += 2) pairs.push_back({frame[i], frame[i + 1]});
  const std::vector<Pair> x = transformed(pairs);
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

// The model's constants as the contract says them.
std::vector<int16_t> twiddles_of(int32_t length) {
  const int32_t n = length / 2;
  std::vector<int16_t> twiddles;
  const auto append = [&](double angle) {
    twiddles.push_back(static_cast<int16_t>(std::floor(32767 * std::cos(angle) + 0.5)));
    twiddles.push_back(static_cast<int16_t>(std::floor(32767 * std::sin(angle) + 0.5)));
  };
  for (int32_t k = 0; k < n - n / 4; ++k) append(-2 * kPi * k / n);
  for (int32_t k = 1; k <= n / 2; ++k) append(-kPi * (static_cast<double>(k) / n + 0.5));
  return twiddles;
}

std::vector<int16_t> run(int32_t length, int32_t frames, const std::vector<int16_t>& input) {
  const std::vector<int16_t> twiddles = twiddles_of(length);
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
