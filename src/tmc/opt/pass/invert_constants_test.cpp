// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "invert_constants");
}

TEST(InvertConstants, MakesAdditionsAndMultiplications) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,2]
    const c: f32[2] = [2,-4]
    a: f32[1,2] = sub(x, c) activation=relu
    y: f32[1,2] = div(a, c)
    output y
)",
                              R"(  input x: f32[1,2]
  const c_negative: f32[2] = [-2,4]
  const c_reciprocal: f32[2] = [0.5,-0.25]
  a: f32[1,2] = add(x, c_negative) activation=relu
  y: f32[1,2] = mul(a, c_reciprocal)
  output y
)");
}

TEST(InvertConstants, LeavesOthersAlone) {
  ir::testing::expect_unchanged(pass(), R"(  input x: f32[2]
  input q: i8[2] scale=0.5
  const c: f32[2] = [2,-4]
  const k: i8[2] scale=0.5 = [1,2]
  a: f32[2] = sub(c, x)
  b: f32[2] = div(c, x)
  d: f32[2] = div(x, a)
  e: i8[2] scale=0.5 = sub(q, k)
  output b
  output d
  output e
)");
}

}  // namespace
}  // namespace tmc::opt
