// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The sampler against the definition written down with a sort, token for token, and against the exact probabilities of
// softmax in double, by chi-square. Seeds are fixed.

#include "tmc/stream/sampler.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

#include "tmc/stream/host/sampling.hpp"

namespace tmc::stream {
namespace {

// Logits of any type with what they are in double.
struct Numbers {
  Logits logits;
  std::vector<float> f32;
  std::vector<int8_t> i8;
  std::vector<int16_t> i16;
  std::vector<int32_t> i32;
  std::vector<int64_t> q;  // less the zero point
  double scale = 1;

  Numbers() = default;
  Numbers(const Numbers&) = delete;
  double real(size_t i) const { return static_cast<double>(q[i]) * scale; }
};

void fill(Numbers& to, LogitType type, size_t count, double scale, int32_t zero_point, std::mt19937& rng) {
  // Few different ones, so that there are ties.
  const auto any = [&](int64_t low, int64_t high) { return low + static_cast<int64_t>(rng() % (high - low + 1)); };
  to.scale = scale;
  if (type == LogitType::kF32) to.scale = 1 / 65536.0;
  to.logits = quantized_logits(type, to.scale, zero_point);
  to.logits.count = static_cast<int32_t>(count);
  for (size_t i = 0; i < count; ++i) {
    switch (type) {
      case LogitType::kF32:
        to.f32.push_back(static_cast<float>(any(-40, 40)) / 4);
        to.q.push_back(static_cast<int64_t>(to.f32.back() * 65536.0));
        break;
      case LogitType::kI8:
        to.i8.push_back(static_cast<int8_t>(any(-128, 127)));
        to.q.push_back(to.i8.back() - zero_point);
        break;
      case LogitType::kI16:
        to.i16.push_back(static_cast<int16_t>(any(-300, 300)));
        to.q.push_back(to.i16.back() - zero_point);
        break;
      case LogitType::kI32:
        to.i32.push_back(static_cast<int32_t>(any(-200, 200)) * 1000);
        to.q.push_back(to.i32.back() - static_cast<int64_t>(zero_point));
        break;
    }
  }
  switch (type) {
    case LogitType::kF32:
      to.logits.data = to.f32.data();
      break;
    case LogitType::kI8:
      to.logits.data = to.i8.data();
      break;
    case LogitType::kI16:
      to.logits.data = to.i16.data();
      break;
    case LogitType::kI32:
      to.logits.data = to.i32.data();
      break;
  }
}

constexpr LogitType kTypes[] = {LogitType::kF32, LogitType::kI8, LogitType::kI16, LogitType::kI32};

// The definition of sampler.hpp, with a sort and integers that are wide enough.
int32_t sampled_by_definition(const Numbers& numbers, const SamplerOptions& options, const std::vector<int32_t>& recent,
                              const std::vector<bool>& allowed, Pcg32& random) {
  const bool penalises = options.penalty != kOneQ16 && options.penalty_tokens > 0;
  const bool is_narrow = numbers.logits.type == LogitType::kI8 || numbers.logits.type == LogitType::kI16;
  const int bits = penalises && is_narrow ? 8 : 0;
  std::vector<std::pair<int64_t, int32_t>> order;  // best first
  for (size_t i = 0; i < numbers.q.size(); ++i) {
    if (!allowed[i]) continue;
    __int128 value = static_cast<__int128>(numbers.q[i]) << bits;
    if (penalises && std::find(recent.begin(), recent.end(), static_cast<int32_t>(i)) != recent.end()) {
      const __int128 factor = value > 0 ? (int64_t{1} << 40) / options.penalty : int64_t{options.penalty} << 8;
      value = (value * factor + (1 << 23)) >> 24;
    }
    order.emplace_back(-static_cast<int64_t>(value), static_cast<int32_t>(i));
  }
  std::sort(order.begin(), order.end());
  if (options.temperature == 0) return order.front().second;
  const bool is_float = numbers.logits.type == LogitType::kF32;
  const LogitWeights weights(is_float ? 1 : numbers.logits.multiplier, is_float ? 16 : numbers.logits.shift + bits,
                             options.temperature);
  const auto weight = [&](size_t i) {
    return weights.weight(static_cast<uint32_t>(order[i].first - order.front().first));
  };
  if (options.top_k > 0) order.resize(std::min(order.size(), static_cast<size_t>(options.top_k)));
  if (options.top_p < kOneQ16) {
    unsigned __int128 sum = 0;
    for (size_t i = 0; i < order.size(); ++i) sum += weight(i);
    unsigned __int128 first = 0;
    size_t count = 0;
    do {
      first += weight(count++);
    } while (first << 16 < sum * options.top_p);
    order.resize(count);
  }
  std::vector<std::pair<int32_t, uint64_t>> left;
  uint64_t sum = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    if (weight(i) < uint64_t{options.min_p} << 14) continue;
    left.emplace_back(order[i].second, weight(i));
    sum += weight(i);
  }
  std::sort(left.begin(), left.end());
  const uint64_t high = random.next();
  const uint64_t low = random.next();
  auto r = static_cast<uint64_t>(static_cast<unsigned __int128>(high << 32 | low) * sum >> 64);
  for (const auto& [token, size] : left) {
    if (r < size) return token;
    r -= size;
  }
  return -1;
}

TEST(Sampler, ChoosesWhatTheDefinitionSays) {
  std::mt19937 rng(11);
  const auto one_of = [&](std::initializer_list<double> values) { return *(values.begin() + rng() % values.size()); };
  for (int round = 0; round < 3000; ++round) {
    const LogitType type = kTypes[round % 4];
    const size_t count = 1 + rng() % 90;
    Numbers numbers;
    const double scale = type == LogitType::kI32 ? 1e-4 : one_of({0.3, 0.05, 3.0, 1e-3});
    fill(numbers, type, count, scale, type == LogitType::kF32 ? 0 : static_cast<int32_t>(rng() % 7) - 3, rng);
    SamplerOptions options;
    options.temperature = q16(one_of({0, 0.3, 1, 1, 4, 1e-5, 30'000}));
    options.top_k = static_cast<int32_t>(one_of({0, 0, 1, 2, 5, 17, 200}));
    options.top_p = q16(one_of({1, 1, 0, 0.1, 0.5, 0.9, 0.9999}));
    options.min_p = q16(one_of({0, 0, 0.01, 0.3, 1}));
    options.penalty = q16(one_of({1, 1, 1.1, 1.5, 16, 0.7}));
    options.penalty_tokens = static_cast<int32_t>(rng() % 12);
    std::array<uint32_t, 3> seen{};
    std::array<uint16_t, 12> ring{};
    std::array<uint32_t, 96> words{};
    Sampler sampler(options, {words.data(), 96, seen.data(), 3, ring.data(), 12});
    sampler.seed(static_cast<uint64_t>(round), 3);
    Pcg32 random = Pcg32::of(static_cast<uint64_t>(round), 3);
    std::vector<int32_t> recent;
    for (int step = 0; step < 8; ++step) {
      std::vector<bool> allowed(count, true);
      std::array<uint32_t, 3> mask{};
      for (size_t i = 0; i < count; ++i) {
        if (rng() % 3 == 0 && i + 1 < count) allowed[i] = false;
        if (allowed[i]) mask.at(i / 32) |= 1U << i % 32;
      }
      const bool is_masked = rng() % 2 == 0;
      if (!is_masked) allowed.assign(count, true);
      int32_t token = -1;
      ASSERT_EQ(sampler.sample(numbers.logits, is_masked ? mask.data() : nullptr, token), StreamError::kOk);
      ASSERT_EQ(token, sampled_by_definition(numbers, options, recent, allowed, random))
          << round << " temperature " << options.temperature << " k " << options.top_k << " p " << options.top_p
          << " min " << options.min_p << " penalty " << options.penalty << " of " << options.penalty_tokens
          << " tokens " << count;
      ASSERT_EQ(sampler.random().state, random.state);
      sampler.accept(token);
      recent.push_back(token);
      if (recent.size() > static_cast<size_t>(options.penalty_tokens)) recent.erase(recent.begin());
    }
  }
}

// The statistic of Pearson is below the quantile of 1 - 1e-4 (Wilson and Hilferty's approximation).
void expect_distribution(const std::vector<int>& counts, const std::vector<double>& probabilities, int draws) {
  double statistic = 0;
  double rest_wanted = 0;
  int rest = 0;
  int freedom = -1;
  for (size_t i = 0; i < counts.size(); ++i) {
    const double wanted = probabilities[i] * draws;
    ASSERT_TRUE(probabilities[i] > 0 || counts[i] == 0);
    if (wanted < 5) {
      rest_wanted += wanted;
      rest += counts[i];
      continue;
    }
    statistic += (counts[i] - wanted) * (counts[i] - wanted) / wanted;
    ++freedom;
  }
  if (rest_wanted >= 5) {
    statistic += (rest - rest_wanted) * (rest - rest_wanted) / rest_wanted;
    ++freedom;
  }
  if (freedom < 1) return;
  const double v = 2.0 / (9.0 * freedom);
  EXPECT_LT(statistic, freedom * std::pow(1 - v + 3.72 * std::sqrt(v), 3)) << freedom;
}

TEST(Sampler, DrawsFromTheSoftmax) {
  std::mt19937 rng(12);
  for (int round = 0; round < 24; ++round) {
    Numbers numbers;
    const LogitType type = kTypes[round % 4];
    fill(numbers, type, 40, type == LogitType::kI32 ? 1e-5 : 0.03, 0, rng);
    SamplerOptions options;
    const double temperature = round % 3 == 0 ? 0.6 : 1.5;
    options.temperature = q16(temperature);
    options.top_k = round % 2 == 0 ? 12 : 0;
    options.top_p = round % 5 < 2 ? q16(0.8) : kOneQ16;
    std::vector<size_t> order(40);
    std::iota(order.begin(), order.end(), size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return numbers.q[a] > numbers.q[b]; });
    if (options.top_k > 0) order.resize(12);
    std::vector<double> weights;
    for (const size_t i : order) weights.push_back(std::exp((numbers.real(i) - numbers.real(order[0])) / temperature));
    double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (options.top_p < kOneQ16) {
      double first = 0;
      size_t count = 0;
      while (first < 0.8 * sum) first += weights[count++];
      weights.resize(count);
      sum = first;
    }
    std::vector<double> probabilities(40);
    for (size_t i = 0; i < weights.size(); ++i) probabilities[order[i]] = weights[i] / sum;

    std::array<uint32_t, 40> words{};
    Sampler sampler(options, {words.data(), 40});
    sampler.seed(1000 + static_cast<uint64_t>(round));
    std::vector<int> counts(40);
    constexpr int kDraws = 20'000;
    for (int i = 0; i < kDraws; ++i) {
      int32_t token = -1;
      ASSERT_EQ(sampler.sample(numbers.logits, nullptr, token), StreamError::kOk);
      ++counts.at(static_cast<size_t>(token));
    }
    expect_distribution(counts, probabilities, kDraws);
  }
}

TEST(Sampler, ExtremesAreDefined) {
  SamplerOptions options;
  options.temperature = kOneQ16;
  std::array<uint32_t, 4> words{};
  Sampler sampler(options, {words.data(), 4});
  sampler.seed(1);
  const uint64_t before = sampler.random().state;
  const auto sample = [&](const std::vector<float>& values, int32_t& token) {
    Logits logits;
    logits.data = values.data();
    logits.count = static_cast<int32_t>(values.size());
    return sampler.sample(logits, nullptr, token);
  };
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  int32_t token = -7;
  EXPECT_EQ(sample({1, std::nanf(""), 2}, token), StreamError::kNotANumber);
  EXPECT_EQ(sample({1, kInfinity, 2}, token), StreamError::kNotANumber);
  EXPECT_EQ(sample({-kInfinity, -kInfinity}, token), StreamError::kNoCandidate);
  EXPECT_EQ(sample({}, token), StreamError::kBadOptions);
  EXPECT_EQ(token, -7);
  EXPECT_EQ(sampler.random().state, before);
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(sample({-kInfinity, 3e38F, 5, -kInfinity}, token), StreamError::kOk);
    ASSERT_EQ(token, 1);
    ASSERT_EQ(sample({-3e38F, -3e38F, -kInfinity}, token), StreamError::kOk);
    ASSERT_NE(token, 2);
  }
  std::array<int, 3> counts{};
  for (int i = 0; i < 3000; ++i) {
    ASSERT_EQ(sample({7, 7, 7}, token), StreamError::kOk);
    ++counts.at(static_cast<size_t>(token));
  }
  EXPECT_GT(*std::min_element(counts.begin(), counts.end()), 900);
  const uint32_t none = 0;
  const float one = 1;
  Logits logits;
  logits.data = &one;
  logits.count = 1;
  EXPECT_EQ(sampler.sample(logits, &none, token), StreamError::kNoCandidate);
}

TEST(Sampler, OptionsThatMeanNothingAreRefused) {
  const float one = 1;
  Logits logits;
  logits.data = &one;
  logits.count = 1;
  int32_t token = 0;
  const auto refused = [&](auto change) {
    SamplerOptions options;
    change(options);
    uint32_t word = 0;
    Sampler sampler(options, {&word, 1});
    return sampler.sample(logits, nullptr, token) == StreamError::kBadOptions;
  };
  EXPECT_FALSE(refused([](SamplerOptions&) {}));
  EXPECT_TRUE(refused([](SamplerOptions& options) { options.top_p = kOneQ16 + 1; }));
  EXPECT_TRUE(refused([](SamplerOptions& options) { options.min_p = kOneQ16 + 1; }));
  EXPECT_TRUE(refused([](SamplerOptions& options) { options.top_k = -1; }));
  EXPECT_TRUE(refused([](SamplerOptions& options) { options.penalty = 0; }));
  EXPECT_TRUE(refused([](SamplerOptions& options) { options.penalty_tokens = 1; }));  // without memory
  EXPECT_TRUE(refused([](SamplerOptions& options) { options.temperature = UINT32_MAX; }));
}

TEST(Sampler, GoesOnFromASavedState) {
  std::mt19937 rng(14);
  Numbers numbers;
  fill(numbers, LogitType::kI16, 64, 0.02, 0, rng);
  SamplerOptions options;
  options.temperature = kOneQ16;
  options.penalty = q16(1.3);
  options.penalty_tokens = 5;
  std::array<uint32_t, 2> seen{};
  std::array<uint16_t, 5> ring{};
  std::array<uint32_t, 2> other_seen{};
  std::array<uint16_t, 5> other_ring{};
  std::array<uint32_t, 64> words{};
  Sampler sampler(options, {words.data(), 64, seen.data(), 2, ring.data(), 5});
  sampler.seed(77);
  std::vector<uint8_t> bytes(static_cast<size_t>(sampler.saved_bytes()));
  const auto size = static_cast<int32_t>(bytes.size());
  for (int step = 0; step < 20; ++step) {
    sampler.save(bytes.data());
    Sampler other(options, {words.data(), 64, other_seen.data(), 2, other_ring.data(), 5});
    ASSERT_EQ(other.restore(bytes.data(), size), StreamError::kOk);
    int32_t token = -1;
    int32_t token_of_other = -2;
    ASSERT_EQ(sampler.sample(numbers.logits, nullptr, token), StreamError::kOk);
    ASSERT_EQ(other.sample(numbers.logits, nullptr, token_of_other), StreamError::kOk);
    ASSERT_EQ(token, token_of_other);
    sampler.accept(token);
  }
  sampler.save(bytes.data());
  for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::vector<uint8_t> wrong = bytes;
    wrong[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
    ASSERT_EQ(sampler.restore(wrong.data(), size), StreamError::kBadBytes);
  }
  for (int32_t count = 0; count < size; ++count) ASSERT_NE(sampler.restore(bytes.data(), count), StreamError::kOk);
}

TEST(Sampler, TakesNothingForANumberThatItsOptionsDoNotHold) {
  EXPECT_EQ(q16(-0.0), 0U);
  EXPECT_EQ(q16(1), kOneQ16);
  for (const double value :
       {-1.0, -1e300, 65'536.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    const uint32_t as_integer = q16(value);
    const SamplerOptions options[] = {
        {.temperature = as_integer}, {.top_p = as_integer}, {.min_p = as_integer}, {.penalty = as_integer}};
    for (const SamplerOptions& one : options) EXPECT_EQ(Sampler(one, {}).check(), StreamError::kBadOptions) << value;
  }
}

}  // namespace
}  // namespace tmc::stream
