// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Products of 32 bits in an instruction each, and of two logarithms in one.

#include "tmc/kernels/armv7em/detail/wide_product.hpp"
#include "tmc/kernels/portable/sound_features.hpp"

namespace tmc::kernels::armv7em {

struct SoundBands : portable::SoundBands {
  static constexpr double instructions(const Params& p) { return 0.4 * portable::SoundBands::instructions(p); }

  static void run(Params p, Buffers b) {
    auto* const numbers = static_cast<sound::Number*>(b.scratch);
    auto* const others = numbers + p.length / 2;
    const auto* const twiddles = reinterpret_cast<const sound::Number*>(b.twiddles);
    const int32_t bands = p.widths - 1;
    for (int32_t frame = 0; frame < p.frames; ++frame) {
      load_frame(p, b, frame * p.hop + p.skip, reinterpret_cast<int32_t*>(numbers));
      const sound::Number* bins = sound::transform<WordProducts>(numbers, others, p.length / 2, twiddles);
      auto* const sizes = reinterpret_cast<uint32_t*>(bins == numbers ? others : numbers);
      sound::magnitudes<WordProducts>(bins, p.length / 2, twiddles + stage_twiddles(p), sizes);
      add_bands(p, b, sizes + p.first_bin, b.output + frame * bands);
    }
  }

 private:
  static void load_frame(const Params& p, const Buffers& b, int32_t first, int32_t* numbers) {
    const int16_t* input = b.input + first;
    int32_t before = first > 0 ? input[-1] : 0;
    const int32_t shift = 15 - p.scale_bits;
    for (int32_t i = 0; i < p.window; ++i) {
      const int32_t sample = input[i];
      const int32_t sharpened = (sample << p.scale_bits) - (before * p.pre_emphasis >> shift);
      numbers[i] = smlawb(sharpened, b.window[i], 0);
      before = sample;
    }
    for (int32_t i = p.window; i < p.length; ++i) numbers[i] = 0;
  }
};

struct SoundLogs : portable::SoundLogs {
  static constexpr double instructions(const Params& p) {
    return 35.0 * p.input_elements + p.output_elements * (2.0 * p.taps + 15);
  }

  static void run(Params p, Buffers b) {
    const Scale scale = scale_of(p, b);
    const int32_t bands = p.input_elements / p.frames, features = p.output_elements / p.frames;
    auto* const logs = static_cast<int16_t*>(b.scratch);
    const uint32_t* input = b.input;
    int16_t* output = b.output;
    for (int32_t frame = 0; frame < p.frames; ++frame, output += features) {
      for (int32_t i = 0; i < bands; ++i) logs[i] = logarithm(*input++, scale, b.table);
      if (p.taps == 1) {
        write_features(p, b, logs, output);
        continue;
      }
      const int16_t* weights = b.weights;
      for (int32_t k = 0; k < features; ++k, weights += bands) {
        output[k] = feature(product(logs, weights, bands), b.rows + 2 * k);
      }
    }
  }

 private:
  static int64_t product(const int16_t* a, const int16_t* b, int32_t left) {
    int64_t sum = 0;
    for (; left >= 4; left -= 4, a += 4, b += 4) {
      sum = smlald(load_word(a), load_word(b), sum);
      sum = smlald(load_word(a + 2), load_word(b + 2), sum);
    }
    for (; left > 0; --left) sum += *a++ * *b++;
    return sum;
  }
};

}  // namespace tmc::kernels::armv7em
