// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Transforms of powers of two with stages of radix 4 behind one of radix 4 or 8, in the output itself
// (detail/fourier_line.hpp): lines of 16 complex points or 32 real ones and more, along the last axis.

#include "tmc/kernels/armv7em/detail/fourier_line.hpp"
#include "tmc/kernels/contract/spectrum_f32.hpp"

namespace tmc::kernels::armv7em {

struct DftF32 : ImplementationOf<kernels::DftF32> {
  static constexpr bool applies(const Params& p) { return fourier::applies(p); }
  static constexpr int64_t scratch_bytes(const Params& p) { return fourier::scratch_bytes<false>(p); }
  static constexpr double instructions(const Params& p) { return fourier::instructions<false>(p); }

  static void run(Params p, Buffers b) {
    fourier::run<false>(p, b.input, static_cast<const float*>(nullptr), b.twiddles, b.output, b.scratch);
  }
};

struct StftF32 : ImplementationOf<kernels::StftF32> {
  static constexpr bool applies(const Params& p) {
    return fourier::applies(p) && p.window_elements == p.samples && p.output_parts == 2;
  }
  static constexpr int64_t scratch_bytes(const Params& p) { return fourier::scratch_bytes<true>(p); }
  static constexpr double instructions(const Params& p) { return fourier::instructions<true>(p); }

  static void run(Params p, Buffers b) { fourier::run<true>(p, b.input, b.window, b.twiddles, b.output, b.scratch); }
};

}  // namespace tmc::kernels::armv7em
