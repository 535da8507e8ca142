// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

TEST(MatmulToFullyConnected, TurnsTheWeightsAround) {
  ir::testing::expect_rewrite(*ir::find_pass(all_passes(), "matmul_to_fully_connected"), R"(
    input x: f32[1,3]
    const w: f32[3,2] = [1,2,3,4,5,6]
    const v: i8[4,2] axis=0 scale=[1,2,3,4] = [1,2,3,4,5,6,7,8]
    a: f32[1,2] = matmul(x, w)
    r: f32[4,2] = dequantize(v)
    b: f32[1,4] = matmul(a, r) transpose_b=true
    y: f32[1,1] = matmul(b, b) transpose_b=true
    output y
)",
                              R"(  input x: f32[1,3]
  const w: f32[3,2] = [1,2,3,4,5,6]
  const v: i8[4,2] axis=0 scale=[1,2,3,4] = [1,2,3,4,5,6,7,8]
  w_2: f32[2,3] = transpose(w) perm=[1,0] @w
  a: f32[1,2] = fully_connected(x, w_2)
  r: f32[4,2] = dequantize(v)
  b: f32[1,4] = fully_connected(a, r)
  y: f32[1,1] = matmul(b, b) transpose_b=true
  output y
)");
}

}  // namespace
}  // namespace tmc::opt
