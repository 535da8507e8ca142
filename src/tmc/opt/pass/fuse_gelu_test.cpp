// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "fuse_gelu");
}

TEST(FuseGelu, TakesTheFactorsInAnyOrder) {
  ir::testing::expect_rewrite(pass(), R"(
  input x: f32[2,3]
  const root: f32[] = [1.4142135]
  const inverse: f32[1] = [0.70710677]
  const one: f32[] = [1]
  const half: f32[] = [0.5]
  const two: f32[] = [2]
  a: f32[2,3] = div(x, root)
  b: f32[2,3] = erf(a)
  c: f32[2,3] = add(b, one)
  d: f32[2,3] = mul(x, c)
  e: f32[2,3] = mul(d, half)
  f: f32[2,3] = mul(inverse, e)
  g: f32[2,3] = erf(f)
  h: f32[2,3] = add(one, g)
  i: f32[2,3] = div(e, two)
  j: f32[2,3] = mul(h, i)
  k: f32[2,3] = div(j, root)
  l: f32[2,3] = erf(k)
  m: f32[2,3] = add(l, one)
  n: f32[2,3] = mul(half, m)
  y: f32[2,3] = mul(n, j)
  output y
)",
                              R"(  input x: f32[2,3]
  e: f32[2,3] = gelu(x)
  j: f32[2,3] = gelu(e)
  y: f32[2,3] = gelu(j)
  output y
)");
}

TEST(FuseGelu, KnowsTheFormByTanh) {
  ir::testing::expect_rewrite(pass(), R"(
  input x: f32[2,3]
  const cubic: f32[] = [0.044715]
  const slope: f32[] = [0.7978846]
  const one: f32[] = [1]
  const half: f32[] = [0.5]
  a: f32[2,3] = mul(x, x)
  b: f32[2,3] = mul(a, x)
  c: f32[2,3] = mul(b, cubic)
  d: f32[2,3] = add(x, c)
  e: f32[2,3] = mul(d, slope)
  f: f32[2,3] = tanh(e)
  g: f32[2,3] = add(f, one)
  h: f32[2,3] = mul(x, half)
  y: f32[2,3] = mul(h, g)
  z: f32[2,3] = tanh(y)
  output z
)",
                              R"(  input x: f32[2,3]
  y: f32[2,3] = gelu(x) by_tanh=true
  z: f32[2,3] = tanh(y)
  output z
)");
}

TEST(FuseGelu, KnowsAPowerOfThree) {
  ir::testing::expect_rewrite(pass(), R"(
  input x: f32[2,3]
  const three: f32[] = [3]
  const cubic: f32[] = [0.044715]
  const slope: f32[] = [0.7978846]
  const one: f32[] = [1]
  const half: f32[] = [0.5]
  b: f32[2,3] = pow(x, three)
  c: f32[2,3] = mul(b, cubic)
  d: f32[2,3] = add(x, c)
  e: f32[2,3] = mul(d, slope)
  f: f32[2,3] = tanh(e)
  g: f32[2,3] = add(f, one)
  h: f32[2,3] = mul(x, half)
  y: f32[2,3] = mul(h, g)
  z: f32[2,3] = tanh(y)
  output z
)",
                              R"(  input x: f32[2,3]
  y: f32[2,3] = gelu(x) by_tanh=true
  z: f32[2,3] = tanh(y)
  output z
)");
}

TEST(FuseGelu, LeavesWhatIsNone) {
  ir::testing::expect_unchanged(pass(), R"(  input x: f32[2,3]
  const root: f32[] = [1.4142135]
  const one: f32[] = [1]
  const half: f32[] = [0.5]
  const third: f32[] = [0.33]
  a: f32[2,3] = div(x, root)
  b: f32[2,3] = erf(a)
  c: f32[2,3] = add(b, one)
  d: f32[2,3] = mul(x, c)
  e: f32[2,3] = mul(d, third)
  f: f32[2,3] = erf(e)
  g: f32[2,3] = add(f, one)
  h: f32[2,3] = mul(e, g)
  i: f32[2,3] = mul(h, half)
  j: f32[2,3] = div(i, root)
  k: f32[2,3] = erf(j)
  l: f32[2,3] = add(k, one)
  m: f32[2,3] = mul(i, l)
  n: f32[2,3] = mul(m, half)
  output l
  output n
)");
}

}  // namespace
}  // namespace tmc::opt
