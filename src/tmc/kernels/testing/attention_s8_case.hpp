// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of attention_s8, and of attention_s8_softcap, whose Params are those of the other and two more.

#include "tmc/kernels/contract/attention_s8_softcap.hpp"
#include "tmc/kernels/testing/attention_case.hpp"

namespace tmc::kernels::testing {

// 64 to a power of two.
inline std::vector<int16_t> attention_exponentials() {
  std::vector<int16_t> table;
  for (int n = 0; n < AttentionS8::kExponentials - 1; ++n) {
    table.push_back(static_cast<int16_t>(std::lround(32767 * std::exp2(-n / 64.0))));
  }
  table.push_back(0);
  return table;
}

// Of scores that tanh limits, at 32nds of the softcap.
inline std::vector<int16_t> attention_caps(double softcap) {
  std::vector<int16_t> table;
  for (int n = 0; n < AttentionS8Softcap::kCaps; ++n) {
    table.push_back(static_cast<int16_t>(std::lround(softcap * std::tanh(n / 32.0) * 64 / std::log(2.0))));
  }
  return table;
}

struct AttentionS8Case {
  AttentionS8::Params p{};
  double unit = 1;  // real scores of a product of 1
  double step = 1;  // of the output, where values have steps of 1
  double softcap = 0;
  int32_t key_zero_point = 0, value_zero_point = 0;
  std::vector<int8_t> query, key, value;
  std::vector<int16_t> numbers;
  std::vector<Bool> bools;

  Case implementation_case() const {
    Case made;
    made.kernel = find_kernel(AttentionS8::kName);
    made.params = to_words(p);
    made.constants = {make_blob(DType::kI16, attention_exponentials())};
    made.inputs = {to_bytes(query), to_bytes(key), to_bytes(value)};
    made.inputs.push_back(p.has_mask == 0 ? to_bytes(query) : bools.empty() ? to_bytes(numbers) : to_bytes(bools));
    made.output_bytes = static_cast<size_t>(p.output_elements);
    if (softcap == 0) return made;
    made.kernel = find_kernel(AttentionS8Softcap::kName);
    made.params.insert(made.params.end(), {key_zero_point, AttentionS8Softcap::kCaps});
    made.constants.push_back(make_blob(DType::kI16, attention_caps(softcap)));
    return made;
  }

  // In steps of values.
  std::vector<double> expected() const {
    const auto of = [](const std::vector<int8_t>& values, int zero_point) {
      return [&values, zero_point](int at) { return values[static_cast<size_t>(at)] - 1.0 * zero_point; };
    };
    const auto score = [&](int item, int head, int i, int j) {
      const double product = naive_score(p, of(query, p.query_zero_point), of(key, key_zero_point), item, head, i, j);
      const double limited = softcap == 0 ? product * unit : softcap * std::tanh(product * unit / softcap);
      if (p.has_mask == 0) return limited;
      const size_t at = mask_place(p, item, head, i, j);
      const bool hides = numbers.empty() ? !bools[at] : numbers[at] == AttentionS8::kHides;
      if (hides) return -std::numeric_limits<double>::infinity();
      return limited + (numbers.empty() ? 0 : numbers[at] * std::log(2.0) / 64);
    };
    return naive_attention(p, score, of(value, value_zero_point));
  }
};

inline int32_t pick_zero_point(std::mt19937& rng) {
  const int32_t any[] = {0, pick(rng, -128, 127), -128, 127};
  return any[rng() % 4];
}

// Constants of the kernel from what its numbers stand for.
inline void set_attention_constants(AttentionS8Case& made) {
  AttentionS8::Params& p = made.p;
  double factor = made.softcap == 0 ? made.unit * 64 / std::log(2.0) : made.unit * 65536 / made.softcap;
  for (; factor >= 0.5; factor /= 2) ++p.score_shift;
  p.score_multiplier = static_cast<int32_t>(std::fmin(std::round(std::ldexp(factor, 32)), INT32_MAX));
  p.exponentials = AttentionS8::kExponentials;
  while (p.keys > AttentionS8::kMaxKeys << p.total_shift) ++p.total_shift;
  const double mantissa = std::frexp(1 / made.step, &p.output_shift);
  p.output_multiplier = static_cast<int32_t>(std::fmin(std::round(std::ldexp(mantissa, 31)), INT32_MAX));
  p.output_offset =
      static_cast<int32_t>(std::round((p.output_zero_point - made.value_zero_point / made.step) * 256 + 128));
}

inline AttentionS8Case any_attention_s8_case(std::mt19937& rng, int round, double softcap = 0) {
  AttentionS8Case made;
  made.softcap = softcap;
  AttentionS8::Params& p = made.p;
  const auto mask = static_cast<MaskOf>(round % 3);
  randomize_attention(rng, p, mask, DType::kI16, DType::kI8);
  p.query_zero_point = pick_zero_point(rng);
  p.output_zero_point = pick(rng, -20, 20);
  made.key_zero_point = pick_zero_point(rng);
  made.value_zero_point = pick_zero_point(rng);
  made.unit = std::exp(std::uniform_real_distribution<>(-11, -5)(rng)) / std::sqrt(p.size);
  made.step = std::exp(std::uniform_real_distribution<>(-1, 1)(rng));
  set_attention_constants(made);
  const int low = round % 7 == 0 ? 126 : -128;
  made.query = random_values<int8_t>(rng, static_cast<size_t>(p.query_elements), -128, 127);
  made.key = random_values<int8_t>(rng, static_cast<size_t>(p.key_elements), -128, 127);
  made.value = random_values<int8_t>(rng, static_cast<size_t>(p.value_elements), low, 127);
  const auto elements = static_cast<size_t>(p.mask_elements);
  if (mask == MaskOf::kBools) made.bools = random_bools(rng, elements);
  if (mask == MaskOf::kNumbers) made.numbers = random_values<int16_t>(rng, elements, -300, 300);
  for (int16_t& number : made.numbers) number = rng() % 4 == 0 ? AttentionS8::kHides : number;
  return made;
}

// What all implementations make of it, whose names go to `tested`.
inline std::vector<int8_t> output_of(const AttentionS8Case& made, std::vector<std::string>* tested = nullptr) {
  const std::vector<std::byte> bytes = expect_implementations_agree(made.implementation_case(), tested);
  std::vector<int8_t> output(bytes.size());
  if (!bytes.empty()) std::memcpy(output.data(), bytes.data(), bytes.size());
  return output;
}

// In steps of the output.
inline std::vector<double> expected_steps(const AttentionS8Case& made) {
  std::vector<double> steps = made.expected();
  for (double& each : steps) each = naive_clamp(each / made.step + made.p.output_zero_point, -128, 127);
  return steps;
}

// Scores are rounded to 64ths of a power of two.
inline void expect_near(const std::vector<int8_t>& output, const std::vector<double>& steps, double step, int round) {
  ASSERT_EQ(output.size(), steps.size());
  for (size_t i = 0; i < output.size(); ++i) {
    EXPECT_NEAR(output[i], steps[i], 0.6 + 1.5 / step) << round << " at " << i;
  }
}

// So many cases, make(round) each, on all implementations of the kernel.
template <typename Make>
void expect_is_its_definition(const char* kernel, int rounds, Make make) {
  std::vector<std::string> tested;
  double signal = 0, noise = 0;
  for (int round = 0; round < rounds; ++round) {
    const AttentionS8Case made = make(round);
    const std::vector<int8_t> output = output_of(made, &tested);
    const std::vector<double> steps = expected_steps(made);
    expect_near(output, steps, made.step, round);
    for (size_t i = 0; i < output.size(); ++i) {
      signal += steps[i] * steps[i];
      noise += (output[i] - steps[i]) * (output[i] - steps[i]);
    }
  }
  EXPECT_GT(10 * std::log10(signal / noise), 40);
  expect_all_were_tested(*find_kernel(kernel), tested);
}

}  // namespace tmc::kernels::testing
