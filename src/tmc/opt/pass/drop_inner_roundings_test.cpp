// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "drop_inner_roundings");
}

// x, and what reads it, are rounded; so are all steps of the GELU and a factor of it.
TEST(DropInnerRoundings, LeavesTheBordersOfAGelu) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[2]
    const root: f32[] = [1.4142135]
    const one: f32[] = [1]
    const half: i8[] scale=0.5 = [1]
    xq: i8[2] scale=0.5 = quantize(x)
    a: f32[2] = dequantize(xq)
    again: f32[2] = dequantize(xq)
    half_real: f32[] = dequantize(half)
    b: f32[2] = div(a, root)
    c: f32[2] = erf(b)
    cq: i8[2] scale=0.0078125 = quantize(c)
    d: f32[2] = dequantize(cq)
    e: f32[2] = add(d, one)
    eq: i8[2] scale=0.015625 = quantize(e)
    f: f32[2] = dequantize(eq)
    g: f32[2] = mul(again, f)
    gq: i8[2] scale=0.25 = quantize(g)
    h: f32[2] = dequantize(gq)
    i: f32[2] = mul(h, half_real)
    y: i8[2] scale=0.25 = quantize(i)
    output y
)",
                              R"(  input x: f32[2]
  const root: f32[] = [1.4142135]
  const one: f32[] = [1]
  const half_real_reals: f32[] = [0.5]
  xq: i8[2] scale=0.5 = quantize(x)
  a: f32[2] = dequantize(xq)
  b: f32[2] = div(a, root)
  c: f32[2] = erf(b)
  e: f32[2] = add(c, one)
  g: f32[2] = mul(a, e)
  i: f32[2] = mul(g, half_real_reals)
  y: i8[2] scale=0.25 = quantize(i)
  output y
)");
}

TEST(DropInnerRoundings, MovesThePairBehindAnOperatorBehindWhatMovesItsResult) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[2,3]
    a: f32[2,3] = sigmoid(x)
    aq: i8[2,3] scale=0.00390625 zero_point=-128 = quantize(a)
    b: f32[2,3] = dequantize(aq)
    c: f32[2,3] = mul(x, b)
    cq: i8[2,3] scale=0.5 = quantize(c)
    d: f32[2,3] = dequantize(cq)
    e: f32[3,2] = transpose(d) perm=[1,0]
    eq: i8[3,2] scale=0.5 = quantize(e)
    y: f32[3,2] = dequantize(eq)
    output y
)",
                              R"(  input x: f32[2,3]
  a: f32[2,3] = sigmoid(x)
  c: f32[2,3] = mul(x, a)
  e: f32[3,2] = transpose(c) perm=[1,0]
  eq: i8[3,2] scale=0.5 = quantize(e)
  y: f32[3,2] = dequantize(eq)
  output y
)");
}

TEST(DropInnerRoundings, LeavesPairsBetweenStepsThatAreNoOperator) {
  ir::testing::expect_unchanged(pass(), R"(  input x: f32[2]
  a: f32[2] = sigmoid(x)
  aq: i8[2] scale=0.00390625 zero_point=-128 = quantize(a)
  b: f32[2] = dequantize(aq)
  y: f32[2] = add(x, b)
  output y
)");
}

}  // namespace
}  // namespace tmc::opt
