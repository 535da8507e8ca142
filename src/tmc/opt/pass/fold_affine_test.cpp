// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "fold_affine");
}

TEST(FoldAffine, FoldsABatchNormIntoAConvolution) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,1,1,2]
    const w: f32[2,1,1,1] = [1,2]
    const b: f32[2] = [10,20]
    const factor: f32[2,1,1] = [2,3]
    const addend: f32[2,1,1] = [0.5,-0.5]
    a: f32[1,2,1,2] = conv2d(x, w, b) layout=nchw @conv
    product: f32[1,2,1,2] = mul(a, factor)
    y: f32[1,2,1,2] = add(addend, product) activation=relu6
    output y
)",
                              R"(  input x: f32[1,1,1,2]
  const w_2: f32[2,1,1,1] = [2,6]
  const b_2_2: f32[2] = [20.5,59.5]
  y: f32[1,2,1,2] = conv2d(x, w_2, b_2_2) activation=relu6 layout=nchw @conv
  output y
)");
}

TEST(FoldAffine, FoldsIntoDepthwiseAndFullyConnectedLayers) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,1,1,2]
    input u: f32[1,2]
    const w: f32[2,1,1,1] = [1,2]
    const f: f32[2] = [2,3]
    const m: f32[2,2] = [1,2,3,4]
    const half: f32[] = [0.5]
    a: f32[1,1,1,2] = conv2d(x, w) groups=2 @depthwise
    y: f32[1,1,1,2] = mul(a, f)
    g: f32[1,2] = fully_connected(u, m) @dense
    h: f32[1,2] = add(g, f)
    z: f32[1,2] = mul(half, h)
    output y
    output z
)",
                              R"(  input x: f32[1,1,1,2]
  input u: f32[1,2]
  const w_2: f32[2,1,1,1] = [2,6]
  const m_2: f32[2,2] = [0.5,1,1.5,2]
  const f_2_2: f32[2] = [1,1.5]
  y: f32[1,1,1,2] = conv2d(x, w_2) groups=2 @depthwise
  z: f32[1,2] = fully_connected(u, m_2, f_2_2) @dense
  output y
  output z
)");
}

TEST(FoldAffine, FoldsFactorsIntoTheScalesOfInt8Weights) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,2]
    const q: i8[2,2] scale=0.5 = [1,2,3,4]
    const b: i32[2] scale=0.25 = [4,8]
    const factor: f32[2] = [2,-4]
    const addend: f32[2] = [1,1]
    w: f32[2,2] = dequantize(q)
    c: f32[2] = dequantize(b)
    a: f32[1,2] = fully_connected(x, w, c) @dense
    product: f32[1,2] = mul(a, factor)
    y: f32[1,2] = add(product, addend)
    output y
)",
                              R"(  input x: f32[1,2]
  const q_2: i8[2,2] axis=0 scale=[1,2] = [1,2,-3,-4]
  const b_2_2: f32[2] = [3,-7]
  w_2: f32[2,2] = dequantize(q_2) @w
  y: f32[1,2] = fully_connected(x, w_2, b_2_2) @dense
  output y
)");
}

// Nothing in int8 is the negative of -128, and no scale is 0.
TEST(FoldAffine, LeavesInt8WeightsThatCannotTakeTheFactor) {
  ir::testing::expect_unchanged(pass(), R"(  input x: f32[1,2]
  const q: i8[2,2] scale=0.5 = [1,2,3,-128]
  const negative: f32[2] = [2,-4]
  const zero: f32[2] = [2,0]
  w: f32[2,2] = dequantize(q)
  a: f32[1,2] = fully_connected(x, w)
  y: f32[1,2] = mul(a, negative)
  b: f32[1,2] = fully_connected(x, w)
  z: f32[1,2] = mul(b, zero)
  output y
  output z
)");
}

TEST(FoldAffine, LeavesOthersAlone) {
  ir::testing::expect_unchanged(pass(), R"(  input x: f32[1,2]
  input q: i8[1,2] scale=0.5
  const w: f32[2,2] = [1,2,3,4]
  const h: i8[2,2] scale=0.5 = [1,2,3,4]
  const f: f32[2] = [2,3]
  const wide: f32[2,2] = [2,3,4,5]
  const k: i8[2] scale=0.5 = [1,2]
  clamped: f32[1,2] = fully_connected(x, w) activation=relu
  a: f32[1,2] = mul(clamped, f)
  shared: f32[1,2] = fully_connected(x, w)
  b: f32[1,2] = mul(shared, f)
  hybrid: f32[1,2] = fully_connected(x, h)
  c: f32[1,2] = mul(hybrid, f)
  row: f32[1,2] = fully_connected(x, w)
  d: f32[2,2] = mul(row, wide)
  quantized: i8[1,2] scale=0.25 = fully_connected(q, h)
  e: i8[1,2] scale=0.25 = add(quantized, k)
  computed: f32[1,2] = fully_connected(x, w)
  g: f32[1,2] = mul(computed, x)
  output a
  output b
  output shared
  output c
  output d
  output e
  output g
)");
}

}  // namespace
}  // namespace tmc::opt
