// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Eight elements a turn: words of both operands are widened to lanes with their zero points taken off, multiplied
// lane by lane and requantised in three instructions (detail/channel.hpp). A product is below 2^16, so that right
// shifts from 2 to 16 are exact.

#include "tmc/kernels/armv7em/detail/channel.hpp"
#include "tmc/kernels/armv7em/detail/clamp.hpp"
#include "tmc/kernels/armv7em/detail/lanes.hpp"
#include "tmc/kernels/common/broadcast.hpp"
#include "tmc/kernels/contract/detail/broadcast_rows.hpp"
#include "tmc/kernels/contract/mul.hpp"

namespace tmc::kernels::armv7em {

struct MulS8 : ImplementationOf<kernels::MulS8> {
  static constexpr int32_t kMostShift = 16;

  static constexpr bool applies(const Params& p) {
    return has_dense_rows(p) && has_short_form(p.output_multiplier, p.output_shift, kMostShift);
  }
  static constexpr Overlap overlap(const Params& p, int buffer) { return broadcast_overlap(p, buffer); }
  static constexpr double instructions(const Params& p) {
    const double elements = static_cast<double>(broadcast_elements(p));
    return 30 + 25 * elements / broadcast_rows(p).length + 7.5 * elements;
  }

  static void run(Params p, Buffers b) {
    const BroadcastRows rows = broadcast_rows(p);
    const Work work{short_form(p.output_multiplier, p.output_shift), p.output_zero_point, both_lanes(-p.a_zero_point),
                    both_lanes(-p.b_zero_point)};
    for_each_row(p, rows, b.a, b.b, b.output, [&](const int8_t* a, const int8_t* other, int8_t* output) {
      if (rows.a_step == 0) {
        run_row<true>({work.requantization, work.zero_point, work.b_offsets, work.a_offsets}, other, a, output,
                      rows.length);
      } else if (rows.b_step == 0) {
        run_row<true>(work, a, other, output, rows.length);
      } else {
        run_row<false>(work, a, other, output, rows.length);
      }
    });
    if (p.activation_min > -128 || p.activation_max < 127) {
      clamp_values(b.output, static_cast<int32_t>(broadcast_elements(p)), p.activation_min, p.activation_max);
    }
  }

 private:
  struct Work {
    Requantization requantization;
    int32_t zero_point;
    int32_t a_offsets, b_offsets;  // what is added to the lanes
  };

  static void put(const Work& w, int32_t product, int8_t* to) {
    store_s8(requantized(product, w.requantization, w.zero_point), to);
  }

  // output[i] = a[i] * b[i], or with kSingle a[i] * b[0].
  template <bool kSingle>
  static void run_row(Work w, const int8_t* a, const int8_t* b, int8_t* output, int32_t count) {
    const int32_t single = both_lanes(*b + bottom(w.b_offsets));
    for (const int8_t* end = a + count / 8 * 8; a != end; a += 8, output += 8) {
      run_word<kSingle>(w, a, b, single, output);
      run_word<kSingle>(w, a + 4, b + 4, single, output + 4);
      if (!kSingle) b += 8;
    }
    for (int32_t i = 0; i < count % 8; ++i) {
      const int32_t other = kSingle ? bottom(single) : b[i] + bottom(w.b_offsets);
      put(w, (a[i] + bottom(w.a_offsets)) * other, output + i);
    }
  }

  template <bool kSingle>
  static void run_word(const Work& w, const int8_t* a, const int8_t* b, int32_t single, int8_t* output) {
    const int32_t a_word = load_word(a);
    const int32_t a_even = sxtab16(w.a_offsets, a_word);
    const int32_t a_odd = sxtab16_ror8(w.a_offsets, a_word);
    int32_t b_even = single;
    int32_t b_odd = single;
    if (!kSingle) {
      const int32_t b_word = load_word(b);
      b_even = sxtab16(w.b_offsets, b_word);
      b_odd = sxtab16_ror8(w.b_offsets, b_word);
    }
    put(w, smulbb(a_even, b_even), output);
    put(w, smulbb(a_odd, b_odd), output + 1);
    put(w, smultt(a_even, b_even), output + 2);
    put(w, smultt(a_odd, b_odd), output + 3);
  }
};

}  // namespace tmc::kernels::armv7em
