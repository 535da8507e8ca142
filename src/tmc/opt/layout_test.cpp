// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// The passes on layout together, on networks as ONNX files hold them.
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

std::string converted(std::string_view lines) {
  ir::Graph graph = ir::testing::graph_of(lines).value();
  for (const char* name : {"convert_layout", "sink_transposes", "remove_identities", "absorb_flatten",
                           "remove_identities", "remove_dead_code"}) {
    const Status status = ir::find_pass(all_passes(), name)->run(graph, {});
    EXPECT_EQ(status.text(), "ok") << name;
    EXPECT_EQ(ir::verify(graph).text(), "ok") << name;
  }
  return ir::to_text(graph);
}

TEST(Layout, LeavesNoTransposeInAOneChannelNetworkWithAGlobalPool) {
  EXPECT_EQ(converted(R"(
    input x: i8[1,8] scale=0.5
    const w: i8[2,1,3,3] scale=0.5 = x"010203040506070809010203040506070809"
    const d: i8[2,1,1,1] scale=0.5 = [3,4]
    const f: i8[1,2] scale=1 = [5,6]
    image: i8[1,1,4,2] scale=0.5 = reshape(x) shape=[1,1,4,2]
    a: i8[1,2,4,2] scale=0.5 = conv2d(image, w) pad_top=1 pad_left=1 pad_bottom=1 pad_right=1 layout=nchw
    b: i8[1,2,4,2] scale=1 = conv2d(a, d) groups=2 layout=nchw
    c: i8[1,2,4,2] scale=1 = add(a, b)
    pool: i8[1,2,1,1] scale=1 = average_pool2d(c) kernel_h=4 kernel_w=2 layout=nchw
    flat: i8[1,2] scale=1 = reshape(pool) shape=[1,2]
    y: i8[1,1] scale=1 = fully_connected(flat, f)
    output y
)"),
            R"(graph "" {
  input x: i8[1,8] scale=0.5
  const f: i8[1,2] scale=1 = [5,6]
  const w_nhwc: i8[2,3,3,1] scale=0.5 = x"010203040506070809010203040506070809"
  const d_nhwc: i8[2,1,1,1] scale=0.5 = [3,4]
  image_nhwc: i8[1,4,2,1] scale=0.5 = reshape(x) shape=[1,4,2,1]
  a_nhwc: i8[1,4,2,2] scale=0.5 = conv2d(image_nhwc, w_nhwc) pad_top=1 pad_left=1 pad_bottom=1 pad_right=1 @a
  b_nhwc: i8[1,4,2,2] scale=1 = conv2d(a_nhwc, d_nhwc) groups=2 @b
  c_nhwc_2: i8[1,4,2,2] scale=1 = add(a_nhwc, b_nhwc) @c
  pool_nhwc: i8[1,1,1,2] scale=1 = average_pool2d(c_nhwc_2) kernel_h=4 kernel_w=2 @pool
  flat: i8[1,2] scale=1 = reshape(pool_nhwc) shape=[1,2]
  y: i8[1,1] scale=1 = fully_connected(flat, f)
  output y
}
)");
}

TEST(Layout, PermutesWeightsOfAFlattenedImage) {
  EXPECT_EQ(converted(R"(
    input x: f32[1,1,2,2]
    const w: f32[2,1,1,1] = [1,2]
    const f: f32[1,8] = [1,2,3,4,5,6,7,8]
    a: f32[1,2,2,2] = conv2d(x, w) layout=nchw
    b: f32[1,2,2,2] = relu(a)
    flat: f32[1,8] = reshape(b) shape=[1,8]
    y: f32[1,1] = fully_connected(flat, f)
    output y
)"),
            R"(graph "" {
  input x: f32[1,1,2,2]
  const w_nhwc: f32[2,1,1,1] = [1,2]
  const f_2: f32[1,8] = [1,5,2,6,3,7,4,8]
  x_nhwc: f32[1,2,2,1] = reshape(x) shape=[1,2,2,1]
  a_nhwc: f32[1,2,2,2] = conv2d(x_nhwc, w_nhwc) @a
  b_nhwc: f32[1,2,2,2] = relu(a_nhwc) @b
  flat_permuted: f32[1,8] = reshape(b_nhwc) shape=[1,8] @flat
  y: f32[1,1] = fully_connected(flat_permuted, f_2)
  output y
}
)");
}

TEST(Layout, KeepsTheLayoutOfTheInterface) {
  EXPECT_EQ(converted(R"(
    input x: f32[1,2,2,2]
    const w: f32[2,2,1,1] = [1,2,3,4]
    a: f32[1,2,2,2] = conv2d(x, w) layout=nchw
    y: f32[1,2,2,2] = conv2d(a, w) layout=nchw
    output y
)"),
            R"(graph "" {
  input x: f32[1,2,2,2]
  const w_nhwc: f32[2,1,1,2] = [1,2,3,4]
  x_nhwc: f32[1,2,2,2] = transpose(x) perm=[0,2,3,1]
  a_nhwc: f32[1,2,2,2] = conv2d(x_nhwc, w_nhwc) @a
  y_nhwc: f32[1,2,2,2] = conv2d(a_nhwc, w_nhwc) @y
  y: f32[1,2,2,2] = transpose(y_nhwc) perm=[0,3,1,2] @y_to_nchw
  output y
}
)");
}

TEST(Layout, CancelsTheTransposesOfAnExporter) {
  EXPECT_EQ(converted(R"(
    input x: f32[1,2,2,2]
    const w: f32[2,2,1,1] = [1,2,3,4]
    first: f32[1,2,2,2] = transpose(x) perm=[0,3,1,2]
    a: f32[1,2,2,2] = conv2d(first, w) layout=nchw
    y: f32[1,2,2,2] = transpose(a) perm=[0,2,3,1]
    output y
)"),
            R"(graph "" {
  input x: f32[1,2,2,2]
  const w_nhwc: f32[2,1,1,2] = [1,2,3,4]
  y: f32[1,2,2,2] = conv2d(x, w_nhwc) @a
  output y
}
)");
}

}  // namespace
}  // namespace tmc::opt
