// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "remove_identities");
}

TEST(RemoveIdentities, RemovesNodesThatChangeNothing) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i8[2,3] scale=0.5 zero_point=-128
    a: i8[2,3] scale=0.5 zero_point=-128 = reshape(x) shape=[2,-1]
    b: i8[2,3] scale=0.5 zero_point=-128 = transpose(a) perm=[0,1]
    c: i8[2,3] scale=0.5 zero_point=-128 = pad(b) pads=[0,0,0,0]
    d: i8[2,3] scale=0.5 zero_point=-128 = concat(c)
    e: i8[2,3] scale=0.5 zero_point=-128 = requantize(d)
    f: i8[2,3] scale=0.5 zero_point=-128 = relu(e)
    g: i8[2,3] scale=0.5 zero_point=-128 = clip(f) max=127.5
    h: i8[2,3] scale=0.5 zero_point=-128 = tanh(g)
    y: i8[2,3] scale=0.5 zero_point=-128 = relu(h)
    output y
)",
                              R"(  input x: i8[2,3] scale=0.5 zero_point=-128
  y: i8[2,3] scale=0.5 zero_point=-128 = tanh(x) @h
  output y
)");
}

TEST(RemoveIdentities, RemovesWhatHasANeutralOperand) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[2]
    const zero: f32[] = [0]
    const ones: f32[2] = [1,1]
    const mixed: f32[2] = [1,0]
    a: f32[2] = add(x, zero)
    b: f32[2] = div(a, ones)
    c: f32[2] = mul(ones, b)
    d: f32[2] = mul(c, mixed)
    y: f32[2] = mul(d, ones) activation=relu
    output y
)",
                              R"(  input x: f32[2]
  const zero: f32[] = [0]
  const ones: f32[2] = [1,1]
  const mixed: f32[2] = [1,0]
  c: f32[2] = mul(ones, x)
  d: f32[2] = mul(c, mixed)
  y: f32[2] = mul(d, ones) activation=relu
  output y
)");
}

TEST(RemoveIdentities, KeepsNodesThatAct) {
  ir::testing::expect_unchanged(pass(), R"(  input x: i8[2,3] scale=0.5 zero_point=-127
  input z: f32[2,3]
  a: i8[2,3] scale=0.5 zero_point=-127 = relu(x)
  b: i8[2,3] scale=0.5 zero_point=-127 = clip(a) min=-1.0
  c: i8[2,3] scale=0.5 zero_point=-128 = requantize(b)
  d: i8[2,3] scale=0.5 zero_point=-128 = clip(c) max=127.0
  e: i8[3,2] scale=0.5 zero_point=-128 = transpose(d) perm=[1,0]
  f: f32[2,3] = relu(z)
  output e
  output f
)");
}

TEST(RemoveIdentities, MergesMovesThatFollowEachOther) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,2,3,1]
    input z: f32[2,3,4]
    a: f32[1,3,1,2] = transpose(x) perm=[0,2,3,1]
    b: f32[1,2,3,1] = transpose(a) perm=[0,3,1,2]
    c: f32[1,1,2,3] = transpose(b) perm=[0,3,1,2]
    d: f32[6] = reshape(c) shape=[6]
    e: f32[4,2,3] = transpose(z) perm=[2,0,1]
    f: f32[2,4,3] = transpose(e) perm=[1,0,2]
    output d
    output e
    output f
)",
                              R"(  input x: f32[1,2,3,1]
  input z: f32[2,3,4]
  d: f32[6] = reshape(x) shape=[6]
  e: f32[4,2,3] = transpose(z) perm=[2,0,1]
  f: f32[2,4,3] = transpose(z) perm=[0,2,1]
  output d
  output e
  output f
)");
}

TEST(RemoveIdentities, KeepsTheNamesOfTheInterface) {
  ir::testing::expect_unchanged(pass(), R"(  input x: f32[2]
  const c: f32[2] = [1,2]
  y: f32[2] = reshape(x) shape=[2]
  z: f32[2] = reshape(c) shape=[2]
  output y
  output z
)");
}

}  // namespace
}  // namespace tmc::opt
