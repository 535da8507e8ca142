// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/contract/spectrum_f32.hpp"
#include "tmc/kernels/testing/spectrum_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(StftF32, IsTheSumOverWindowedFramesThatOverlap) {
  std::mt19937 rng(3);
  for (const int32_t length : {1, 2, 9, 16, 50, 64}) {
    for (const int32_t parts : {1, 2}) {
      const int32_t step = pick(rng, 1, 7);
      const int32_t frames = pick(rng, 1, 5);
      const int32_t batch = pick(rng, 1, 2);
      const int32_t signal = parts * (step * (frames - 1) + length);
      const int32_t bins = pick(rng, 1, length);
      const StftF32::Params p{.input_elements = batch * signal,
                              .window_elements = length,
                              .output_elements = batch * frames * bins * 2,
                              .twiddles = 2 * length,
                              .length = length,
                              .inverse = 0,
                              .input_parts = parts,
                              .output_parts = 2,
                              .samples = length,
                              .bins = bins,
                              .outer = batch,
                              .inner = frames,
                              .input_strides = {signal, parts * step, parts},
                              .output_strides = {frames * bins * 2, bins * 2, 2},
                              .factor = 1};
      const auto input = random_values<float>(rng, static_cast<size_t>(p.input_elements), -3, 3);
      const auto window = random_values<float>(rng, static_cast<size_t>(length), -2, 2);
      const auto output = run_signal<StftF32, float>(
          p, {to_bytes(input), to_bytes(window)}, static_cast<size_t>(p.output_elements), {twiddles_of(length, false)});
      expect_near(output, transformed(p, input, window), length);
    }
  }
}

}  // namespace
}  // namespace tmc::kernels
