// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/contract/spectrum_f32.hpp"
#include "tmc/kernels/testing/spectrum_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

void expect_transformed(std::mt19937& rng, const Tensor& tensor, std::vector<std::string>& tested) {
  const DftF32::Params p = dft_params(tensor);
  const auto input = random_values<float>(rng, static_cast<size_t>(p.input_elements), -3, 3);
  const auto output = run_signal<DftF32, float>(p, {to_bytes(input)}, static_cast<size_t>(p.output_elements),
                                                {twiddles_of(p.length, p.inverse != 0)}, &tested);
  expect_near(output, transformed(p, input, {}), p.length);
}

TEST(DftF32, IsTheSumForEveryLengthAndForm) {
  std::mt19937 rng(1);
  std::vector<std::string> tested;
  for (int32_t length = 1; length <= 70; ++length) {
    const int32_t half = length / 2 + 1;
    const int32_t outer = pick(rng, 1, 3);
    const int32_t inner = pick(rng, 1, 3);
    const int32_t some = pick(rng, 1, length);
    expect_transformed(rng, {length, length, length, outer, inner, 1, 2, 0}, tested);
    expect_transformed(rng, {length, some, half, outer, inner, 1, 2, 0}, tested);
    expect_transformed(rng, {length, some, length, outer, inner, 2, 2, 0}, tested);
    expect_transformed(rng, {length, length, half, outer, inner, 2, 2, 0}, tested);
    expect_transformed(rng, {length, length, length, outer, inner, 2, 2, 1}, tested);
    expect_transformed(rng, {length, some, length, outer, inner, 1, 2, 1}, tested);
    expect_transformed(rng, {length, half, length, outer, inner, 2, 1, 1}, tested);
    expect_transformed(rng, {length, pick(rng, 1, half), length, outer, inner, 2, 1, 1}, tested);
  }
}

TEST(DftF32, TakesLongLinesOfAllKindsOfFactors) {
  std::mt19937 rng(2);
  std::vector<std::string> tested;
  for (const int32_t length : {128, 256, 480, 512, 625, 1009, 1024, 2018, 2048, 2310, 4096}) {
    expect_transformed(rng, {length, length, length / 2 + 1, 1, 1, 1, 2, 0}, tested);
    expect_transformed(rng, {length, length, length, 1, 1, 2, 2, 1}, tested);
    expect_transformed(rng, {length, length / 2 + 1, length, 1, 1, 2, 1, 1}, tested);
  }
}

// What lies in one line: signals shorter than the transform, parts of spectra, spectra with both halves.
TEST(DftF32, TakesPowersOfTwoInEveryForm) {
  std::mt19937 rng(4);
  std::vector<std::string> tested;
  for (int32_t length = 8; length <= 256; length *= 2) {
    const int32_t half = length / 2 + 1;
    for (const int32_t inverse : {0, 1}) {
      expect_transformed(rng, {length, length, half, 2, 1, 1, 2, inverse}, tested);
      expect_transformed(rng, {length, pick(rng, 1, length), half, 1, 1, 1, 2, inverse}, tested);
      expect_transformed(rng, {length, length, pick(rng, half, length), 2, 1, 1, 2, inverse}, tested);
      expect_transformed(rng, {length, pick(rng, 1, length), length, 2, 1, 2, 2, inverse}, tested);
      expect_transformed(rng, {length, half, length, 2, 1, 2, 1, inverse}, tested);
      expect_transformed(rng, {length, pick(rng, 1, half), length, 1, 1, 2, 1, inverse}, tested);
    }
  }
  expect_all_were_tested(*find_kernel("dft_f32"), tested);
}

}  // namespace
}  // namespace tmc::kernels
