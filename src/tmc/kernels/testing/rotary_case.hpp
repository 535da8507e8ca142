// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the tests of the rotary kernels share: the same in doubles.

#include "tmc/kernels/contract/rotary_embedding.hpp"
#include "tmc/kernels/testing/float_case.hpp"

namespace tmc::kernels::testing {

template <typename Params>
void set_any_turns(std::mt19937& rng, Params& p) {
  p.batch = pick(rng, 1, 3);
  p.length = pick(rng, 1, 5);
  p.heads = pick(rng, 1, 4);
  p.size = pick(rng, 2, 40);
  p.rotated = 2 * pick(rng, 1, p.size / 2);
  p.batches = pick(rng, 0, 1) == 0 ? 1 : p.batch;
  p.interleaved = pick(rng, 0, 1);
}

// Elements with their pairs turned; `factor` times those that have none.
template <typename Params>
std::vector<double> naive_turns(const Params& p, const std::vector<double>& x, const std::vector<double>& cosine,
                                const std::vector<double>& sine, double factor) {
  std::vector<double> output;
  const int32_t pairs = p.rotated / 2;
  for (int32_t at = 0; at < static_cast<int32_t>(x.size()); ++at) {
    const int32_t i = at % p.size, position = at / p.size / p.heads, begin = at - i;
    if (i >= p.rotated) {
      output.push_back(factor * x[static_cast<size_t>(at)]);
      continue;
    }
    const bool interleaved = p.interleaved != 0;
    const int32_t pair = interleaved ? i / 2 : i % pairs;
    const bool is_second = interleaved ? i % 2 == 1 : i >= pairs;
    const double a = x[static_cast<size_t>(begin + (interleaved ? 2 * pair : pair))];
    const double b = x[static_cast<size_t>(begin + (interleaved ? 2 * pair + 1 : pair + pairs))];
    const auto angle = static_cast<size_t>((p.batches == 1 ? position % p.length : position) * pairs + pair);
    output.push_back(is_second ? a * sine[angle] + b * cosine[angle] : a * cosine[angle] - b * sine[angle]);
  }
  return output;
}

struct RotaryS8Case {
  RotaryEmbeddingS8::Params params;
  std::vector<int16_t> cosine, sine;
  std::vector<int8_t> input;

  Case implementation_case() const {
    Case test_case;
    test_case.kernel = find_kernel("rotary_embedding_s8");
    test_case.params = to_words(params);
    test_case.inputs = {to_bytes(input), to_bytes(cosine), to_bytes(sine)};
    test_case.output_bytes = input.size();
    return test_case;
  }
};

inline RotaryS8Case any_rotary_s8_case(std::mt19937& rng) {
  RotaryEmbeddingS8::Params p{};
  set_any_turns(rng, p);
  p.elements = p.batch * p.length * p.heads * p.size;
  p.cosine_elements = p.sine_elements = p.batches * p.length * p.rotated / 2;
  p.input_zero_point = pick(rng, -128, 127);
  p.output_zero_point = pick(rng, -128, 127);
  p.shift = pick(rng, 1, 22);
  const int32_t most = p.shift < 14 ? 2 << p.shift : INT16_MAX;
  p.factor = pick(rng, 0, most);
  const auto angles = static_cast<size_t>(p.cosine_elements);
  const auto cosine = random_values<int16_t>(rng, angles, -most, most);
  const auto sine = random_values<int16_t>(rng, angles, -most, most);
  return {p, cosine, sine, random_values<int8_t>(rng, static_cast<size_t>(p.elements), -128, 127)};
}

}  // namespace tmc::kernels::testing
