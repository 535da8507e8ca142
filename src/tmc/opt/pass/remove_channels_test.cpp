// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

// What needs no kernels: floats, and integers that nobody reads. tests/remove_channels_test.cpp has the rest.

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "remove_channels");
}

// Channel 1 of `a` has no weights: it is relu(2), and goes into the next bias through the depthwise layer, 2 * 3 + 1.
TEST(RemoveChannels, FoldsAConstantThroughADepthwiseLayer) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,2,2,1]
    const w: f32[3,1,1,1] = [1,0,4]
    const b: f32[3] = [0.5,2,-1]
    const d: f32[3,1,1,1] = [1,3,1]
    const e: f32[3] = [0,1,0]
    const v: f32[2,1,1,3] = [1,2,3,4,5,6]
    a: f32[1,2,2,3] = conv2d(x, w, b) activation=relu
    c: f32[1,2,2,3] = conv2d(a, d, e) groups=3
    y: f32[1,2,2,2] = conv2d(c, v)
    output y
)",
                              R"(  input x: f32[1,2,2,1]
  const w: f32[2,1,1,1] = [1,4]
  const b: f32[2] = [0.5,-1]
  const d: f32[2,1,1,1] = [1,1]
  const e: f32[2] = [0,0]
  const v: f32[2,1,1,2] = [1,3,4,6]
  const y_bias: f32[2] = [14,35]
  a: f32[1,2,2,2] = conv2d(x, w, b) activation=relu
  c: f32[1,2,2,2] = conv2d(a, d, e) groups=2
  y: f32[1,2,2,2] = conv2d(c, v, y_bias)
  output y
)");
}

// relu of what is never positive: x is at least 0, and weights and bias are at most that.
TEST(RemoveChannels, ClampsOverTheProvenRange) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[2,2]
    const w: f32[3,2] = [1,-1,-1,-2,2,0]
    const b: f32[3] = [0,-0.5,0]
    const v: f32[1,3] = [1,2,3]
    a: f32[2,2] = relu(x)
    h: f32[2,3] = fully_connected(a, w, b) activation=relu
    y: f32[2,1] = fully_connected(h, v)
    output y
)",
                              R"(  input x: f32[2,2]
  const w: f32[2,2] = [1,-1,2,0]
  const b: f32[2] = [0,0]
  const v: f32[1,2] = [1,3]
  a: f32[2,2] = relu(x)
  h: f32[2,2] = fully_connected(a, w, b) activation=relu
  y: f32[2,1] = fully_connected(h, v)
  output y
)");
}

// Where windows reach into the padding, which is 0, a constant of 2 is not the same everywhere; one of 0 is.
TEST(RemoveChannels, LeavesAConstantThatPaddingDiffersFrom) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,2,2,1]
    const w: f32[3,1,1,1] = [1,0,0]
    const b: f32[3] = [0,2,-2]
    const d: f32[1,1,2,3] = [1,2,3,4,5,6]
    a: f32[1,2,2,3] = conv2d(x, w, b) activation=relu
    y: f32[1,2,2,1] = conv2d(a, d) pad_left=1
    output y
)",
                              R"(  input x: f32[1,2,2,1]
  const w: f32[2,1,1,1] = [1,0]
  const b: f32[2] = [0,2]
  const d: f32[1,1,2,2] = [1,2,4,5]
  a: f32[1,2,2,2] = conv2d(x, w, b) activation=relu
  y: f32[1,2,2,1] = conv2d(a, d) pad_left=1
  output y
)");
}

// Channel 1 of `h` meets no weight, nor then does channel 0 of `g`.
TEST(RemoveChannels, RemovesWhatNobodyReads) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i8[1,2] scale=1 zero_point=3
    const u: i8[2,2] axis=0 scale=[1,2] = [1,2,3,4]
    const w: i8[2,2] axis=0 scale=[0.5,0.25] = [0,2,3,4]
    const b: i32[2] axis=0 scale=[0.5,0.25] = [10,20]
    const v: i8[1,2] scale=1 = [7,0]
    g: i8[1,2] scale=1 = fully_connected(x, u)
    h: i8[1,2] scale=1 = fully_connected(g, w, b)
    y: i8[1,1] scale=1 = fully_connected(h, v)
    output y
)",
                              R"(  input x: i8[1,2] scale=1 zero_point=3
  const u: i8[1,2] axis=0 scale=[2] = [3,4]
  const w: i8[1,1] axis=0 scale=[0.5] = [2]
  const b: i32[1] axis=0 scale=[0.5] = [10]
  const v: i8[1,1] scale=1 = [7]
  g: i8[1,1] scale=1 = fully_connected(x, u)
  h: i8[1,1] scale=1 = fully_connected(g, w, b)
  y: i8[1,1] scale=1 = fully_connected(h, v)
  output y
)");
}

// A channel of a sum goes where both operands' do: 0 of `a` is constant, 0 of `b` is not; 2 is in both.
TEST(RemoveChannels, TiesTheOperandsOfASum) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,2]
    const w: f32[3,2] = [0,0,1,2,0,0]
    const u: f32[3,2] = [3,4,5,6,0,0]
    const v: f32[1,3] = [1,2,0]
    a: f32[1,3] = fully_connected(x, w)
    b: f32[1,3] = fully_connected(x, u)
    s: f32[1,3] = add(a, b)
    y: f32[1,1] = fully_connected(s, v)
    output y
)",
                              R"(  input x: f32[1,2]
  const w: f32[2,2] = [0,0,1,2]
  const u: f32[2,2] = [3,4,5,6]
  const v: f32[1,2] = [1,2]
  a: f32[1,2] = fully_connected(x, w)
  b: f32[1,2] = fully_connected(x, u)
  s: f32[1,2] = add(a, b)
  y: f32[1,1] = fully_connected(s, v)
  output y
)");
}

TEST(RemoveChannels, FollowsConcatReshapeAndSlice) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,1,2,1]
    const w: f32[2,1,1,1] = [1,0]
    const u: f32[2,1,1,1] = [0,2]
    const v: f32[1,8] = [1,2,3,4,5,6,7,8]
    const z: f32[1,1,1,1] = [5]
    a: f32[1,1,2,2] = conv2d(x, w)
    b: f32[1,1,2,2] = conv2d(x, u)
    c: f32[1,1,2,4] = concat(a, b) axis=3
    f: f32[1,8] = reshape(c) shape=[1,8]
    s: f32[1,1,2,2] = slice(c) begins=[0,0,0,2] sizes=[1,1,2,2] steps=[1,1,1,1]
    t: f32[1,1,2,1] = slice(s) begins=[0,0,0,1] sizes=[1,1,2,1] steps=[1,1,1,1]
    p: f32[1,1,2,1] = conv2d(t, z)
    y: f32[1,1] = fully_connected(f, v)
    output y
    output p
)",
                              R"(  input x: f32[1,1,2,1]
  const z: f32[1,1,1,1] = [5]
  const w: f32[1,1,1,1] = [1]
  const u: f32[1,1,1,1] = [2]
  const v: f32[1,4] = [1,4,5,8]
  a: f32[1,1,2,1] = conv2d(x, w)
  b: f32[1,1,2,1] = conv2d(x, u)
  c: f32[1,1,2,2] = concat(a, b) axis=3
  f: f32[1,4] = reshape(c) shape=[1,4]
  s: f32[1,1,2,1] = slice(c) begins=[0,0,0,1] sizes=[1,1,2,1] steps=[1,1,1,1]
  t: f32[1,1,2,1] = slice(s) begins=[0,0,0,0] sizes=[1,1,2,1] steps=[1,1,1,1]
  p: f32[1,1,2,1] = conv2d(t, z)
  y: f32[1,1] = fully_connected(f, v)
  output y
  output p
)");
}

TEST(RemoveChannels, KeepsTheChannelsOfInputsOutputsAndWhatMixesThem) {
  ir::testing::expect_unchanged(pass(), R"(  input x: f32[1,3]
  const w: f32[2,3] = [1,0,2,0,0,0]
  const v: f32[3,2] = [1,0,2,0,3,0]
  a: f32[1,2] = fully_connected(x, w)
  y: f32[1,3] = fully_connected(a, v)
  s: f32[1,2] = softmax(a)
  output y
  output s
)");
}

// What a hybrid layer reads sets its scale: only a channel of zeros can go.
TEST(RemoveChannels, LeavesWhatSetsTheScaleOfAHybridLayer) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,2]
    const w: f32[4,2] = [1,2,0,0,3,4,0,0]
    const b: f32[4] = [0,5,0,0]
    const v: i8[2,4] scale=0.5 = [1,2,0,3,4,5,0,6]
    a: f32[1,4] = fully_connected(x, w, b)
    y: f32[1,2] = fully_connected(a, v)
    output y
)",
                              R"(  input x: f32[1,2]
  const w: f32[3,2] = [1,2,0,0,3,4]
  const b: f32[3] = [0,5,0]
  const v: i8[2,3] scale=0.5 = [1,2,0,4,5,0]
  a: f32[1,3] = fully_connected(x, w, b)
  y: f32[1,2] = fully_connected(a, v)
  output y
)");
}

// Of five channels three stay; a fourth one, which is constant, makes up the multiple.
TEST(RemoveChannels, MakesUpAMultipleWithConstants) {
  ir::RemovedWork removed;
  ir::testing::expect_rewrite(pass(), R"(
    input x: f32[1,1]
    const w: f32[6,1] = [1,0,2,0,3,0]
    const v: f32[1,6] = [1,2,3,4,5,6]
    a: f32[1,6] = fully_connected(x, w)
    y: f32[1,1] = fully_connected(a, v)
    output y
)",
                              R"(  input x: f32[1,1]
  const w: f32[4,1] = [1,0,2,3]
  const v: f32[1,4] = [1,2,3,5]
  a: f32[1,4] = fully_connected(x, w)
  y: f32[1,1] = fully_connected(a, v)
  output y
)",
                              {.channel_multiple = 4, .removed = &removed});
  EXPECT_EQ(removed.channels, 2);
  EXPECT_EQ(removed.weights, 4);
  EXPECT_EQ(removed.macs, 4);
  ASSERT_EQ(removed.tensors.size(), 1u);
  EXPECT_EQ(removed.tensors.at("a").channels, 6);
  EXPECT_EQ(removed.tensors.at("a").kept, (std::vector<int32_t>{0, 1, 2, 4}));
}

}  // namespace
}  // namespace tmc::opt
