// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The products of the transform of sound_bands.

#include "tmc/kernels/common/sound_spectrum.hpp"

namespace tmc::kernels::portable {

struct WideProducts {
  using Number = Complex<int32_t>;

  static constexpr Number half(Number a, Number b) {
    return {rounded(int64_t{a.re} * b.re) + rounded(-(int64_t{a.im} * b.im)),
            rounded(int64_t{a.re} * b.im) + rounded(int64_t{a.im} * b.re)};
  }
  static constexpr int32_t windowed(int32_t value, int16_t factor) {
    return static_cast<int32_t>(int64_t{value} * factor >> 16);
  }
  static void butterflies(const Number* x, int32_t r, const Number* turns, Number* y, int32_t apart) {
    sound::butterflies<WideProducts>(x, r, turns, y, apart);
  }

 private:
  static constexpr int32_t rounded(int64_t product) {
    return static_cast<int32_t>((product + (int64_t{1} << 31)) >> 32);
  }
};

}  // namespace tmc::kernels::portable
