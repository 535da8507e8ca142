// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "fold_dilation");
}

TEST(FoldDilation, BlocksOfAnImageAreDilation) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i8[1,6,8,2] scale=0.5
    const w: i8[3,2,1,2] scale=0.25 = [1,2,3,4,5,6,7,8,9,10,11,12]
    a: i8[1,3,2,4,2,2] scale=0.5 = reshape(x) shape=[1,3,2,4,2,2]
    b: i8[2,2,1,3,4,2] scale=0.5 = transpose(a) perm=[2,4,0,1,3,5]
    c: i8[4,3,4,2] scale=0.5 = reshape(b) shape=[4,3,4,2]
    d: i8[4,3,4,3] scale=0.5 = conv2d(c, w) pad_top=1 activation=relu
    e: i8[2,2,1,3,4,3] scale=0.5 = reshape(d) shape=[2,2,1,3,4,3]
    f: i8[1,3,2,4,2,3] scale=0.5 = transpose(e) perm=[2,3,0,4,1,5]
    y: i8[1,6,8,3] scale=0.5 = reshape(f) shape=[1,6,8,3]
    output y
)",
                              R"(  input x: i8[1,6,8,2] scale=0.5
  const w: i8[3,2,1,2] scale=0.25 = [1,2,3,4,5,6,7,8,9,10,11,12]
  y: i8[1,6,8,3] scale=0.5 = conv2d(x, w) dilation_h=2 dilation_w=2 pad_top=2 activation=relu @d
  output y
)");
}

TEST(FoldDilation, NotWhatIsReadElsewhereOrStrides) {
  const char* const graph = R"(  input x: f32[1,4,4,1]
  const w: f32[1,1,1,1] = [2]
  a: f32[1,2,2,2,2,1] = reshape(x) shape=[1,2,2,2,2,1]
  b: f32[2,2,1,2,2,1] = transpose(a) perm=[2,4,0,1,3,5]
  c: f32[4,2,2,1] = reshape(b) shape=[4,2,2,1]
  d: f32[4,2,2,1] = conv2d(c, w)
  e: f32[2,2,1,2,2,1] = reshape(d) shape=[2,2,1,2,2,1]
  f: f32[1,2,2,2,2,1] = transpose(e) perm=[2,3,0,4,1,5]
  y: f32[1,4,4,1] = reshape(f) shape=[1,4,4,1]
  output y
  output d
)";
  ir::testing::expect_unchanged(pass(), graph);
}

}  // namespace
}  // namespace tmc::opt
