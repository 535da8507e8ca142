// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "fuse_pad");
}

TEST(FusePad, MovesThePadIntoAConvolution) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i8[1,4,4,1] scale=1 zero_point=5
    const w: i8[1,2,2,1] scale=1 = [1,2,3,4]
    p: i8[1,5,7,1] scale=1 zero_point=5 = pad(x) pads=[0,0,1,0,0,1,2,0]
    y: i8[1,5,6,1] scale=1 = conv2d(p, w) pad_top=1
    output y
)",
                              R"(  input x: i8[1,4,4,1] scale=1 zero_point=5
  const w: i8[1,2,2,1] scale=1 = [1,2,3,4]
  y: i8[1,5,6,1] scale=1 = conv2d(x, w) pad_top=1 pad_left=1 pad_bottom=1 pad_right=2
  output y
)");
}

TEST(FusePad, ReadsHeightAndWidthOfChannelsFirstImages) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,1,4,4]
    const w: f32[1,1,2,2] = [1,2,3,4]
    p: f32[1,1,5,5] = pad(x) pads=[0,0,0,1,0,0,1,0]
    y: f32[1,1,4,4] = conv2d(p, w) layout=nchw
    output y
)",
                              R"(  input x: f32[1,1,4,4]
  const w: f32[1,1,2,2] = [1,2,3,4]
  y: f32[1,1,4,4] = conv2d(x, w) pad_left=1 pad_bottom=1 layout=nchw
  output y
)");
}

TEST(FusePad, MovesAPadWithTheLeastValueIntoAMaximumPool) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i8[1,4,4,1] scale=1 zero_point=-128
    input z: f32[1,4,4,1]
    p: i8[1,5,5,1] scale=1 zero_point=-128 = pad(x) pads=[0,0,0,0,0,1,1,0]
    y: i8[1,4,4,1] scale=1 zero_point=-128 = max_pool2d(p) kernel_h=2 kernel_w=2
    q: f32[1,5,4,1] = pad(z) pads=[0,1,0,0,0,0,0,0] value=-inf
    r: f32[1,4,3,1] = max_pool2d(q) kernel_h=2 kernel_w=2
    output y
    output r
)",
                              R"(  input x: i8[1,4,4,1] scale=1 zero_point=-128
  input z: f32[1,4,4,1]
  y: i8[1,4,4,1] scale=1 zero_point=-128 = max_pool2d(x) kernel_h=2 kernel_w=2 pad_bottom=1 pad_right=1
  r: f32[1,4,3,1] = max_pool2d(z) kernel_h=2 kernel_w=2 pad_top=1
  output y
  output r
)");
}

TEST(FusePad, KeepsPadsThatMeanSomethingElse) {
  ir::testing::expect_unchanged(pass(), R"(  input x: i8[1,4,4,1] scale=1 zero_point=5
  const w: i8[1,2,2,1] scale=1 = [1,2,3,4]
  const w2: i8[1,2,2,2] scale=1 = [1,2,3,4,1,2,3,4]
  one: i8[1,5,4,1] scale=1 zero_point=5 = pad(x) pads=[0,0,0,0,0,1,0,0] value=1.0
  a: i8[1,4,3,1] scale=1 = conv2d(one, w)
  channels: i8[1,4,4,2] scale=1 zero_point=5 = pad(x) pads=[0,0,0,0,0,0,0,1]
  b: i8[1,3,3,1] scale=1 = conv2d(channels, w2)
  wins: i8[1,5,4,1] scale=1 zero_point=5 = pad(x) pads=[0,0,0,0,0,1,0,0]
  c: i8[1,4,3,1] scale=1 zero_point=5 = max_pool2d(wins) kernel_h=2 kernel_w=2
  wide: i8[1,6,4,1] scale=1 zero_point=5 = pad(x) pads=[0,0,0,0,0,2,0,0] value=-1000.0
  d: i8[1,5,3,1] scale=1 zero_point=5 = max_pool2d(wide) kernel_h=2 kernel_w=2
  output a
  output b
  output c
  output d
)");
}

}  // namespace
}  // namespace tmc::opt
