// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Four pairs of elements a turn. First and second element of a pair become the lanes of a word, and so do its cosine
// and its sine; then each result is one instruction, SMLSD and SMLADX, a shift and a saturation.

#include "tmc/kernels/armv7em/detail/lanes.hpp"
#include "tmc/kernels/portable/rotary_embedding.hpp"

namespace tmc::kernels::armv7em {

struct RotaryEmbeddingS8 : portable::RotaryEmbeddingS8 {
  static constexpr int32_t kTurn = 4;  // pairs in a turn of the loop

  static constexpr double instructions(const Params& p) {
    const int32_t turns = p.rotated / 2 / kTurn, left = p.rotated / 2 % kTurn;
    return 1.0 * p.batch * p.length * p.heads * (30 + 59.0 * turns + 30.0 * left + 8.0 * (p.size - p.rotated));
  }

  static void run(Params p, Buffers b) {
    const Narrowing narrow{p.input_zero_point, p.output_zero_point * (1 << p.shift) + (1 << (p.shift - 1)), p.shift};
    const int32_t pairs = p.rotated / 2, heads = p.batch * p.length * p.heads;
    const int8_t* input = b.input;
    int8_t* output = b.output;
    for (int32_t head = 0; head < heads; ++head, input += p.size, output += p.size) {
      const int32_t position = head / p.heads;
      const int32_t angles = (p.batches == 1 ? position % p.length : position) * pairs;
      if (p.interleaved != 0) {
        turn_pairs<true>(narrow, pairs, input, b.cosine + angles, b.sine + angles, output);
      } else {
        turn_pairs<false>(narrow, pairs, input, b.cosine + angles, b.sine + angles, output);
      }
      for (int32_t i = p.rotated; i < p.size; ++i) {
        output[i] = narrow((input[i] - p.input_zero_point) * p.factor + narrow.addend);
      }
    }
  }

 private:
  struct Narrowing {
    int32_t input_zero_point, addend, shift;

    int8_t operator()(int32_t sum) const { return static_cast<int8_t>(saturate_s8(sum >> shift)); }
  };

  // A pair and its angle, as lanes, to where both elements go.
  static void turn(const Narrowing& narrow, int32_t pair, int32_t angle, int8_t* first, int8_t* second) {
    store_s8(narrow(smlsd(pair, angle, narrow.addend)), first);
    store_s8(narrow(smladx(pair, angle, narrow.addend)), second);
  }

  template <bool kInterleaved>
  static void turn_pairs(const Narrowing& narrow, int32_t pairs, const int8_t* input, const int16_t* cosine,
                         const int16_t* sine, int8_t* output) {
    const int32_t step = kInterleaved ? 2 : 1, apart = kInterleaved ? 1 : pairs;
    const int32_t offsets = both_lanes(-narrow.input_zero_point);
    for (int32_t turns = pairs / kTurn; turns > 0; --turns) {
      // Side by side, the second word has the pairs 2 and 3; otherwise the second elements.
      const int32_t word = load_word(input), other = load_word(input + (kInterleaved ? 4 : apart));
      const int32_t even = sxtab16(offsets, word), odd = sxtab16_ror8(offsets, word);
      const int32_t other_even = sxtab16(offsets, other), other_odd = sxtab16_ror8(offsets, other);
      const int32_t cosines = load_word(cosine), more_cosines = load_word(cosine + 2);
      const int32_t sines = load_word(sine), more_sines = load_word(sine + 2);
      const auto turn_at = [&](int32_t pair, int32_t angle, int32_t i) {
        turn(narrow, pair, angle, output + i * step, output + i * step + apart);
      };
      turn_at(kInterleaved ? pack_bottoms(even, odd) : pack_bottoms(even, other_even), pack_bottoms(cosines, sines), 0);
      turn_at(kInterleaved ? pkhtb(even, odd) : pack_bottoms(odd, other_odd), pkhtb(cosines, sines), 1);
      turn_at(kInterleaved ? pack_bottoms(other_even, other_odd) : pkhtb(even, other_even),
              pack_bottoms(more_cosines, more_sines), 2);
      turn_at(kInterleaved ? pkhtb(other_even, other_odd) : pkhtb(odd, other_odd), pkhtb(more_cosines, more_sines), 3);
      input += kTurn * step, output += kTurn * step;
      cosine += kTurn, sine += kTurn;
    }
    for (int32_t i = 0; i < pairs % kTurn; ++i) {
      const int32_t pair =
          pack_bottoms(input[i * step] - narrow.input_zero_point, input[i * step + apart] - narrow.input_zero_point);
      turn(narrow, pair, pack_bottoms(cosine[i], sine[i]), output + i * step, output + i * step + apart);
    }
  }
};

}  // namespace tmc::kernels::armv7em
