// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/quant/passes.hpp"

namespace tmc::quant {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "quantize_averages");
}

TEST(QuantizeAverages, AMeanBetweenIntegersTakesItsInputsScale) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i8[1,2,1,2] scale=0.5 zero_point=3
    const k: i8[1,2] scale=0.25 = [1,2]
    w: f32[1,2] = dequantize(k)
    a: f32[1,2,1,2] = dequantize(x)
    m: f32[1,1,1,2] = average_pool2d(a) kernel_h=2 @pool
    f: f32[1,2] = reshape(m) shape=[1,2]
    p: f32[1,1] = fully_connected(f, w)
    y: i8[1,1] scale=1 = quantize(p)
    output y
)",
                              R"(  input x: i8[1,2,1,2] scale=0.5 zero_point=3
  const k: i8[1,2] scale=0.25 = [1,2]
  w: f32[1,2] = dequantize(k)
  a: f32[1,2,1,2] = dequantize(x)
  m: f32[1,1,1,2] = average_pool2d(a) kernel_h=2 @pool
  m_quantized: i8[1,1,1,2] scale=0.5 zero_point=3 = quantize(m) ties_to_even=true
  m_dequantized: f32[1,1,1,2] = dequantize(m_quantized)
  f: f32[1,2] = reshape(m_dequantized) shape=[1,2]
  p: f32[1,1] = fully_connected(f, w)
  y: i8[1,1] scale=1 = quantize(p)
  output y
)");
}

TEST(QuantizeAverages, LeavesMeansThatFloatsRead) {
  ir::testing::expect_unchanged(pass(), R"(  input x: i8[1,2] scale=0.5
  input r: f32[1,2]
  const v: f32[1,2] = [1,2]
  const k: i8[1,1] scale=0.25 = [1]
  w: f32[1,1] = dequantize(k)
  a: f32[1,2] = dequantize(x)
  m: f32[1,1] = mean(a) axes=[1] keep_dims=true
  y: f32[1,1] = fully_connected(m, w)
  n: f32[1,1] = mean(r) axes=[1] keep_dims=true
  p: f32[1,1] = fully_connected(n, w)
  z: i8[1,1] scale=1 = quantize(p)
  output y
  output z
)");
}

}  // namespace
}  // namespace tmc::quant
