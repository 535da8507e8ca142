// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one frame after the other.

#include "tmc/kernels/common/logarithm.hpp"
#include "tmc/kernels/common/sound_spectrum.hpp"
#include "tmc/kernels/contract/sound_features.hpp"
#include "tmc/kernels/portable/detail/sound_products.hpp"

namespace tmc::kernels::portable {

struct SoundBands : ImplementationOf<kernels::SoundBands> {
  static constexpr bool applies(const Params& p) {
    const bool is_length = p.length >= 8 && p.length <= 1 << 16 && (p.length & (p.length - 1)) == 0;
    return is_length && p.frames > 0 && p.hop > 0 && (p.skip == 0 || p.skip == 1) && p.window > 0 &&
           p.window <= p.length && p.twiddles == 2 * sound_twiddles(p.length) && p.scale_bits >= 0 &&
           p.scale_bits <= 15 && p.pre_emphasis >= -32768 && p.pre_emphasis <= 32768 &&
           p.input_elements >= int64_t{p.frames - 1} * p.hop + p.skip + p.window && p.widths > 1 &&
           p.output_elements == int64_t{p.frames} * (p.widths - 1) && p.first_bin >= 0 &&
           p.first_bin + p.weights <= p.length / 2 + 1;
  }
  static constexpr int64_t scratch_bytes(const Params& p) { return int64_t{8} * p.length; }
  static constexpr double instructions(const Params& p) {
    int32_t bits = 0;
    while (2 << bits < p.length) ++bits;
    return p.frames * (12.0 * p.window + 16.0 * p.length / 2 * bits + 30.0 * p.length / 2 + 20.0 * p.weights);
  }

  static void run(Params p, Buffers b) { run_frames<WideProducts>(p, b); }

 protected:
  template <typename Products>
  static void run_frames(const Params& p, const Buffers& b) {
    auto* const numbers = static_cast<sound::Number*>(b.scratch);
    auto* const others = numbers + p.length / 2;
    const auto* const twiddles = reinterpret_cast<const sound::Number*>(b.twiddles);
    const int32_t bands = p.widths - 1;
    for (int32_t frame = 0; frame < p.frames; ++frame) {
      load_frame<Products>(p, b, frame * p.hop + p.skip, reinterpret_cast<int32_t*>(numbers));
      const sound::Number* bins = sound::transform<Products>(numbers, others, p.length / 2, twiddles);
      auto* const sizes = reinterpret_cast<uint32_t*>(bins == numbers ? others : numbers);
      sound::magnitudes<Products>(bins, p.length / 2, twiddles + stage_twiddles(p), sizes);
      add_bands(p, b, sizes + p.first_bin, b.output + frame * bands);
    }
  }

 private:
  static constexpr int32_t stage_twiddles(const Params& p) { return p.length / 2 - p.length / 8; }

  template <typename Products>
  static void load_frame(const Params& p, const Buffers& b, int32_t first, int32_t* numbers) {
    const int16_t* input = b.input + first;
    int32_t before = first > 0 ? input[-1] : 0;
    const int32_t shift = 15 - p.scale_bits;
    for (int32_t i = 0; i < p.window; ++i) {
      const int32_t sample = input[i];
      const int32_t sharpened = sample * (1 << p.scale_bits) - (before * p.pre_emphasis >> shift);
      numbers[i] = Products::windowed(sharpened, b.window[i]);
      before = sample;
    }
    for (int32_t i = p.window; i < p.length; ++i) numbers[i] = 0;
  }

  static void add_bands(const Params& p, const Buffers& b, const uint32_t* sizes, uint32_t* output) {
    const uint16_t* weights = b.weights;
    uint64_t falling = 0;  // what the band before has of these bins
    for (int32_t band = 0; band < p.widths; ++band) {
      uint64_t rising = 0, all = 0;
      for (int32_t left = b.widths[band]; left > 0; --left) {
        const uint64_t size = *sizes++;
        rising += size * *weights++;
        all += size;
      }
      if (band > 0) output[band - 1] = rounded(falling + (all << 15) - rising);
      falling = rising;
    }
  }

  static uint32_t rounded(uint64_t sum) {
    const uint64_t whole = (sum + (1 << 14)) >> 15;
    return whole > UINT32_MAX ? UINT32_MAX : static_cast<uint32_t>(whole);
  }
};

struct SoundLogs : ImplementationOf<kernels::SoundLogs> {
  static constexpr bool applies(const Params& p) {
    const int32_t bands = p.frames > 0 ? p.input_elements / p.frames : 0;
    const int32_t features = p.frames > 0 ? p.output_elements / p.frames : 0;
    return bands > 0 && features > 0 && p.input_elements == int64_t{p.frames} * bands &&
           p.output_elements == int64_t{p.frames} * features && p.rows == 2 * features && p.table == 129 &&
           p.weights == int64_t{features} * p.taps && (p.taps == bands || (p.taps == 1 && features <= bands)) &&
           p.silent >= 1 && (p.normalize == 0 || p.floor_high == 0);
  }
  static constexpr int64_t scratch_bytes(const Params& p) { return int64_t{2} * (p.input_elements / p.frames); }
  static constexpr double instructions(const Params& p) {
    return 60.0 * p.input_elements + p.output_elements * (7.0 * p.taps + 20);
  }

  static void run(Params p, Buffers b) {
    const Scale scale = scale_of(p, b);
    const int32_t bands = p.input_elements / p.frames;
    auto* const logs = static_cast<int16_t*>(b.scratch);
    for (int32_t frame = 0; frame < p.frames; ++frame) {
      for (int32_t i = 0; i < bands; ++i) logs[i] = logarithm(b.input[frame * bands + i], scale, b.table);
      write_features(p, b, logs, b.output + frame * (p.output_elements / p.frames));
    }
  }

 protected:
  // What is added to bands, which have 31 bits behind the point, and the logarithm of the reference.
  struct Scale {
    uint64_t floor;
    int32_t reference;
  };
  static Scale scale_of(const Params& p, const Buffers& b) {
    const uint64_t floor = static_cast<uint32_t>(p.floor_low) | uint64_t{static_cast<uint32_t>(p.floor_high)} << 32;
    if (p.normalize == 0) return {floor, p.reference};
    auto loudest = static_cast<uint32_t>(p.silent);
    for (int32_t i = 0; i < p.input_elements; ++i) loudest = b.input[i] > loudest ? b.input[i] : loudest;
    return {loudest * floor, log2_of_wide(uint64_t{loudest} << 31, b.table)};
  }

  static int16_t logarithm(uint32_t band, const Scale& scale, const uint16_t* table) {
    const uint64_t y = (uint64_t{band} << 31) + scale.floor;
    const int32_t difference = (log2_of_wide(y > 0 ? y : 1, table) - scale.reference + 32) >> 6;
    return saturated(difference);
  }

  static void write_features(const Params& p, const Buffers& b, const int16_t* logs, int16_t* output) {
    const int32_t features = p.output_elements / p.frames;
    for (int32_t k = 0; k < features; ++k) {
      const int16_t* weights = b.weights + k * p.taps;
      const int16_t* inputs = p.taps == 1 ? logs + k : logs;
      int64_t sum = 0;
      for (int32_t i = 0; i < p.taps; ++i) sum += int32_t{weights[i]} * inputs[i];
      output[k] = feature(sum, b.rows + 2 * k);
    }
  }
  static int16_t feature(int64_t sum, const int32_t* row) {
    return saturated(((sum + (int64_t{1} << row[0] >> 1)) >> row[0]) + row[1]);
  }

 private:
  static constexpr int16_t saturated(int64_t value) {
    return static_cast<int16_t>(value < INT16_MIN ? INT16_MIN : value > INT16_MAX ? INT16_MAX : value);
  }
};

}  // namespace tmc::kernels::portable
