// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/quant/passes.hpp"

namespace tmc::quant {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "sink_dequantize");
}

TEST(SinkDequantize, PassesWhatIsExactOnIntegers) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i8[1,2,2,1] scale=0.5 zero_point=3
    const w: i8[2,3] axis=0 scale=[1,2] = [1,2,3,4,5,6]
    a: f32[1,2,2,1] = dequantize(x)
    b: f32[1,3,2,1] = pad(a) pads=[0,1,0,0,0,0,0,0] value=1.0
    c: f32[1,2,1,1] = max_pool2d(b) kernel_h=2 kernel_w=2
    d: f32[1,2,1,1] = clip(c) max=6.0
    e: f32[2] = reshape(d) shape=[2]
    p: f32[2,3] = dequantize(w)
    q: f32[3,2] = transpose(p) perm=[1,0]
    r: f32[3,1,2] = reshape(q) shape=[3,1,2]
    y: f32[4] = concat(e, e)
    output y
    output r
)",
                              R"(  input x: i8[1,2,2,1] scale=0.5 zero_point=3
  const w: i8[2,3] axis=0 scale=[1,2] = [1,2,3,4,5,6]
  b_quantized: i8[1,3,2,1] scale=0.5 zero_point=3 = pad(x) pads=[0,1,0,0,0,0,0,0] value=1.0 @b
  c_quantized: i8[1,2,1,1] scale=0.5 zero_point=3 = max_pool2d(b_quantized) kernel_h=2 kernel_w=2 @c
  d_quantized: i8[1,2,1,1] scale=0.5 zero_point=3 = clip(c_quantized) @d
  e_quantized: i8[2] scale=0.5 zero_point=3 = reshape(d_quantized) shape=[2] @e
  q_quantized: i8[3,2] axis=1 scale=[1,2] = transpose(w) perm=[1,0] @q
  r_quantized: i8[3,1,2] axis=2 scale=[1,2] = reshape(q_quantized) shape=[3,1,2] @r
  r: f32[3,1,2] = dequantize(r_quantized) @r_dequantize
  y_quantized: i8[4] scale=0.5 zero_point=3 = concat(e_quantized, e_quantized) @y
  y: f32[4] = dequantize(y_quantized) @y_dequantize
  output y
  output r
)");
}

TEST(SinkDequantize, ReadsTablesOfIntegers) {
  ir::testing::expect_rewrite(pass(), R"(
    input ids: i32[2]
    const table: i8[3,2] scale=0.5 = [1,2,3,4,5,6]
    const rows: i8[3,2] axis=0 scale=[1,2,3] = [1,2,3,4,5,6]
    a: f32[3,2] = dequantize(table)
    y: f32[2,2] = lookup(a, ids)
    b: f32[3,2] = dequantize(rows)
    z: f32[2,2] = lookup(b, ids)
    output y
    output z
)",
                              R"(  input ids: i32[2]
  const table: i8[3,2] scale=0.5 = [1,2,3,4,5,6]
  const rows: i8[3,2] axis=0 scale=[1,2,3] = [1,2,3,4,5,6]
  y_quantized: i8[2,2] scale=0.5 = lookup(table, ids) @y
  y: f32[2,2] = dequantize(y_quantized) @y_dequantize
  b: f32[3,2] = dequantize(rows)
  z: f32[2,2] = lookup(b, ids)
  output y
  output z
)");
}

TEST(SinkDequantize, StopsWhereRoundingWouldShow) {
  ir::testing::expect_unchanged(pass(), R"(  input x: i8[1,2] scale=0.4 zero_point=3
  input v: i8[1,2] scale=0.5 zero_point=3
  const w: i8[2,2] axis=0 scale=[1,2] = [1,2,3,4]
  a: f32[1,2] = dequantize(x)
  b: f32[1,2] = clip(a) max=5.0
  c: f32[1,3] = pad(a) pads=[0,0,0,1] value=1.0
  far: f32[1,3] = pad(a) pads=[0,0,0,1] value=80.0
  d: f32[1,2] = dequantize(v)
  e: f32[1,4] = concat(a, d) axis=1
  f: f32[2,2] = dequantize(w)
  g: f32[4] = reshape(f) shape=[4]
  h: f32[2,2] = relu(f)
  i: f32[1,2] = tanh(a)
  output b
  output c
  output far
  output e
  output g
  output h
  output i
)");
}

}  // namespace
}  // namespace tmc::quant
