// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of the kernels that make features of sound, whose constants are made once more from what they mean.

#include <cmath>

#include "tmc/kernels/contract/sound_features.hpp"
#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"

namespace tmc::kernels::testing {

inline std::vector<int32_t> wide_twiddles(int32_t length) {
  std::vector<int32_t> twiddles;
  const auto append = [&](double angle) {
    const auto whole = [](double real) {
      return static_cast<int32_t>(std::lround(std::min(real * 0x1p31, 0x1p31 - 1)));
    };
    twiddles.insert(twiddles.end(), {whole(std::cos(angle)), whole(-std::sin(angle))});
  };
  const double turn = 4 * std::acos(-1.0) / length;
  for (int32_t k = 0; k < length / 2 - length / 8; ++k) append(turn * k);
  for (int32_t k = 1; k <= length / 4; ++k) append(turn * k / 2);
  return twiddles;
}

struct SoundBandsCase {
  SoundBands::Params params{};
  std::vector<int16_t> samples, window, widths;
  std::vector<uint16_t> weights;

  Case test_case() {
    const auto twiddles = wide_twiddles(params.length);
    params.input_elements = static_cast<int32_t>(samples.size());
    params.window = static_cast<int32_t>(window.size());
    params.twiddles = static_cast<int32_t>(twiddles.size());
    params.weights = static_cast<int32_t>(weights.size());
    params.widths = static_cast<int32_t>(widths.size());
    params.output_elements = params.frames * (params.widths - 1);
    return signal_case<SoundBands, uint32_t>(params, {to_bytes(samples)}, static_cast<size_t>(params.output_elements),
                                             {make_blob(DType::kI16, window), make_blob(DType::kI32, twiddles),
                                              make_blob(DType::kU16, weights), make_blob(DType::kI16, widths)});
  }
};

inline SoundBandsCase any_sound_bands_case(std::mt19937& rng) {
  SoundBandsCase made;
  SoundBands::Params& p = made.params;
  p.length = 8 << pick(rng, 0, 6);
  p.frames = pick(rng, 1, 3);
  p.hop = pick(rng, 1, p.length);
  p.skip = pick(rng, 0, 1);
  p.pre_emphasis = rng() % 3 == 0 ? 0 : pick(rng, -32768, 32768);
  const int32_t window = pick(rng, std::max(1, p.length - 7), p.length);
  made.window = extreme_values<int16_t>(rng, static_cast<size_t>(window));
  // As lowering proves it: the sum stays below 2^30.
  p.scale_bits = 15;
  while (p.scale_bits > 0 && window * 65536.0 * std::exp2(p.scale_bits) / 2 + window > 0x1p30) --p.scale_bits;
  const auto samples = static_cast<size_t>((p.frames - 1) * p.hop + p.skip + window + pick(rng, 0, 3));
  made.samples = extreme_values<int16_t>(rng, samples);
  p.first_bin = pick(rng, 0, 2);
  int32_t bins = p.length / 2 + 1 - p.first_bin;
  const int32_t bands = pick(rng, 1, 6);
  for (int32_t band = 0; band <= bands; ++band) {
    made.widths.push_back(static_cast<int16_t>(pick(rng, 0, std::max(1, bins / 2))));
    bins -= made.widths.back();
    for (int16_t i = 0; i < made.widths.back(); ++i) {
      made.weights.push_back(static_cast<uint16_t>(rng() % 4 == 0 ? 32768 : rng() % 32769));
    }
  }
  return made;
}

struct SoundLogsCase {
  SoundLogs::Params params{};
  std::vector<uint32_t> bands;
  std::vector<int16_t> weights;
  std::vector<int32_t> rows;

  Case test_case() {
    std::vector<uint16_t> table;
    for (int i = 0; i <= 128; ++i) {
      table.push_back(static_cast<uint16_t>(std::lround(65536 * (std::log2(1 + i / 128.0) - i / 128.0))));
    }
    params.input_elements = static_cast<int32_t>(bands.size());
    params.weights = static_cast<int32_t>(weights.size());
    params.rows = static_cast<int32_t>(rows.size());
    params.table = static_cast<int32_t>(table.size());
    params.output_elements = params.frames * params.rows / 2;
    return signal_case<SoundLogs, int16_t>(
        params, {to_bytes(bands)}, static_cast<size_t>(params.output_elements),
        {make_blob(DType::kI16, weights), make_blob(DType::kI32, rows), make_blob(DType::kU16, table)});
  }
};

inline SoundLogsCase any_sound_logs_case(std::mt19937& rng) {
  SoundLogsCase made;
  SoundLogs::Params& p = made.params;
  const int32_t bands = pick(rng, 1, 12);
  p.frames = pick(rng, 1, 4);
  p.taps = rng() % 2 == 0 ? 1 : bands;
  const int32_t features = pick(rng, 1, p.taps == 1 ? bands : 7);
  made.bands = extreme_values<uint32_t>(rng, static_cast<size_t>(bands * p.frames));
  made.weights = extreme_values<int16_t>(rng, static_cast<size_t>(features * p.taps));
  for (int32_t k = 0; k < features; ++k) {
    made.rows.insert(made.rows.end(), {pick(rng, 0, 40), pick(rng, -40'000, 40'000)});
  }
  p.normalize = pick(rng, 0, 1);
  p.silent = pick(rng, 1, 5);
  p.reference = pick(rng, 0, 60) << 16;
  p.floor_low = static_cast<int32_t>(rng() >> pick(rng, 1, 31));
  p.floor_high = p.normalize == 0 ? pick(rng, 0, 1 << 20) : 0;
  return made;
}

}  // namespace tmc::kernels::testing
