// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Two int16 a word, or one complex number.

#include "tmc/kernels/armv7em/detail/rfft_lanes.hpp"
#include "tmc/kernels/portable/signal_spectrum.hpp"

namespace tmc::kernels::armv7em {

struct SignalWindow : portable::SignalWindow {
  static constexpr double instructions(const Params& p) { return 5.5 * p.elements; }

  static void run(Params p, Buffers b) {
    const int16_t* input = b.input;
    int16_t* output = b.output;
    for (int32_t left = p.elements; left > 0; left -= p.window_elements) {
      const int16_t* window = b.window;
      int32_t i = p.window_elements;
      for (; i >= 4; i -= 4, input += 4, window += 4, output += 4) {
        const int32_t first = windowed(load_word(input), load_word(window), p.shift);
        const int32_t second = windowed(load_word(input + 2), load_word(window + 2), p.shift);
        store_word(first, output);
        store_word(second, output + 2);
      }
      for (; i > 0; --i) *output++ = static_cast<int16_t>(saturate_s16(*input++ * *window++ >> p.shift));
    }
  }

 private:
  static int32_t windowed(int32_t samples, int32_t window, int32_t shift) {
    return pack_shifted<0>(saturate_s16(smulbb(samples, window) >> shift),
                           saturate_s16(smultt(samples, window) >> shift));
  }
};

struct SignalScaleBits : portable::SignalScaleBits {
  static constexpr double instructions(const Params& p) { return 2.0 * p.input_elements + 30; }

  // The highest bit of the largest magnitude is that of all of them together. One that leaves its lane is negative, and
  // what stood before it counts for nothing; numbers behind it are taken singly until the largest is no longer
  // negative.
  static void run(Params p, Buffers b) {
    const int16_t* input = b.input;
    const int16_t* const end = input + p.input_elements;
    Together together = all_blocks(input, end);
    int16_t most = 0;
    while (together.leaving != nullptr) {
      input = together.leaving + kBlock;
      most = largest(together.leaving, input, 0);
      for (; most < 0 && input < end; ++input) most = largest(input, input + 1, most);
      together = all_blocks(input, end);
    }
    most = largest(together.end, end, static_cast<int16_t>(most | together.lanes | together.lanes >> 16));
    b.output[0] = most > 0 ? __builtin_clz(static_cast<uint32_t>(most)) - 17 : 0;
  }

 private:
  static constexpr int32_t kBlock = 8;

  // Bits of the magnitudes in whole blocks, and the last block where one leaves its lane.
  struct Together {
    int32_t lanes;
    const int16_t* leaving;
    const int16_t* end;
  };
  static Together all_blocks(const int16_t* input, const int16_t* end) {
    Together together = {0, nullptr, input};
    for (; end - input >= kBlock; input += kBlock) {
      const int32_t block = magnitudes(load_word(input)) | magnitudes(load_word(input + 2)) |
                            magnitudes(load_word(input + 4)) | magnitudes(load_word(input + 6));
      together.lanes |= block;
      if ((static_cast<uint32_t>(block) & 0x80008000U) != 0) together.leaving = input;
    }
    together.end = input;
    return together;
  }
};

struct SignalScale : portable::SignalScale {
  static constexpr double instructions(const Params& p) { return 1.7 * p.elements; }

  // A shift of the whole word, without what has come into a lane from the one below.
  static void run(Params p, Buffers b) {
    const int32_t bits = b.bits[0] < 0 ? 0 : b.bits[0] > 16 ? 16 : b.bits[0];
    const uint32_t kept = (0xFFFFU << bits & 0xFFFFU) * 0x10001U;
    const auto scaled = [&](int32_t word) { return static_cast<int32_t>(static_cast<uint32_t>(word) << bits & kept); };
    const int16_t* input = b.input;
    int16_t* output = b.output;
    int32_t i = p.elements;
    for (; i >= 8; i -= 8, input += 8, output += 8) {
      const int32_t first = scaled(load_word(input)), second = scaled(load_word(input + 2));
      const int32_t third = scaled(load_word(input + 4)), fourth = scaled(load_word(input + 6));
      store_word(first, output);
      store_word(second, output + 2);
      store_word(third, output + 4);
      store_word(fourth, output + 6);
    }
    for (; i > 0; --i) *output++ = static_cast<int16_t>(scaled(*input++));
  }
};

struct SignalRfft : portable::SignalRfft {
  static constexpr double instructions(const Params& p) {
    return frames(p) * (18.0 * p.length + 12.0 * p.length * rfft::pair_bits(p.length) / 4);
  }

  static void run(Params p, Buffers b) {
    const int32_t samples = p.input_elements / frames(p);
    for (int32_t i = 0; i < frames(p); ++i) {
      rfft::transform(b.input + i * samples, samples, rfft::pair_bits(p.length), b.twiddles,
                      b.output + i * (p.length + 2));
    }
  }
};

struct SignalEnergy : portable::SignalEnergy {
  static constexpr double instructions(const Params& p) { return 2.5 * p.output_elements; }

  static void run(Params p, Buffers b) {
    const int16_t* bin = b.input + 2 * p.start;
    uint32_t* output = b.output;
    uint32_t* const first = b.output + (p.start < p.output_elements ? p.start : p.output_elements);
    uint32_t* const last = p.end > p.start ? b.output + p.end : first;
    while (output < first) *output++ = 0;
    for (; last - output >= 4; output += 4, bin += 8) {
      output[0] = energy(bin);
      output[1] = energy(bin + 2);
      output[2] = energy(bin + 4);
      output[3] = energy(bin + 6);
    }
    for (; output < last; bin += 2) *output++ = energy(bin);
    while (output < b.output + p.output_elements) *output++ = 0;
  }

 private:
  static uint32_t energy(const int16_t* bin) {
    const int32_t word = load_word(bin);
    return static_cast<uint32_t>(smuad(word, word));
  }
};

}  // namespace tmc::kernels::armv7em
