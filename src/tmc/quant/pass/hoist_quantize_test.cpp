// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/quant/passes.hpp"

namespace tmc::quant {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "hoist_quantize");
}

TEST(HoistQuantize, PassesWhatOnlyMovesOrLimits) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,2]
    input z: f32[1,1]
    a: f32[1,1] = tanh(z)
    b: f32[1,3] = concat(x, a) axis=1
    c: f32[3,1] = transpose(b) perm=[1,0] @turn
    d: f32[3] = reshape(c) shape=[3]
    e: f32[3] = relu(d)
    y: i8[3] scale=0.5 zero_point=-1 = quantize(e) ties_to_even=true
    output y
)",
                              R"(  input x: f32[1,2]
  input z: f32[1,1]
  a: f32[1,1] = tanh(z)
  x_quantized: i8[1,2] scale=0.5 zero_point=-1 = quantize(x) ties_to_even=true
  a_quantized: i8[1,1] scale=0.5 zero_point=-1 = quantize(a) ties_to_even=true
  b_quantized: i8[1,3] scale=0.5 zero_point=-1 = concat(x_quantized, a_quantized) axis=1 @b
  c_quantized: i8[3,1] scale=0.5 zero_point=-1 = transpose(b_quantized) perm=[1,0] @turn
  d_quantized: i8[3] scale=0.5 zero_point=-1 = reshape(c_quantized) shape=[3] @d
  y: i8[3] scale=0.5 zero_point=-1 = relu(d_quantized) @e
  output y
)");
}

TEST(HoistQuantize, StopsAtOtherReadersAndArithmetic) {
  ir::testing::expect_unchanged(pass(), R"(  input x: f32[1,2]
  a: f32[2] = reshape(x) shape=[2]
  y: i8[2] scale=0.5 = quantize(a)
  z: i8[2] scale=0.25 = quantize(a)
  b: f32[1,2] = relu(x)
  v: i8[1,2] scale=0.25 = quantize(b)
  c: f32[1,2] = tanh(x)
  w: i8[1,2] scale=0.25 = quantize(c)
  output y
  output z
  output b
  output v
  output w
)");
}

}  // namespace
}  // namespace tmc::quant
