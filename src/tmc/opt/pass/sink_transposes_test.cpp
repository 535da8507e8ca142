// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "sink_transposes");
}

TEST(SinkTransposes, MapsAxes) {
  ir::testing::expect_rewrite(pass(), R"(
    input u: i8[1,2,3,4] scale=0.5
    x: i8[1,4,2,3] scale=0.5 = transpose(u) perm=[0,3,1,2]
    a: i8[1,4,2,3] scale=0.5 = relu(x) @act
    b: i8[1,8,2,3] scale=0.5 = concat(a, x) axis=1
    c: i8[1,9,4,6] scale=0.5 = pad(b) pads=[0,1,2,0,0,0,0,3]
    d: f32[1,9,4,6] = dequantize(c)
    e: f32[1,9,4,6] = softmax(d) axis=-3
    f: f32[1,9,1,1] = mean(e) axes=[2,-1] keep_dims=true
    g: f32[1,9] = mean(e) axes=[2,3]
    h: f32[1,4,6] = mean(e) axes=[1]
    i: f32[1,9,6] = mean(e) axes=[2]
    output f
    output g
    output h
    output i
)",
                              R"(  input u: i8[1,2,3,4] scale=0.5
  a_nhwc: i8[1,2,3,4] scale=0.5 = relu(u) @act
  b_nhwc: i8[1,2,3,8] scale=0.5 = concat(a_nhwc, u) axis=3 @b
  c_nhwc: i8[1,4,6,9] scale=0.5 = pad(b_nhwc) pads=[0,2,0,1,0,0,3,0] @c
  d_nhwc: f32[1,4,6,9] = dequantize(c_nhwc) @d
  e_nhwc: f32[1,4,6,9] = softmax(d_nhwc) axis=3 @e
  f_nhwc: f32[1,1,1,9] = mean(e_nhwc) axes=[1,2] keep_dims=true @f
  f: f32[1,9,1,1] = transpose(f_nhwc) perm=[0,3,1,2] @f_to_nchw
  g: f32[1,9] = mean(e_nhwc) axes=[1,2]
  h: f32[1,4,6] = mean(e_nhwc) axes=[3]
  i_nhwc: f32[1,6,9] = mean(e_nhwc) axes=[1] @i
  i: f32[1,9,6] = transpose(i_nhwc) perm=[0,2,1] @i_to_nchw
  output f
  output g
  output h
  output i
)");
}

TEST(SinkTransposes, MapsSlices) {
  ir::testing::expect_rewrite(pass(), R"(
    input u: f32[1,2,3,4]
    x: f32[1,4,2,3] = transpose(u) perm=[0,3,1,2]
    a: f32[1,2,2,2] = slice(x) begins=[0,1,0,0] sizes=[1,2,2,2] steps=[1,1,1,2]
    b: f32[1,2,2,2] = div(a, a)
    y: f32[1,2,2,2] = max(b, a)
    output y
)",
                              R"(  input u: f32[1,2,3,4]
  a_nhwc: f32[1,2,2,2] = slice(u) begins=[0,0,0,1] sizes=[1,2,2,2] steps=[1,1,2,1] @a
  b_nhwc: f32[1,2,2,2] = div(a_nhwc, a_nhwc) @b
  y_nhwc: f32[1,2,2,2] = max(b_nhwc, a_nhwc) @y
  y: f32[1,2,2,2] = transpose(y_nhwc) perm=[0,3,1,2] @y_to_nchw
  output y
)");
}

TEST(SinkTransposes, TakesOperandsThatComeFree) {
  ir::testing::expect_rewrite(pass(), R"(
    input u: f32[1,2,3,4]
    input v: f32[1,4,2,3]
    input gate: f32[1,4,1,1]
    input one: f32[]
    const channel: f32[4,1,1] = [1,2,3,4]
    const scalar: f32[1] = [7]
    x: f32[1,4,2,3] = transpose(u) perm=[0,3,1,2]
    back: f32[1,2,3,4] = transpose(v) perm=[0,2,3,1]
    a: f32[1,4,2,3] = mul(x, gate)
    b: f32[1,4,2,3] = add(channel, a)
    c: f32[1,4,2,3] = sub(b, scalar)
    d: f32[1,4,2,3] = sub(one, c)
    y: f32[1,4,2,3] = add(d, v)
    output y
    output back
)",
                              R"(  input u: f32[1,2,3,4]
  input v: f32[1,4,2,3]
  input gate: f32[1,4,1,1]
  input one: f32[]
  const scalar: f32[1] = [7]
  const channel_nhwc: f32[1,1,1,4] = [1,2,3,4]
  back: f32[1,2,3,4] = transpose(v) perm=[0,2,3,1]
  gate_nhwc: f32[1,1,1,4] = transpose(gate) perm=[0,2,3,1]
  a_nhwc: f32[1,2,3,4] = mul(u, gate_nhwc) @a
  b_nhwc: f32[1,2,3,4] = add(channel_nhwc, a_nhwc) @b
  c_nhwc: f32[1,2,3,4] = sub(b_nhwc, scalar) @c
  d_nhwc: f32[1,2,3,4] = sub(one, c_nhwc) @d
  y_nhwc: f32[1,2,3,4] = add(d_nhwc, back) @y
  y: f32[1,4,2,3] = transpose(y_nhwc) perm=[0,3,1,2] @y_to_nchw
  output y
  output back
)");
}

TEST(SinkTransposes, StopsWhereItWouldCost) {
  ir::testing::expect_unchanged(pass(), R"(  input u: i8[1,2,3,4] scale=0.5
  input v: i8[1,4,2,3] scale=0.5
  input m: f32[3,2]
  input row: i8[3] scale=0.5
  x: i8[1,4,2,3] scale=0.5 = transpose(u) perm=[0,3,1,2]
  a: i8[1,4,2,3] scale=0.5 = add(x, v)
  b: i8[1,4,2,3] scale=0.5 = add(x, row)
  y: f32[1,4,2,3] = dequantize(x)
  t: f32[2,3] = transpose(m) perm=[1,0]
  z: f32[2,3] = relu(t)
  r: i8[1,24] scale=0.5 = reshape(x) shape=[1,24]
  output a
  output b
  output y
  output z
  output r
)");
}

}  // namespace
}  // namespace tmc::opt
