// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/to_onnx.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <onnx/onnx_pb.h>

#include <set>

#include "tmc/ir/text.hpp"

namespace tmc::exporter {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

::onnx::ModelProto model_of(const std::string& text) {
  const auto graph = ir::from_text(text);
  EXPECT_TRUE(graph.ok()) << graph.status().text();
  const auto file = to_onnx(*graph);
  EXPECT_TRUE(file.ok()) << file.status().text();
  ::onnx::ModelProto model;
  EXPECT_TRUE(model.ParseFromString(*file));
  return model;
}

// "y = Conv(x, w)"
std::vector<std::string> lines_of(const ::onnx::ModelProto& model) {
  std::vector<std::string> lines;
  for (const auto& node : model.graph().node()) {
    lines.push_back(fmt::format("{} = {}({})", node.output(0), node.op_type(), fmt::join(node.input(), ", ")));
  }
  return lines;
}

const ::onnx::TensorProto& constant(const ::onnx::ModelProto& model, const std::string& name) {
  for (const auto& tensor : model.graph().initializer()) {
    if (tensor.name() == name) return tensor;
  }
  ADD_FAILURE() << "no constant " << name;
  return model.graph().initializer(0);
}

std::vector<int64_t> dims_of(const ::onnx::TensorProto& tensor) {
  return {tensor.dims().begin(), tensor.dims().end()};
}

constexpr const char* kConvolution = R"(graph "g" {
  input x: i8[1,2,3,2] scale=0.5 zero_point=3
  const w: i8[2,1,1,2] axis=0 scale=[0.25,0.125] = [1,2,3,4]
  const b: i32[2] axis=0 scale=[0.125,0.0625] = [5,6]
  y: i8[1,2,3,2] scale=1 zero_point=-128 = conv2d(x, w, b) activation=relu
  output y
}
)";

TEST(ToOnnx, AnImageLayerStandsBetweenTransposesAtTheModelsBorder) {
  const ::onnx::ModelProto model = model_of(kConvolution);
  EXPECT_THAT(lines_of(model),
              ElementsAre("x_dequantized = DequantizeLinear(x, x_scale, x_zero_point)",
                          "x_dequantized_transposed = Transpose(x_dequantized)",
                          "w_nchw_dequantized = DequantizeLinear(w_nchw, w_nchw_scale, w_nchw_zero_point)",
                          "b_dequantized = DequantizeLinear(b, b_scale)",
                          "y_nchw_real = Conv(x_dequantized_transposed, w_nchw_dequantized, b_dequantized)",
                          "y_nchw = QuantizeLinear(y_nchw_real, y_nchw_scale, y_nchw_zero_point)",
                          "y_nchw_dequantized = DequantizeLinear(y_nchw, y_nchw_scale, y_nchw_zero_point)",
                          "y_nchw_dequantized_transposed = Transpose(y_nchw_dequantized)",
                          "y = QuantizeLinear(y_nchw_dequantized_transposed, y_scale, y_zero_point)"));
  EXPECT_THAT(dims_of(constant(model, "w_nchw")), ElementsAre(2, 2, 1, 1));
  EXPECT_EQ(constant(model, "w_nchw").data_type(), ::onnx::TensorProto::INT8);
  EXPECT_EQ(constant(model, "b").data_type(), ::onnx::TensorProto::INT32);
  EXPECT_EQ(model.graph().node(2).attribute(0).name(), "axis");
  EXPECT_EQ(model.graph().node(2).attribute(0).i(), 0);
  EXPECT_EQ(model.opset_import(0).version(), 17);
}

TEST(ToOnnx, TransposesOfTheGraphThatTheFileDoesNotNeedAreGone) {
  const ::onnx::ModelProto model = model_of(R"(graph "g" {
  input x: f32[1,2,3,4]
  const w: f32[1,1,1,2] = [1,2]
  x_nhwc: f32[1,3,4,2] = transpose(x) perm=[0,2,3,1]
  a_nhwc: f32[1,3,4,1] = conv2d(x_nhwc, w)
  b_nhwc: f32[1,3,4,1] = relu(a_nhwc)
  y: f32[1,1,3,4] = transpose(b_nhwc) perm=[0,3,1,2]
  output y
}
)");
  EXPECT_THAT(lines_of(model), ElementsAre("a = Conv(x, w_nchw)", "b = Relu(a)", "y = Identity(b)"));
}

TEST(ToOnnx, AnIntegersRealsAreTheOutputOfTheModel) {
  const ::onnx::ModelProto model = model_of(R"(graph "g" {
  input x: f32[1,2]
  x_quantized: i8[1,2] scale=0.5 zero_point=3 = quantize(x) ties_to_even=true
  y_quantized: i8[1,2] scale=0.00390625 zero_point=-128 = sigmoid(x_quantized)
  y: f32[1,2] = dequantize(y_quantized)
  output y
}
)");
  EXPECT_THAT(lines_of(model),
              ElementsAre("x_quantized = QuantizeLinear(x, x_quantized_scale, x_quantized_zero_point)",
                          "x_dequantized = DequantizeLinear(x_quantized, x_quantized_scale, x_quantized_zero_point)",
                          "y_1 = Sigmoid(x_dequantized)",
                          "y_quantized = QuantizeLinear(y_1, y_quantized_scale, y_quantized_zero_point)",
                          "y = DequantizeLinear(y_quantized, y_quantized_scale, y_quantized_zero_point)"));
}

TEST(ToOnnx, IntegersThatStandForNoRealsAreNotLimited) {
  const ::onnx::ModelProto model =
      model_of("graph g {\n input x: i8[3]\n y: i8[1,3] = reshape(x) shape=[1,3]\n output y\n}");
  EXPECT_THAT(lines_of(model), ElementsAre("y = Reshape(x, y_shape)"));
}

TEST(ToOnnx, AttributesHaveTheTypesThatOnnxAsksFor) {
  const ::onnx::ModelProto tests =
      model_of("graph g {\n input x: f32[3]\n y: bool[3] = is_inf(x) detect_negative=0.0\n output y\n}");
  EXPECT_EQ(tests.graph().node(0).attribute(0).type(), ::onnx::AttributeProto::INT);
  EXPECT_EQ(tests.graph().node(0).attribute(0).i(), 0);
  const ::onnx::ModelProto grows = model_of("graph g {\n input x: f32[3]\n y: f32[3] = elu(x) alpha=0.5\n output y\n}");
  EXPECT_EQ(grows.graph().node(0).attribute(0).type(), ::onnx::AttributeProto::FLOAT);
  EXPECT_EQ(grows.graph().node(0).attribute(0).f(), 0.5F);
}

TEST(ToOnnx, NodesOfOneNameGetNamesOfTheirOwn) {
  // A split of the file is several slices of its name, whose outputs are of any names at all.
  const ::onnx::ModelProto model = model_of(R"(graph "g" {
  input x: f32[4]
  a: f32[2] = slice(x) begins=[0] sizes=[2] steps=[1] @split
  split_1: f32[2] = slice(x) begins=[2] sizes=[2] steps=[1] @split
  y: f32[2] = add(a, split_1) activation=relu @split_activation
  output y
}
)");
  std::set<std::string> nodes, tensors;
  for (const auto& node : model.graph().node()) {
    EXPECT_TRUE(nodes.insert(node.name()).second) << node.name();
    EXPECT_TRUE(tensors.insert(node.output(0)).second) << node.output(0);
  }
  for (const auto& tensor : model.graph().initializer()) EXPECT_TRUE(tensors.insert(tensor.name()).second);
  EXPECT_EQ(model.graph().node_size(), 4);
}

TEST(ToOnnx, SixteenBitsTakeTheOpsetThatHasThem) {
  const ::onnx::ModelProto model = model_of(R"(graph "g" {
  input x: f32[1,2]
  y: i16[1,2] scale=0.5 = quantize(x) dtype=i16 ties_to_even=true
  output y
}
)");
  EXPECT_EQ(model.opset_import(0).version(), 21);
  EXPECT_EQ(constant(model, "y_zero_point").data_type(), ::onnx::TensorProto::INT16);
}

TEST(ToOnnx, TheMetadataSayHowOftenRequantisingRounds) {
  const std::string plain = "{\n input x: f32[1]\n y: f32[1] = relu(x)\n output y\n}";
  for (const auto& [header, name] :
       {std::pair{"graph g ", "two_roundings"}, {"graph g requantization=one_rounding ", "one_rounding"}}) {
    const ::onnx::ModelProto model = model_of(header + plain);
    ASSERT_EQ(model.metadata_props_size(), 1);
    EXPECT_EQ(model.metadata_props(0).key(), "tinymlc.requantization");
    EXPECT_EQ(model.metadata_props(0).value(), name);
  }
}

TEST(ToOnnx, ATypeThatOnnxCannotQuantiseToIsRefusedByName) {
  const auto graph = ir::from_text(R"(graph "g" {
  const w: i64[2] scale=0.5 = [1,2]
  y: f32[2] = dequantize(w) @reals
  output y
}
)");
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  const auto file = to_onnx(*graph);
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.status().code(), Error::kUnsupportedType);
  EXPECT_THAT(file.status().text(), HasSubstr("'reals': ONNX has no tensors quantised to i64"));
}

}  // namespace
}  // namespace tmc::exporter
