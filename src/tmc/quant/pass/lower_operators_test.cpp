// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/quant/passes.hpp"

namespace tmc::quant {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "lower_operators");
}

TEST(LowerOperators, MakesArithmeticInteger) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i8[1,2,2,1] scale=0.5 zero_point=3
    const two: f32[1] = [-2]
    const none: f32[] = [0]
    a: f32[1,2,2,1] = dequantize(x)
    b: f32[1,2,2,1] = add(a, a) activation=relu @sum
    bq: i8[1,2,2,1] scale=0.25 zero_point=-128 = quantize(b)
    c: f32[1,2,2,1] = dequantize(bq)
    d: f32[1,2,2,1] = sub(c, a) activation=relu
    dq: i8[1,2,2,1] scale=0.25 zero_point=-5 = quantize(d)
    e: f32[1,2,2,1] = dequantize(dq)
    f: f32[1,2,2,1] = mul(e, two)
    fq: i8[1,2,2,1] scale=0.25 zero_point=-5 = quantize(f)
    g: f32[1,2,2,1] = dequantize(fq)
    h: f32[1,2,2,1] = add(none, g)
    hq: i8[1,2,2,1] scale=0.125 zero_point=-5 = quantize(h)
    i: f32[1,2,2,1] = dequantize(hq)
    j: f32[1,1,1,1] = average_pool2d(i) kernel_h=2 kernel_w=2
    y: i8[1,1,1,1] scale=0.25 zero_point=-5 = quantize(j)
    output y
)",
                              R"(  input x: i8[1,2,2,1] scale=0.5 zero_point=3
  const two_quantized: i8[1] scale=0.015748031 = [-127]
  const none_quantized: i8[] scale=1 = [0]
  bq: i8[1,2,2,1] scale=0.25 zero_point=-128 = add(x, x) @sum
  dq: i8[1,2,2,1] scale=0.25 zero_point=-5 = sub(bq, x) activation=relu @d
  fq: i8[1,2,2,1] scale=0.25 zero_point=-5 = mul(dq, two_quantized) @f
  hq: i8[1,2,2,1] scale=0.125 zero_point=-5 = add(none_quantized, fq) @h
  y: i8[1,1,1,1] scale=0.25 zero_point=-5 = average_pool2d(hq) kernel_h=2 kernel_w=2 @j
  output y
)");
}

// Scales and biases stay constants; where they are computed, the node stays float. Angles become int16.
TEST(LowerOperators, MakesNormsAndTurnsInteger) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i8[1,2,4] scale=0.5 zero_point=3
    input v: f32[4]
    const s: i8[4] scale=0.25 = [1,2,3,4]
    const b: f32[4] = [1,2,3,4]
    const t: f32[2,2] = [1,0,0,1]
    a: f32[1,2,4] = dequantize(x)
    sr: f32[4] = dequantize(s)
    c: f32[1,2,4] = layer_norm(a, sr, b) @norm
    cq: i8[1,2,4] scale=0.25 zero_point=-1 = quantize(c)
    d: f32[1,2,4] = dequantize(cq)
    e: f32[1,2,4] = rotary_embedding(d, t, t)
    eq: i8[1,2,4] scale=0.125 zero_point=-5 = quantize(e)
    f: f32[1,2,4] = dequantize(eq)
    g: f32[1,2,4] = rms_norm(f)
    gq: i16[1,2,4] scale=0.125 = quantize(g) dtype=i16
    h: f32[1,2,4] = dequantize(gq)
    i: f32[1,2,4] = rms_norm(h, v)
    y: i8[1,2,4] scale=0.125 = quantize(i)
    output y
)",
                              R"(  input x: i8[1,2,4] scale=0.5 zero_point=3
  input v: f32[4]
  const s: i8[4] scale=0.25 = [1,2,3,4]
  const b: f32[4] = [1,2,3,4]
  const t_in_units: i16[2,2] scale=6.1035156e-05 = [16384,0,0,16384]
  cq: i8[1,2,4] scale=0.25 zero_point=-1 = layer_norm(x, s, b) @norm
  eq: i8[1,2,4] scale=0.125 zero_point=-5 = rotary_embedding(cq, t_in_units, t_in_units) @e
  eq_int16: i16[1,2,4] scale=0.0009765625 = requantize(eq) dtype=i16
  gq: i16[1,2,4] scale=0.125 = rms_norm(eq_int16) @g
  h: f32[1,2,4] = dequantize(gq)
  i: f32[1,2,4] = rms_norm(h, v)
  y: i8[1,2,4] scale=0.125 = quantize(i)
  output y
)");
}

// Cosines are 1 at most; nothing is known of other angles.
TEST(LowerOperators, MakesTurnsIntegerWhoseAnglesAreComputed) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i8[1,2,4] scale=0.5
    input p: f32[2,2]
    a: f32[1,2,4] = dequantize(x)
    c: f32[2,2] = cos(p)
    s: f32[2,2] = sin(p)
    e: f32[1,2,4] = rotary_embedding(a, c, s)
    eq: i8[1,2,4] scale=0.5 = quantize(e)
    d: f32[1,2,4] = dequantize(eq)
    f: f32[1,2,4] = rotary_embedding(d, p, s)
    y: i8[1,2,4] scale=0.5 = quantize(f)
    output y
)",
                              R"(  input x: i8[1,2,4] scale=0.5
  input p: f32[2,2]
  c: f32[2,2] = cos(p)
  s: f32[2,2] = sin(p)
  c_in_units: i16[2,2] scale=6.1035156e-05 = quantize(c) dtype=i16 ties_to_even=true
  s_in_units: i16[2,2] scale=6.1035156e-05 = quantize(s) dtype=i16 ties_to_even=true
  eq: i8[1,2,4] scale=0.5 = rotary_embedding(x, c_in_units, s_in_units) @e
  d: f32[1,2,4] = dequantize(eq)
  f: f32[1,2,4] = rotary_embedding(d, p, s)
  y: i8[1,2,4] scale=0.5 = quantize(f)
  output y
)");
}

// What hides keys is far below all scores, which are in units of ln(2) / 64.
TEST(LowerOperators, MakesAttentionIntegerAndItsMask) {
  ir::testing::expect_rewrite(pass(), R"(
    input q: i8[1,2,4] scale=0.5
    input m: f32[2,2]
    const hidden: f32[2] = [0.010830425, -1000]
    a: f32[1,2,4] = dequantize(q)
    b: f32[1,2,4] = attention(a, a, a, hidden) heads=2 kv_heads=2
    bq: i8[1,2,4] scale=0.25 = quantize(b)
    c: f32[1,2,4] = dequantize(bq)
    d: f32[1,2,4] = attention(c, a, a, m)
    y: i8[1,2,4] scale=0.25 = quantize(d)
    output y
)",
                              R"(  input q: i8[1,2,4] scale=0.5
  input m: f32[2,2]
  const hidden_in_units: i16[2] scale=0.010830425 = [1,-32768]
  bq: i8[1,2,4] scale=0.25 = attention(q, q, q, hidden_in_units) heads=2 kv_heads=2 @b
  m_in_units: i16[2,2] scale=0.010830425 = quantize(m) dtype=i16 ties_to_even=true
  y: i8[1,2,4] scale=0.25 = attention(bq, q, q, m_in_units) @d
  output y
)");
}

// One int16 operand or result makes all of them int16; who reads an int8 tensor so shares what widens it.
TEST(LowerOperators, WidensToSixteenBits) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i8[1,2] scale=0.5 zero_point=3
    input v: i16[1,2] scale=0.25
    const two: f32[] = [2]
    a: f32[1,2] = dequantize(x)
    b: f32[1,2] = dequantize(v)
    c: f32[1,2] = add(a, b) activation=relu
    cq: i16[1,2] scale=0.125 = quantize(c) dtype=i16
    d: f32[1,2] = tanh(a)
    dq: i16[1,2] scale=0.5 = quantize(d) dtype=i16
    e: f32[1,2] = dequantize(cq)
    f: f32[1,2] = mul(e, two) activation=relu @scaled
    y: i8[1,2] scale=2 zero_point=-128 = quantize(f)
    output dq
    output y
)",
                              R"(  input x: i8[1,2] scale=0.5 zero_point=3
  input v: i16[1,2] scale=0.25
  const two_quantized_int16: i16[] scale=0.0001230315 = [16256]
  x_int16: i16[1,2] scale=0.00390625 = requantize(x) dtype=i16
  cq: i16[1,2] scale=0.125 = add(x_int16, v) activation=relu @c
  dq: i16[1,2] scale=0.5 = tanh(x_int16) @d
  y_int16: i16[1,2] scale=0.015625 = mul(cq, two_quantized_int16) activation=relu @scaled
  y: i8[1,2] scale=2 zero_point=-128 = requantize(y_int16) @scaled_int8
  output dq
  output y
)");
}

TEST(LowerOperators, KeepsFloatsWhatHasNoSixteenBitForm) {
  ir::testing::expect_unchanged(pass(), R"(  input x: i16[1,2] scale=0.5
  a: f32[1,2] = dequantize(x)
  b: f32[1,2] = gelu(a)
  y: i8[1,2] scale=0.25 = quantize(b)
  output y
)");
}

TEST(LowerOperators, KeepsFloatsWithoutBothEnds) {
  ir::testing::expect_unchanged(pass(), R"(  input x: i8[1,2] scale=0.5 zero_point=3
  input v: f32[1,2]
  const c: f32[2] = [1,2]
  a: f32[1,2] = dequantize(x)
  tail: f32[1,2] = softmax(a)
  b: f32[1,2] = add(a, v)
  bq: i8[1,2] scale=0.25 = quantize(b)
  d: f32[1,2] = mul(a, c)
  dq: i8[1,2] scale=0.25 = quantize(d)
  e: f32[1,2] = tanh(a)
  eq: i16[1,2] scale=0.25 zero_point=1 = quantize(e) dtype=i16
  output tail
  output bq
  output dq
  output eq
)");
}

}  // namespace
}  // namespace tmc::quant
