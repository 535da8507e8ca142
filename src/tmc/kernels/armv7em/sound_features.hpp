// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Products of 32 bits in an instruction each, and of two logarithms in one.

#include "tmc/kernels/armv7em/detail/wide_product.hpp"
#include "tmc/kernels/portable/sound_features.hpp"

namespace tmc::kernels::armv7em {

struct SoundBands : portable::SoundBands {
  static constexpr double instructions(const Params& p) { return 0.4 * portable::SoundBands::instructions(p); }

  static void run(Params p, Buffers b) { run_frames<WordProducts>(p, b); }
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
