// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/quant/passes.hpp"

namespace tmc::quant {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "lower_layers");
}

TEST(LowerLayers, MakesAConvolutionInteger) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i8[1,2,2,2] scale=0.5 zero_point=3
    const w: i8[2,2,1,1] axis=0 scale=[0.25,2] = [1,-2,3,-127]
    const b: i32[2] axis=0 scale=[0.125,1] = [7,-9]
    xr: f32[1,2,2,2] = dequantize(x)
    wr: f32[2,2,1,1] = dequantize(w)
    br: f32[2] = dequantize(b)
    a: f32[1,2,2,2] = conv2d(xr, wr, br) activation=relu layout=nchw @conv
    y: i8[1,2,2,2] scale=0.75 zero_point=-128 = quantize(a)
    output y
)",
                              R"(  input x: i8[1,2,2,2] scale=0.5 zero_point=3
  const w: i8[2,2,1,1] axis=0 scale=[0.25,2] = [1,-2,3,-127]
  const b: i32[2] axis=0 scale=[0.125,1] = [7,-9]
  y: i8[1,2,2,2] scale=0.75 zero_point=-128 = conv2d(x, w, b) layout=nchw @conv
  output y
)");
}

TEST(LowerLayers, RequantizesBiasAndShiftsWeights) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i8[1,2] scale=0.5 zero_point=3
    const w: i8[2,2] scale=0.25 zero_point=2 = [1,-2,3,-126]
    const b: f32[2] = [1,-0.3]
    const v: i8[1,2] scale=0.5 = [1,2]
    const c: i8[1] scale=2 zero_point=1 = [3]
    xr: f32[1,2] = dequantize(x)
    wr: f32[2,2] = dequantize(w)
    a: f32[1,2] = fully_connected(xr, wr, b) activation=relu
    aq: i8[1,2] scale=0.75 zero_point=-100 = quantize(a)
    ar: f32[1,2] = dequantize(aq)
    vr: f32[1,2] = dequantize(v)
    cr: f32[1] = dequantize(c)
    d: f32[1,1] = fully_connected(ar, vr, cr)
    y: i8[1,1] scale=1 zero_point=5 = quantize(d)
    output y
)",
                              R"(  input x: i8[1,2] scale=0.5 zero_point=3
  const v: i8[1,2] scale=0.5 = [1,2]
  const w_2: i8[2,2] scale=0.25 = [-1,-4,1,-128]
  const b_2: i32[2] scale=0.125 = [8,-2]
  const c_2: i32[1] scale=0.375 = [11]
  aq: i8[1,2] scale=0.75 zero_point=-100 = fully_connected(x, w_2, b_2) activation=relu @a
  y: i8[1,1] scale=1 zero_point=5 = fully_connected(aq, v, c_2) @d
  output y
)");
}

TEST(LowerLayers, KeepsFloatsWithoutBothEnds) {
  ir::testing::expect_unchanged(pass(), R"(  input x: i8[1,2] scale=0.5 zero_point=3
  input z: f32[1,2]
  const w: i8[2,2] scale=0.25 = [1,-2,3,-126]
  xr: f32[1,2] = dequantize(x)
  wr: f32[2,2] = dequantize(w)
  a: f32[1,2] = fully_connected(xr, wr)
  b: f32[1,2] = fully_connected(z, wr)
  y: i8[1,2] scale=1 zero_point=5 = quantize(b)
  output a
  output y
)");
}

// A layer whose weights and bias are the lines given.
std::string layer(std::string_view weights, std::string_view bias) {
  return fmt::format(R"(
    input x: i8[1,2] scale=0.5
    const w: {}
    const b: {}
    xr: f32[1,2] = dequantize(x)
    wr: f32[2,2] = dequantize(w)
    br: f32[2] = dequantize(b)
    a: f32[1,2] = fully_connected(xr, wr, br) @layer
    y: i8[1,2] scale=1 = quantize(a)
    output y
)",
                     weights, bias);
}

// Lowering has a kernel for them.
TEST(LowerLayers, KeepsTheZeroPointOfWeightsThatInt8CannotHoldWithoutIt) {
  ir::testing::expect_rewrite(pass(),
                              layer("i8[2,2] scale=0.5 zero_point=2 = [1,2,3,-127]", "i32[2] scale=0.25 = [1,2]"),
                              R"(  input x: i8[1,2] scale=0.5
  const w: i8[2,2] scale=0.5 zero_point=2 = [1,2,3,-127]
  const b: i32[2] scale=0.25 = [1,2]
  y: i8[1,2] scale=1 = fully_connected(x, w, b) @layer
  output y
)");
}

TEST(LowerLayers, RefusesWhatIntegersCannotHold) {
  const char* const kBias = "i32[2] scale=1 = [1,2]";
  ir::testing::expect_refusal(pass(), layer("i8[2,2] axis=1 scale=[1,2] = [1,2,3,4]", kBias), Error::kUnsupportedType,
                              "along axis 1");
  ir::testing::expect_refusal(pass(), layer("i8[2,2] scale=1e-8 = [1,2,3,4]", "i32[2] scale=1 = [1,20]"),
                              Error::kUnsupportedType, "bias 'b' of channel 1 is 20");
  ir::testing::expect_refusal(pass(), layer("i8[2,2] scale=1e-38 = [1,2,3,4]", "i32[2] scale=1e-38 = [0,2147483647]"),
                              Error::kUnsupportedType, "bias 'b' of channel 1");
}

}  // namespace
}  // namespace tmc::quant
