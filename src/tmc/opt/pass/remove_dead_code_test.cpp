// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

TEST(RemoveDeadCode, RemovesWhatNoOutputNeeds) {
  ir::testing::expect_rewrite(*ir::find_pass(all_passes(), "remove_dead_code"), R"(
    input x: f32[2]
    input unused: f32[2]
    const c: f32[2] = [1,2]
    const dead: f32[2] = [3,4]
    a: f32[2] = relu(x)
    b: f32[2] = add(a, dead)
    d: f32[2] = tanh(b)
    y: f32[2] = add(a, c)
    output y
)",
                              R"(  input x: f32[2]
  input unused: f32[2]
  const c: f32[2] = [1,2]
  a: f32[2] = relu(x)
  y: f32[2] = add(a, c)
  output y
)");
}

}  // namespace
}  // namespace tmc::opt
