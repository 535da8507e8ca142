// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/passes.hpp"

#include "tmc/ir/testing/golden.hpp"

namespace tmc::quant {
namespace {

TEST(Passes, AreFoundByTheirNames) {
  EXPECT_FALSE(all_passes().empty());
  for (const ir::Pass* pass : all_passes()) EXPECT_EQ(ir::find_pass(all_passes(), pass->name), pass);
}

// The passes together, in the order in which they help each other, on a network with what QDQ files come with.
TEST(Passes, LeaveIntegersBetweenTheBorders) {
  ir::Graph graph = ir::testing::graph_of(R"(
    input x: f32[1,8]
    const w: i8[2,2,1,1] axis=0 scale=[0.25,2] = [1,-2,3,-127]
    const b: i32[2] axis=0 scale=[0.125,1] = [7,-9]
    image: f32[1,2,2,2] = reshape(x) shape=[1,2,2,2]
    q1: i8[1,2,2,2] scale=0.5 zero_point=3 = quantize(image)
    r1: f32[1,2,2,2] = dequantize(q1)
    wr: f32[2,2,1,1] = dequantize(w)
    br: f32[2] = dequantize(b)
    conv: f32[1,2,2,2] = conv2d(r1, wr, br) layout=nchw
    act: f32[1,2,2,2] = relu(conv)
    q2: i8[1,2,2,2] scale=0.75 zero_point=-100 = quantize(act)
    r2: f32[1,2,2,2] = dequantize(q2)
    sum: f32[1,2,2,2] = add(r2, r1)
    q3: i8[1,2,2,2] scale=1.5 = quantize(sum)
    r3: f32[1,2,2,2] = dequantize(q3)
    flat: f32[1,8] = reshape(r3) shape=[1,8]
    probabilities: f32[1,8] = softmax(flat)
    output probabilities
)")
                        .value();
  for (const char* name : {"hoist_quantize", "merge_quantize_pairs", "sink_dequantize", "merge_quantize_pairs",
                           "lower_layers", "lower_operators"}) {
    const Status status = ir::find_pass(all_passes(), name)->run(graph, {});
    ASSERT_TRUE(status.ok()) << status.text();
    ASSERT_EQ(ir::verify(graph).text(), "ok") << name;
  }
  EXPECT_EQ(ir::to_text(graph), R"(graph "" {
  input x: f32[1,8]
  const w: i8[2,2,1,1] axis=0 scale=[0.25,2] = [1,-2,3,-127]
  const b: i32[2] axis=0 scale=[0.125,1] = [7,-9]
  x_quantized: i8[1,8] scale=0.5 zero_point=3 = quantize(x)
  q1: i8[1,2,2,2] scale=0.5 zero_point=3 = reshape(x_quantized) shape=[1,2,2,2] @image
  conv_quantized: i8[1,2,2,2] scale=0.75 zero_point=-100 = conv2d(q1, w, b) layout=nchw @conv
  q2: i8[1,2,2,2] scale=0.75 zero_point=-100 = relu(conv_quantized) @act
  q3: i8[1,2,2,2] scale=1.5 = add(q2, q1) @sum
  flat_quantized: i8[1,8] scale=1.5 = reshape(q3) shape=[1,8] @flat
  flat: f32[1,8] = dequantize(flat_quantized) @flat_dequantize
  probabilities: f32[1,8] = softmax(flat)
  output probabilities
}
)");
}

}  // namespace
}  // namespace tmc::quant
