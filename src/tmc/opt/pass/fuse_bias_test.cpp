// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "fuse_bias");
}

TEST(FuseBias, TakesAConstantPerChannel) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,1,2,2]
    const w: f32[2,1,1,1] = [1,2]
    const v: f32[2,2] = [1,2,3,4]
    const b: f32[1,2,1,1] = [5,6]
    const q: i32[2] scale=0.5 = [7,8]
    a: f32[1,2,2,2] = conv2d(x, w) layout=nchw
    c: f32[1,2,2,2] = add(b, a) activation=relu
    r: f32[2] = dequantize(q)
    d: f32[1,2,2,2] = fully_connected(c, v)
    y: f32[1,2,2,2] = add(d, r)
    output y
)",
                              R"(  input x: f32[1,1,2,2]
  const w: f32[2,1,1,1] = [1,2]
  const v: f32[2,2] = [1,2,3,4]
  const b: f32[1,2,1,1] = [5,6]
  const q: i32[2] scale=0.5 = [7,8]
  b_2: f32[2] = reshape(b) shape=[2] @b
  c: f32[1,2,2,2] = conv2d(x, w, b_2) activation=relu layout=nchw @a
  r: f32[2] = dequantize(q)
  y: f32[1,2,2,2] = fully_connected(c, v, r) @d
  output y
)");
}

TEST(FuseBias, KeepsOtherAdditions) {
  ir::testing::expect_unchanged(pass(), R"(  input x: f32[1,2,2,2]
  input z: i8[1,2] scale=1
  const w: f32[2,1,1,2] = [1,2,3,4]
  const v: i8[2,2] scale=1 = [1,2,3,4]
  const b: f32[2] = [5,6]
  const rows: f32[2,1] = [5,6]
  const c: i8[2] scale=1 = [5,6]
  biased: f32[1,2,2,2] = conv2d(x, w, b)
  a: f32[1,2,2,2] = add(biased, b)
  clamped: f32[1,2,2,2] = conv2d(x, w) activation=relu
  d: f32[1,2,2,2] = add(clamped, b)
  plain: f32[1,2,2,2] = conv2d(x, w)
  e: f32[1,2,2,2] = add(plain, rows)
  varying: f32[1,2,2,2] = conv2d(x, w)
  f: f32[1,2,2,2] = add(varying, x)
  integers: i8[1,2] scale=1 = fully_connected(z, v)
  g: i8[1,2] scale=1 = add(integers, c)
  output a
  output d
  output e
  output f
  output g
)");
}

}  // namespace
}  // namespace tmc::opt
