// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "read_planes");
}

TEST(ReadPlanes, TakesTheTransposeOfAnInput) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,3,4,5]
    const w: f32[1,1,1,3] = [1,2,3]
    x_nhwc: f32[1,4,5,3] = transpose(x) perm=[0,2,3,1]
    y: f32[1,4,5,1] = conv2d(x_nhwc, w)
    output y
)",
                              R"(  input x: f32[1,3,4,5]
  const w: f32[1,1,1,3] = [1,2,3]
  y: f32[1,4,5,1] = conv2d(x, w) planar_input=true
  output y
)");
}

TEST(ReadPlanes, LeavesWhatHasNoKernelOrOtherReaders) {
  ir::testing::expect_unchanged(pass(), R"(  input shared: f32[1,3,1,2]
  input q: i8[1,3,1,2] scale=0.5
  input deep: f32[1,5,1,2]
  input grouped: f32[1,2,1,2]
  input gray: f32[1,1,1,2]
  input turned: f32[1,2,3,1]
  const w: f32[1,1,1,3] = [1,2,3]
  const k: i8[1,1,1,3] scale=0.5 = [1,2,3]
  const v: f32[1,1,1,5] = [1,2,3,4,5]
  const u: f32[1,1,1,1] = [1]
  const g: f32[2,1,1,1] = [1,2]
  shared_nhwc: f32[1,1,2,3] = transpose(shared) perm=[0,2,3,1]
  a: f32[1,1,2,1] = conv2d(shared_nhwc, w)
  b: f32[1,1,2,3] = relu(shared_nhwc)
  q_nhwc: i8[1,1,2,3] scale=0.5 = transpose(q) perm=[0,2,3,1]
  c: i8[1,1,2,1] scale=0.25 = conv2d(q_nhwc, k)
  deep_nhwc: f32[1,1,2,5] = transpose(deep) perm=[0,2,3,1]
  d: f32[1,1,2,1] = conv2d(deep_nhwc, v)
  grouped_nhwc: f32[1,1,2,2] = transpose(grouped) perm=[0,2,3,1]
  e: f32[1,1,2,2] = conv2d(grouped_nhwc, g) groups=2
  turned_nhwc: f32[1,2,1,3] = transpose(turned) perm=[0,1,3,2]
  f: f32[1,2,1,1] = conv2d(turned_nhwc, w)
  gray_nhwc: f32[1,1,2,1] = transpose(gray) perm=[0,2,3,1]
  h: f32[1,1,2,1] = conv2d(gray_nhwc, u)
  output a
  output b
  output c
  output d
  output e
  output f
  output h
)");
}

}  // namespace
}  // namespace tmc::opt
