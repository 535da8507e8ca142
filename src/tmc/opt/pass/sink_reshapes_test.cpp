// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "sink_reshapes");
}

TEST(SinkReshapes, MovesThemBehindElementwiseOperators) {
  ir::testing::expect_rewrite(pass(), R"(
    input u: f32[1,2,1,3]
    input v: f32[1,2,1,3]
    const factor: f32[2,1] = [1,2]
    const scalar: f32[] = [3]
    x: f32[1,2,3] = reshape(u) shape=[1,2,3]
    z: f32[1,2,3] = reshape(v) shape=[1,2,3]
    a: f32[1,2,3] = mul(x, factor) @scale
    b: f32[1,2,3] = relu(a)
    c: f32[1,2,3] = add(b, z)
    y: f32[1,2,3] = sub(scalar, c)
    output y
)",
                              R"(  input u: f32[1,2,1,3]
  input v: f32[1,2,1,3]
  const factor_2: f32[1,2,1,1] = [1,2]
  const scalar_2: f32[1,1,1,1] = [3]
  a_image: f32[1,2,1,3] = mul(u, factor_2) @scale
  b_image: f32[1,2,1,3] = relu(a_image) @b
  c_image: f32[1,2,1,3] = add(b_image, v) @c
  y_image: f32[1,2,1,3] = sub(scalar_2, c_image) @y
  y: f32[1,2,3] = reshape(y_image) shape=[1,2,3] @y_reshape
  output y
)");
}

TEST(SinkReshapes, LeavesOthersAlone) {
  ir::testing::expect_unchanged(pass(), R"(  input u: f32[1,2,1,3]
  input v: f32[1,2,3]
  input q: i8[1,2,1,3] scale=0.5
  flat: f32[6] = reshape(u) shape=[6]
  a: f32[6] = relu(flat)
  wide: f32[1,1,2,1,3] = reshape(u) shape=[1,1,2,1,3]
  b: f32[1,1,2,1,3] = relu(wide)
  line: f32[1,2,3] = reshape(u) shape=[1,2,3]
  c: f32[1,2,3] = add(line, v)
  small: i8[1,2,3] scale=0.5 = reshape(q) shape=[1,2,3]
  d: i8[1,2,3] scale=0.5 = relu(small)
  e: f32[1,2,3] = dequantize(small)
  f: f32[1,2,3] = softmax(line)
  output a
  output b
  output c
  output d
  output e
  output f
)");
}

}  // namespace
}  // namespace tmc::opt
