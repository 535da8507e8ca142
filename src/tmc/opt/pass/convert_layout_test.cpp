// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "convert_layout");
}

TEST(ConvertLayout, WrapsImagesInTransposes) {
  ir::testing::expect_rewrite(pass(), R"(
    input x: i8[1,2,3,4] scale=0.5
    input v: f32[1,2,1,2]
    input z: f32[1,2,3,4]
    const w: i8[1,2,1,2] axis=0 scale=[0.25] = [1,2,3,4]
    const b: i32[1] axis=0 scale=[0.125] = [5]
    a: i8[1,1,3,2] scale=1 = conv2d(x, w, b) stride_w=2 layout=nchw @conv
    p: i8[1,2,1,2] scale=0.5 = max_pool2d(x) kernel_h=2 kernel_w=3 stride_h=2 layout=nchw
    q: f32[1,1,3,3] = conv2d(z, v) layout=nchw
    n: f32[1,2,3,4] = average_pool2d(z)
    output a
    output p
    output q
    output n
)",
                              R"(  input x: i8[1,2,3,4] scale=0.5
  input v: f32[1,2,1,2]
  input z: f32[1,2,3,4]
  const b: i32[1] axis=0 scale=[0.125] = [5]
  const w_nhwc: i8[1,1,2,2] axis=0 scale=[0.25] = [1,3,2,4]
  x_nhwc: i8[1,3,4,2] scale=0.5 = transpose(x) perm=[0,2,3,1]
  a_nhwc: i8[1,3,2,1] scale=1 = conv2d(x_nhwc, w_nhwc, b) stride_w=2 @conv
  a: i8[1,1,3,2] scale=1 = transpose(a_nhwc) perm=[0,3,1,2] @a_to_nchw
  p_nhwc: i8[1,1,2,2] scale=0.5 = max_pool2d(x_nhwc) kernel_h=2 kernel_w=3 stride_h=2 @p
  p: i8[1,2,1,2] scale=0.5 = transpose(p_nhwc) perm=[0,3,1,2] @p_to_nchw
  z_nhwc: f32[1,3,4,2] = transpose(z) perm=[0,2,3,1]
  v_nhwc: f32[1,1,2,2] = transpose(v) perm=[0,2,3,1]
  q_nhwc: f32[1,3,3,1] = conv2d(z_nhwc, v_nhwc) @q
  q: f32[1,1,3,3] = transpose(q_nhwc) perm=[0,3,1,2] @q_to_nchw
  n: f32[1,2,3,4] = average_pool2d(z)
  output a
  output p
  output q
  output n
)");
}

}  // namespace
}  // namespace tmc::opt
