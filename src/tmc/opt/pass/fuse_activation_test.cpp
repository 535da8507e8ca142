// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "fuse_activation");
}

TEST(FuseActivation, FusesFloatClamps) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,4]
    const w: f32[1,4] = [1,2,3,4]
    a: f32[1,1] = fully_connected(x, w)
    b: f32[1,1] = relu(a)
    c: f32[1,4] = add(b, x)
    d: f32[1,4] = clip(c) max=6.0
    e: f32[1,4] = mul(d, x) activation=relu
    f: f32[1,4] = clip(e) min=-1.0 max=6.0
    y: f32[1,4] = sub(f, x)
    z: f32[1,4] = clip(y) min=-1.0 max=1.0
    output z
)",
                              R"(  input x: f32[1,4]
  const w: f32[1,4] = [1,2,3,4]
  b: f32[1,1] = fully_connected(x, w) activation=relu @a
  d: f32[1,4] = add(b, x) activation=relu6 @c
  f: f32[1,4] = mul(d, x) activation=relu6 @e
  z: f32[1,4] = sub(f, x) activation=relu_n1_to_1 @y
  output z
)");
}

TEST(FuseActivation, FusesQuantizedClampsOfTheSameScale) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i8[1,4] scale=0.5
    a: i8[1,4] scale=0.125 zero_point=-100 = add(x, x)
    b: i8[1,4] scale=0.125 zero_point=-100 = clip(a) max=100.0
    c: i8[1,4] scale=0.125 zero_point=-128 = mul(b, x)
    y: i8[1,4] scale=0.125 zero_point=-128 = relu(c)
    output y
)",
                              R"(  input x: i8[1,4] scale=0.5
  b: i8[1,4] scale=0.125 zero_point=-100 = add(x, x) activation=relu @a
  y: i8[1,4] scale=0.125 zero_point=-128 = mul(b, x) @c
  output y
)");
}

TEST(FuseActivation, KeepsClampsThatRoundOrThatNothingSays) {
  ir::testing::expect_unchanged(pass(), R"(  input x: i8[1,4] scale=0.5
  input z: f32[1,4]
  a: i8[1,4] scale=0.125 zero_point=-100 = add(x, x)
  rounds: i8[1,4] scale=0.0625 zero_point=-100 = relu(a)
  b: f32[1,4] = add(z, z)
  odd: f32[1,4] = clip(b) max=5.0
  c: f32[1,4] = add(z, b)
  shared: f32[1,4] = relu(c)
  d: f32[1,4] = tanh(c)
  input_clamp: f32[1,4] = relu(z)
  output rounds
  output odd
  output shared
  output d
  output input_clamp
)");
}

}  // namespace
}  // namespace tmc::opt
