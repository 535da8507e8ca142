// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "narrow_integers");
}

TEST(NarrowIntegers, FromACastToWhatReadsIt) {
  ir::testing::expect_rewrite(pass(), R"(
    input m: bool[4]
    const one: i64[] = [1]
    const many: i64[] = [100000]
    a: i64[4] = cast(m) to=i64
    b: i64[4] = mul(a, many)
    c: i64[4] = sub(b, one)
    d: i64[2,2] = reshape(c) shape=[2,2]
    y: bool[2,2] = less(d, one)
    z: f32[2,2] = cast(d) to=f32
    output y
    output z
)",
                              R"(  input m: bool[4]
  const many_i32: i32[] = [100000]
  const one_i32: i32[] = [1]
  const one_i32_2: i32[] = [1]
  a_i32: i32[4] = cast(m) to=i32 @a
  b_i32: i32[4] = mul(a_i32, many_i32) @b
  c_i32: i32[4] = sub(b_i32, one_i32) @c
  d_i32: i32[2,2] = reshape(c_i32) shape=[2,2] @d
  y: bool[2,2] = less(d_i32, one_i32_2)
  z: f32[2,2] = cast(d_i32)
  output y
  output z
)");
}

TEST(NarrowIntegers, WidensForWhatNeedsMore) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i32[3]
    input v: i64[3]
    a: i64[3] = cast(x) to=i64
    b: i64[3] = max(a, v)
    c: i64[3] = mul(a, a)
    y: i64[3] = min(b, c)
    output y
)",
                              R"(  input x: i32[3]
  input v: i64[3]
  a_i32: i32[3] = cast(x) to=i32 @a
  a_wide: i64[3] = cast(a_i32) to=i64
  b: i64[3] = max(a_wide, v)
  c: i64[3] = mul(a_wide, a_wide)
  y: i64[3] = min(b, c)
  output y
)");
}

TEST(NarrowIntegers, LeavesWhatMayBeLong) {
  ir::testing::expect_unchanged(pass(), R"(  input r: f32[3]
  input v: i64[3]
  input u: u32[3]
  const big: i64[] = [3000000000]
  a: i64[3] = cast(r) to=i64
  b: i64[3] = add(a, v)
  c: bool[3] = less(v, big)
  y: i64[3] = neg(b)
  d: i64[3] = cast(u) to=i64
  e: bool[3] = less(d, big)
  output c
  output y
  output e
)");
}

}  // namespace
}  // namespace tmc::opt
