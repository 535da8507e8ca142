// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A random case of each of the signal operators' kernels that another instruction set has implementations of, and of
// the casts between them.

#include "tmc/base/dtype.hpp"
#include "tmc/kernels/contract/cast.hpp"
#include "tmc/kernels/contract/signal_filter_bank.hpp"
#include "tmc/kernels/contract/signal_spectrum.hpp"
#include "tmc/kernels/contract/signal_synthesis.hpp"
#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"
#include "tmc/kernels/testing/transform_case.hpp"

namespace tmc::kernels::testing {

inline Case any_filter_bank_case(std::mt19937& rng) {
  const int32_t channels = pick(rng, 1, 9);
  std::vector<int16_t> spans;
  for (int32_t band = 0; band <= channels; ++band) {
    const auto width = static_cast<int16_t>(pick(rng, 0, 7));
    spans.insert(spans.end(), {static_cast<int16_t>(pick(rng, 0, 20 - width)),
                               static_cast<int16_t>(pick(rng, 0, 30 - width)), width});
  }
  const int least = rng() % 2 == 0 ? 0 : INT16_MIN;
  const auto weights = [&] { return make_blob(DType::kI16, random_values<int16_t>(rng, 30, least, INT16_MAX)); };
  const SignalFilterBank::Params p{.input_elements = 20,
                                   .output_elements = channels,
                                   .weights = 30,
                                   .unweights = 30,
                                   .spans = static_cast<int32_t>(spans.size())};
  return signal_case<SignalFilterBank, uint64_t>(p, {to_bytes(extreme_values<uint32_t>(rng, 20))},
                                                 static_cast<size_t>(channels),
                                                 {weights(), weights(), make_blob(DType::kI16, spans)});
}

inline Case any_rfft_case(std::mt19937& rng, bool inverse) {
  const int32_t length = 4 << pick(rng, 0, 5);
  const int32_t frames = pick(rng, 1, 2);
  const int32_t samples = inverse ? length + 2 : rng() % 2 == 0 ? length : pick(rng, 1, length);
  const auto twiddles = twiddles_of(length, inverse ? 1 : -1);
  const auto input = extreme_values<int16_t>(rng, static_cast<size_t>(frames * samples));
  const int32_t outputs = frames * (inverse ? length : length + 2);
  const SignalRfft::Params p{.input_elements = frames * samples,
                             .output_elements = outputs,
                             .length = length,
                             .twiddles = static_cast<int32_t>(twiddles.size())};
  const std::vector<Blob> constants = {make_blob(DType::kI16, twiddles)};
  const auto elements = static_cast<size_t>(outputs);
  if (!inverse) return signal_case<SignalRfft, int16_t>(p, {to_bytes(input)}, elements, constants);
  return signal_case<SignalIrfft, int16_t>({p.input_elements, p.output_elements, p.length, p.twiddles},
                                           {to_bytes(input)}, elements, constants);
}

inline Case any_cast_case(std::mt19937& rng) {
  const int32_t elements = pick(rng, 1, 30);
  const Cast::Params p{elements, static_cast<int32_t>(rng() % 2 == 0 ? DType::kI32 : DType::kI16),
                       static_cast<int32_t>(DType::kU32)};
  const uint32_t bytes = dtype_bytes(static_cast<DType>(p.input_dtype));
  return signal_case<Cast, uint32_t>(
      p, {to_bytes(random_values<int8_t>(rng, bytes * static_cast<size_t>(elements), -128, 127))},
      static_cast<size_t>(elements));
}

inline void append_signal_cases(std::mt19937& rng, std::vector<Case>& cases) {
  const int32_t window = pick(rng, 1, 20);
  const int32_t elements = window * pick(rng, 1, 3);
  const auto count = static_cast<size_t>(elements);
  const auto input = to_bytes(extreme_values<int16_t>(rng, count));
  const auto bits = to_bytes(std::vector<int32_t>{pick(rng, -1, 17)});
  cases.push_back(signal_case<SignalWindow, int16_t>(
      {.elements = elements, .window_elements = window, .shift = pick(rng, 0, 31)},
      {input, to_bytes(extreme_values<int16_t>(rng, static_cast<size_t>(window)))}, count));
  cases.push_back(signal_case<SignalScaleBits, int32_t>(
      {.input_elements = elements, .output_elements = 1},
      {rng() % 2 == 0 ? input : to_bytes(random_values<int16_t>(rng, count, -999, 999))}, 1));
  cases.push_back(signal_case<SignalScale, int16_t>({.elements = elements, .bits_elements = 1}, {input, bits}, count));
  cases.push_back(any_rfft_case(rng, false));
  cases.push_back(any_rfft_case(rng, true));
  const int32_t start = pick(rng, 0, elements);
  cases.push_back(signal_case<SignalEnergy, uint32_t>(
      {.input_elements = 2 * elements, .output_elements = elements, .start = start, .end = pick(rng, start, elements)},
      {to_bytes(extreme_values<int16_t>(rng, 2 * count))}, count));
  cases.push_back(any_filter_bank_case(rng));
  cases.push_back(any_cast_case(rng));
  cases.push_back(signal_case<SignalSquareRoot, uint32_t>(
      {.elements = elements, .bits_elements = 1}, {to_bytes(extreme_values<uint64_t>(rng, count)), bits}, count));
}

}  // namespace tmc::kernels::testing
