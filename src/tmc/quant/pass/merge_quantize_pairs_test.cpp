// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/quant/passes.hpp"

namespace tmc::quant {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "merge_quantize_pairs");
}

TEST(MergeQuantizePairs, RemovesEqualPairsAndRequantizesOthers) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i8[2] scale=0.5 zero_point=3
    a: f32[2] = dequantize(x)
    same: i8[2] scale=0.5 zero_point=3 = quantize(a)
    other: i8[2] scale=0.25 = quantize(a)
    wide: i16[2] scale=0.5 = quantize(a) dtype=i16
    b: i8[2] scale=1 = add(same, other)
    r: f32[2] = dequantize(b)
    y: i8[2] scale=1 = quantize(r)
    output y
    output wide
)",
                              R"(  input x: i8[2] scale=0.5 zero_point=3
  other: i8[2] scale=0.25 = requantize(x)
  wide: i16[2] scale=0.5 = requantize(x) dtype=i16
  y: i8[2] scale=1 = add(x, other) @b
  output y
  output wide
)");
}

TEST(MergeQuantizePairs, KeepsTheInterfaceApart) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i8[2] scale=0.5
    a: f32[2] = dequantize(x)
    y: i8[2] scale=0.5 = quantize(a)
    output y
)",
                              R"(  input x: i8[2] scale=0.5
  y: i8[2] scale=0.5 = requantize(x)
  output y
)");
}

}  // namespace
}  // namespace tmc::quant
