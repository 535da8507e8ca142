// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

TEST(FullyConnectedToMatmul, TakesComputedWeightsWithoutBiasAndActivation) {
  ir::testing::expect_rewrite(*ir::find_pass(all_passes(), "fully_connected_to_matmul"), R"(
    input x: f32[1,3]
    input w: f32[2,3]
    const bias: f32[2] = [1,2]
    const v: i8[3,2] axis=0 scale=[1,2,3] = [1,2,3,4,5,6]
    a: f32[1,2] = fully_connected(x, w)
    b: f32[1,2] = fully_connected(x, w) activation=relu
    c: f32[1,2] = fully_connected(x, w, bias)
    r: f32[3,2] = dequantize(v)
    d: f32[1,3] = fully_connected(a, r)
    output b
    output c
    output d
)",
                              R"(  input x: f32[1,3]
  input w: f32[2,3]
  const bias: f32[2] = [1,2]
  const v: i8[3,2] axis=0 scale=[1,2,3] = [1,2,3,4,5,6]
  a: f32[1,2] = matmul(x, w) transpose_b=true
  b: f32[1,2] = fully_connected(x, w) activation=relu
  c: f32[1,2] = fully_connected(x, w, bias)
  r: f32[3,2] = dequantize(v)
  d: f32[1,3] = fully_connected(a, r)
  output b
  output c
  output d
)");
}

}  // namespace
}  // namespace tmc::opt
