// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "dequantize_weights");
}

// 1, -2, 65504 (the largest), 2^-24 (the least, subnormal).
TEST(DequantizeWeights, KeepsHalfWeightsOfLayersAndWidensTheRest) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,2]
    const w: f16[2,2] = x"003c00c0ff7b0100"
    const b: f16[2] = x"003c00c0"
    w_f32: f32[2,2] = dequantize(w)
    b_f32: f32[2] = dequantize(b)
    y: f32[1,2] = fully_connected(x, w_f32, b_f32)
    output y
)",
                              R"(  input x: f32[1,2]
  const w: f16[2,2] = x"003c00c0ff7b0100"
  const b_f32: f32[2] = [1,-2]
  y: f32[1,2] = fully_connected(x, w, b_f32)
  output y
)");
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,2]
    const w: f16[2,2] = x"003c00c0ff7b0100"
    w_f32: f32[2,2] = dequantize(w)
    y: f32[1,2] = fully_connected(x, w_f32)
    z: f32[2,2] = add(y, w_f32)
    output z
)",
                              R"(  input x: f32[1,2]
  const w: f16[2,2] = x"003c00c0ff7b0100"
  const w_f32: f32[2,2] = [1,-2,65504,5.9604645e-08]
  y: f32[1,2] = fully_connected(x, w)
  z: f32[2,2] = add(y, w_f32)
  output z
)");
}

TEST(DequantizeWeights, ExpandsIntegersThatNothingLowered) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,2]
    const w: i8[2,2] axis=0 scale=[0.5,2] zero_point=[1,0] = [1,2,3,4]
    w_f32: f32[2,2] = dequantize(w)
    y: f32[1,2] = fully_connected(x, w_f32)
    output y
)",
                              R"(  input x: f32[1,2]
  const w_f32: f32[2,2] = [0,0.5,6,8]
  y: f32[1,2] = fully_connected(x, w_f32)
  output y
)");
}

TEST(DequantizeWeights, LeavesHybridLayersAndActivations) {
  ir::testing::expect_unchanged(pass(), R"(  input x: f32[1,2]
  input q: i8[1,2] scale=0.5
  const w: i8[2,2] scale=0.5 = [1,2,3,4]
  y: f32[1,2] = fully_connected(x, w)
  z: f32[1,2] = dequantize(q)
  output y
  output z
)");
}

}  // namespace
}  // namespace tmc::opt
