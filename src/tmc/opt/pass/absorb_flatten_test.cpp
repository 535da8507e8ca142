// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "absorb_flatten");
}

TEST(AbsorbFlatten, PermutesColumnsOfWeights) {
  ir::testing::expect_rewrite(pass(), R"(
    input u: i8[1,1,2,3] scale=0.5
    const w: i8[2,6] axis=0 scale=[1,2] = [0,1,2,3,4,5,10,11,12,13,14,15]
    x: i8[1,3,1,2] scale=0.5 = transpose(u) perm=[0,3,1,2]
    flat: i8[1,6] scale=0.5 = reshape(x) shape=[1,6]
    act: i8[1,6] scale=0.5 = relu(flat)
    y: i8[1,2] scale=1 = fully_connected(act, w)
    output y
)",
                              R"(  input u: i8[1,1,2,3] scale=0.5
  const w_2: i8[2,6] axis=0 scale=[1,2] = [0,2,4,1,3,5,10,12,14,11,13,15]
  flat_permuted: i8[1,6] scale=0.5 = reshape(u) shape=[1,6] @flat
  act_permuted: i8[1,6] scale=0.5 = relu(flat_permuted) @act
  y: i8[1,2] scale=1 = fully_connected(act_permuted, w_2)
  output y
)");
}

TEST(AbsorbFlatten, KeepsTransposesThatOthersNeed) {
  ir::testing::expect_unchanged(pass(), R"(  input u: f32[2,1,2,3]
  input v: f32[2,3]
  const w: f32[1,6] = [0,1,2,3,4,5]
  const k: f32[1,4] = [0,1,2,3]
  x: f32[2,3,1,2] = transpose(u) perm=[0,3,1,2]
  shared: f32[2,6] = reshape(x) shape=[2,6]
  a: f32[2,1] = fully_connected(shared, w)
  half: f32[3,4] = reshape(x) shape=[3,4]
  b: f32[3,1] = fully_connected(half, k)
  t: f32[3,2] = transpose(v) perm=[1,0]
  mixed: f32[1,6] = reshape(t) shape=[1,6]
  c: f32[1,6] = tanh(mixed)
  output shared
  output a
  output b
  output c
)");
}

}  // namespace
}  // namespace tmc::opt
