// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one line after the other.

#include "tmc/kernels/contract/spectrum_f32.hpp"
#include "tmc/kernels/portable/detail/dft_line.hpp"

namespace tmc::kernels::portable {

struct DftF32 : ImplementationOf<kernels::DftF32> {
  static constexpr bool applies(const Params& p) { return dft::applies(p); }
  static constexpr int64_t scratch_bytes(const Params& p) { return dft::scratch_bytes(p); }
  static constexpr double instructions(const Params& p) { return dft::instructions(p); }

  static void run(Params p, Buffers b) {
    dft::run<false>(p, b.input, static_cast<const float*>(nullptr), b.twiddles, b.output, b.scratch);
  }
};

struct StftF32 : ImplementationOf<kernels::StftF32> {
  static constexpr bool applies(const Params& p) { return dft::applies(p) && p.window_elements == p.samples; }
  static constexpr int64_t scratch_bytes(const Params& p) { return dft::scratch_bytes(p); }
  static constexpr double instructions(const Params& p) { return dft::instructions(p); }

  static void run(Params p, Buffers b) { dft::run<true>(p, b.input, b.window, b.twiddles, b.output, b.scratch); }
};

}  // namespace tmc::kernels::portable
