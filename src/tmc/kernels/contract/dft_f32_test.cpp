// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/contract/spectrum_f32.hpp"
#include "tmc/kernels/testing/spectrum_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// Every line of a tensor [outer, depth, inner, parts] along the middle axis.
struct Tensor {
  int32_t length, samples, bins, outer, inner, input_parts, output_parts, inverse;
};
DftF32::Params params_of(const Tensor& t) {
  const int32_t in = t.inner * t.input_parts;
  const int32_t out = t.inner * t.output_parts;
  return {.input_elements = t.outer * t.samples * in,
          .output_elements = t.outer * t.bins * out,
          .twiddles = 2 * t.length,
          .length = t.length,
          .inverse = t.inverse,
          .input_parts = t.input_parts,
          .output_parts = t.output_parts,
          .samples = t.samples,
          .bins = t.bins,
          .outer = t.outer,
          .inner = t.inner,
          .input_strides = {t.samples * in, t.input_parts, in},
          .output_strides = {t.bins * out, t.output_parts, out},
          .factor = t.inverse != 0 ? 1 / static_cast<float>(t.length) : 1};
}

void expect_transformed(std::mt19937& rng, const Tensor& tensor) {
  const DftF32::Params p = params_of(tensor);
  const auto input = random_values<float>(rng, static_cast<size_t>(p.input_elements), -3, 3);
  const auto output = run_signal<DftF32, float>(p, {to_bytes(input)}, static_cast<size_t>(p.output_elements),
                                                {twiddles_of(p.length, p.inverse != 0)});
  expect_near(output, transformed(p, input, {}), p.length);
}

TEST(DftF32, IsTheSumForEveryLengthAndForm) {
  std::mt19937 rng(1);
  for (int32_t length = 1; length <= 70; ++length) {
    const int32_t half = length / 2 + 1;
    const int32_t outer = pick(rng, 1, 3);
    const int32_t inner = pick(rng, 1, 3);
    const int32_t some = pick(rng, 1, length);
    expect_transformed(rng, {length, length, length, outer, inner, 1, 2, 0});
    expect_transformed(rng, {length, some, half, outer, inner, 1, 2, 0});
    expect_transformed(rng, {length, some, length, outer, inner, 2, 2, 0});
    expect_transformed(rng, {length, length, half, outer, inner, 2, 2, 0});
    expect_transformed(rng, {length, length, length, outer, inner, 2, 2, 1});
    expect_transformed(rng, {length, some, length, outer, inner, 1, 2, 1});
    expect_transformed(rng, {length, half, length, outer, inner, 2, 1, 1});
    expect_transformed(rng, {length, pick(rng, 1, half), length, outer, inner, 2, 1, 1});
  }
}

TEST(DftF32, TakesLongLinesOfAllKindsOfFactors) {
  std::mt19937 rng(2);
  for (const int32_t length : {256, 480, 512, 625, 1009, 1024, 2018, 2310, 4096}) {
    expect_transformed(rng, {length, length, length / 2 + 1, 1, 1, 1, 2, 0});
    expect_transformed(rng, {length, length, length, 1, 1, 2, 2, 1});
    expect_transformed(rng, {length, length / 2 + 1, length, 1, 1, 2, 1, 1});
  }
}

}  // namespace
}  // namespace tmc::kernels
