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
  std::vector<std::string> tested;
  for (const int32_t length : {1, 2, 9, 16, 50, 64, 128, 256}) {
    for (const int32_t parts : {1, 2}) {
      const Frames frames{length,          parts,           pick(rng, 1, 7),
                          pick(rng, 1, 5), pick(rng, 1, 2), length < 64 ? pick(rng, 1, length) : length / 2 + 1};
      const StftF32::Params p = stft_params(frames);
      const auto input = random_values<float>(rng, static_cast<size_t>(p.input_elements), -3, 3);
      const auto window = random_values<float>(rng, static_cast<size_t>(length), -2, 2);
      const auto output =
          run_signal<StftF32, float>(p, {to_bytes(input), to_bytes(window)}, static_cast<size_t>(p.output_elements),
                                     {twiddles_of(length, false)}, &tested);
      expect_near(output, transformed(p, input, window), length);
    }
  }
  expect_all_were_tested(*find_kernel("stft_f32"), tested);
}

}  // namespace
}  // namespace tmc::kernels
