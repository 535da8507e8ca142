// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/quant/passes.hpp"

namespace tmc::quant {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "lower_recurrent");
}

TEST(LowerRecurrent, MakesAnLstmIntegerInTheScalesOfItsStates) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i8[2,1,1] scale=0.5 zero_point=3
    const w: i8[4,1] axis=0 scale=[0.25,0.5,1,2] = [1,-2,3,-127]
    const r: i8[4,1] scale=0.25 = [1,2,3,4]
    const b: f32[4] = [1,1,1,1]
    const h: i8[1,1] scale=0.0078125 = [0]
    const c: i16[1,1] scale=0.000244140625 = [0]
    xr: f32[2,1,1] = dequantize(x)
    wr: f32[4,1] = dequantize(w)
    rr: f32[4,1] = dequantize(r)
    hr: f32[1,1] = dequantize(h)
    cr: f32[1,1] = dequantize(c)
    a: f32[2,1,1,1], l: f32[1,1,1,1] = lstm(xr, wr, rr, b, hr, cr) cell=true @layer
    y: i8[2,1,1,1] scale=0.01 = quantize(a)
    z: i16[1,1,1,1] scale=0.000244140625 = quantize(l) dtype=i16
    output y
    output z
)",
                              R"(  input x: i8[2,1,1] scale=0.5 zero_point=3
  const w: i8[4,1] axis=0 scale=[0.25,0.5,1,2] = [1,-2,3,-127]
  const r: i8[4,1] scale=0.25 = [1,2,3,4]
  const h: i8[1,1] scale=0.0078125 = [0]
  const c: i16[1,1] scale=0.00024414062 = [0]
  const b_2: i32[4] axis=0 scale=[0.125,0.25,0.5,1] = [8,4,2,1]
  y: i8[2,1,1,1] scale=0.01, z: i16[1,1,1,1] scale=0.00024414062 = lstm(x, w, r, b_2, h, c) cell=true @layer
  output y
  output z
)");
}

// The recurrent bias is in the scale in which products see the state.
TEST(LowerRecurrent, MakesAGruIntegerWithItsBits) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i16[1,1,1] scale=0.0078125
    const w: i8[3,1] scale=0.25 = [1,-2,3]
    const r: i8[3,1] scale=0.5 = [1,2,3]
    const b: f32[3] = [1,1,1]
    const d: f32[3] = [1,1,1]
    const h: i16[1,1] scale=0.000030517578125 = [0]
    xr: f32[1,1,1] = dequantize(x)
    wr: f32[3,1] = dequantize(w)
    rr: f32[3,1] = dequantize(r)
    hr: f32[1,1] = dequantize(h)
    a: f32[1,1,1,1] = gru(xr, wr, rr, b, d, hr) @layer
    y: i16[1,1,1,1] scale=0.000030517578125 = quantize(a) dtype=i16
    output y
)",
                              R"(  input x: i16[1,1,1] scale=0.0078125
  const w: i8[3,1] scale=0.25 = [1,-2,3]
  const r: i8[3,1] scale=0.5 = [1,2,3]
  const h: i16[1,1] scale=3.0517578e-05 = [0]
  const b_2: i32[3] scale=0.5 = [2,2,2]
  const d_2: i32[3] scale=0.00390625 = [256,256,256]
  x_int8: i8[1,1,1] scale=2 = requantize(x)
  y: i16[1,1,1,1] scale=3.0517578e-05 = gru(x_int8, w, r, b_2, d_2, h) wide=true @layer
  output y
)");
}

TEST(LowerRecurrent, LeavesWhatIsNoLayerOfTheKernels) {
  const char* state_of_any_scale = R"(  input x: i8[1,1,1] scale=0.5
  const w: i8[1,1] scale=0.25 = [1]
  const r: i8[1,1] scale=0.5 = [1]
  const h: i16[1,1] scale=0.3 = [0]
  xr: f32[1,1,1] = dequantize(x)
  wr: f32[1,1] = dequantize(w)
  rr: f32[1,1] = dequantize(r)
  hr: f32[1,1] = dequantize(h)
  a: f32[1,1,1,1] = rnn(xr, wr, rr, _, hr)
  y: i8[1,1,1,1] scale=0.01 = quantize(a)
  output y
)";
  ir::testing::expect_unchanged(pass(), state_of_any_scale);
}

}  // namespace
}  // namespace tmc::quant
