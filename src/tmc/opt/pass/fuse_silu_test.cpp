// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "fuse_silu");
}

TEST(FuseSilu, TakesTheFactorsInAnyOrder) {
  ir::testing::expect_rewrite(pass(), R"(
  input x: f32[2,3]
  a: f32[2,3] = sigmoid(x)
  b: f32[2,3] = mul(x, a)
  c: f32[2,3] = sigmoid(b)
  y: f32[2,3] = mul(c, b)
  output y
)",
                              R"(  input x: f32[2,3]
  b: f32[2,3] = silu(x)
  y: f32[2,3] = silu(b)
  output y
)");
}

TEST(FuseSilu, LeavesOtherGates) {
  ir::testing::expect_unchanged(pass(), R"(  input x: f32[2,3]
  input z: f32[2,3]
  a: f32[2,3] = sigmoid(x)
  b: f32[2,3] = mul(z, a)
  c: f32[2,3] = sigmoid(b)
  y: f32[2,3] = mul(c, b) activation=relu
  output y
)");
}

}  // namespace
}  // namespace tmc::opt
