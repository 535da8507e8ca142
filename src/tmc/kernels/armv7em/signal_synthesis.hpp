// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// One complex number a word (detail/rfft_lanes.hpp).

#include "tmc/kernels/armv7em/detail/rfft_lanes.hpp"
#include "tmc/kernels/portable/signal_synthesis.hpp"

namespace tmc::kernels::armv7em {

struct SignalIrfft : portable::SignalIrfft {
  static constexpr double instructions(const Params& p) {
    return frames(p) * (18.0 * p.length + 12.0 * p.length * rfft::pair_bits(p.length) / 4);
  }

  static void run(Params p, Buffers b) {
    for (int32_t i = 0; i < frames(p); ++i) {
      rfft::inverse(b.input + i * (p.length + 2), rfft::pair_bits(p.length), b.twiddles,
                    static_cast<int16_t*>(b.scratch), b.output + i * p.length);
    }
  }
};

}  // namespace tmc::kernels::armv7em
