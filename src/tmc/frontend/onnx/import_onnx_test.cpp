// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/import_onnx.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tmc/base/host/files.hpp"
#include "tmc/frontend/common/testing/node_lines.hpp"
#include "tmc/frontend/onnx/testing/model_builder.hpp"

namespace tmc::frontend::onnx_format {
namespace {

namespace fs = std::filesystem;
using ::onnx::TensorProto;
using testing::HasSubstr;

std::string refusal(const ModelBuilder& model, Error code) {
  const Result<ir::Graph> graph = import_onnx(model.bytes(), {});
  if (graph.ok()) return "imported:\n" + ir::to_text(*graph);
  EXPECT_EQ(graph.status().code(), code) << graph.status().text();
  return graph.status().text();
}

TEST(ImportOnnx, SmallNetworkBecomesTheGraphOfItsFile) {
  const Result<ir::Graph> graph = import_onnx(small_network().bytes(), {});
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_EQ(ir::to_text(*graph, {.largest_constant_bytes = 16}), R"(graph "test" requantization=one_rounding {
  input x: f32[1,2,4,4]
  const w_q: i8[3,2,3,3] axis=0 scale=[0.1,0.2,0.3] = ...
  const dense_q: i8[12,2] scale=0.5 = ...
  const dense_weights: i8[2,12] scale=0.5 = ...
  const bias: f32[2] = [1,-1]
  x_dq_q: i8[1,2,4,4] scale=0.5 zero_point=-3 = quantize(x) ties_to_even=true @"QuantizeLinear:x_dq_q"
  x_dq: f32[1,2,4,4] = dequantize(x_dq_q) @"DequantizeLinear:x_dq"
  w: f32[3,2,3,3] = dequantize(w_q) @"DequantizeLinear:w"
  conv: f32[1,3,4,4] = conv2d(x_dq, w, _) pad_top=1 pad_left=1 pad_bottom=1 pad_right=1 layout=nchw @the_conv
  relu: f32[1,3,4,4] = relu(conv) @"Relu:relu"
  relu_dq_q: i8[1,3,4,4] scale=0.25 zero_point=-128 = quantize(relu) ties_to_even=true @"QuantizeLinear:relu_dq_q"
  relu_dq: f32[1,3,4,4] = dequantize(relu_dq_q) @"DequantizeLinear:relu_dq"
  pool: f32[1,3,2,2] = max_pool2d(relu_dq) kernel_h=2 kernel_w=2 stride_h=2 stride_w=2 layout=nchw @"MaxPool:pool"
  flat: f32[1,12] = reshape(pool) shape=[1,12] @"Flatten:flat"
  dense_w: f32[12,2] = dequantize(dense_q) @"DequantizeLinear:dense_w"
  dense_weights_dequantize: f32[2,12] = dequantize(dense_weights)
  dense: f32[1,2] = fully_connected(flat, dense_weights_dequantize) @"MatMul:dense"
  sum: f32[1,2] = add(dense, bias) @"Add:sum"
  y_q: i8[1,2] scale=1 = quantize(sum) ties_to_even=true @"QuantizeLinear:y_q"
  y: f32[1,2] = dequantize(y_q) @"DequantizeLinear:y"
  output y
}
)");
}

TEST(ImportOnnx, OrderOfNodesInTheFileDoesNotMatter) {
  ModelBuilder model = small_network();
  std::reverse(model.graph().mutable_node()->begin(), model.graph().mutable_node()->end());
  const Result<ir::Graph> graph = import_onnx(model.bytes(), {});
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_EQ(graph->order().size(), import_onnx(small_network().bytes(), {})->order().size());
}

TEST(ImportOnnx, Uint8IsShiftedInsideAndKeptAtTheBorder) {
  ModelBuilder m;
  m.input("x", {2}, TensorProto::UINT8);
  m.scalar<float>("s", 0.5f);
  m.scalar<uint8_t>("z", 130);
  m.op("DequantizeLinear", {"x", "s", "z"}, {"a"});
  m.constant<uint8_t>("c", {2}, {0, 255});
  m.op("DequantizeLinear", {"c", "s", "z"}, {"b"});
  m.op("Add", {"a", "b"}, {"sum"});
  m.op("QuantizeLinear", {"sum", "s"}, {"y"});
  m.output("y");
  const Result<ir::Graph> graph = import_onnx(m.bytes(), {});
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_EQ(ir::to_text(*graph), R"(graph "test" requantization=one_rounding {
  input x: u8[2] scale=0.5 zero_point=130
  const c: i8[2] scale=0.5 zero_point=2 = [-128,127]
  x_i8: i8[2] scale=0.5 zero_point=2 = requantize(x)
  a: f32[2] = dequantize(x_i8) @"DequantizeLinear:a"
  b: f32[2] = dequantize(c) @"DequantizeLinear:b"
  sum: f32[2] = add(a, b) @"Add:sum"
  y_i8: i8[2] scale=0.5 zero_point=-128 = quantize(sum) ties_to_even=true @"QuantizeLinear:y"
  y: u8[2] scale=0.5 = requantize(y_i8) dtype=u8
  output y
}
)");
}

TEST(ImportOnnx, TheMetadataSayHowOftenRequantisingRounds) {
  ModelBuilder m = small_network();
  EXPECT_EQ(import_onnx(m.bytes(), {})->requantization, ir::Requantization::kOneRounding);
  auto& entry = *m.model.add_metadata_props();
  entry.set_key("tinymlc.requantization");
  entry.set_value("two_roundings");
  EXPECT_EQ(import_onnx(m.bytes(), {})->requantization, ir::Requantization::kTwoRoundings);
  entry.set_value("three_roundings");
  EXPECT_THAT(refusal(m, Error::kMalformed), HasSubstr("'tinymlc.requantization' is 'three_roundings'"));
}

TEST(ImportOnnx, OpenExtentsAskForAShape) {
  ModelBuilder m;
  m.input("x", {-1, 3});
  m.op("Relu", {"x"}, {"y"});
  m.output("y");
  EXPECT_THAT(refusal(m, Error::kUnsupportedShape), HasSubstr("--shape x=1x3"));
  const Result<ir::Graph> graph = import_onnx(m.bytes(), {}, {.shapes = {{"x", Shape::of(7, 3)}}});
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_EQ(graph->value(graph->outputs()[0]).type.shape, Shape::of(7, 3));
  EXPECT_THAT(import_onnx(m.bytes(), {}, {.shapes = {{"z", Shape::of(7)}}}).status().text(), HasSubstr("'z'"));
  m.graph().mutable_input(0)->mutable_type()->mutable_tensor_type()->clear_shape();
  EXPECT_THAT(refusal(m, Error::kUnsupportedShape), HasSubstr("--shape x="));
}

TEST(ImportOnnx, AllOperatorsWithoutImporterAreNamedAtOnce) {
  ModelBuilder m = small_network();
  m.op("RegexFullMatch", {"x"}, {"e"});
  m.op("StringSplit", {"x"}, {"l"}).set_name("at");
  m.op("Relu", {"x"}, {"r"}).set_domain("com.example");
  EXPECT_EQ(refusal(m, Error::kUnsupportedOp),
            "3 operators are not supported:\n"
            "  RegexFullMatch: 'RegexFullMatch:e'\n"
            "  StringSplit: 'at'\n"
            "  com.example:Relu: 'Relu:r'\n"
            "  hint: export the model without them, or describe them with --custom (docs/custom-operators.md)");
}

TEST(ImportOnnx, TypedFieldsHoldConstantsToo) {
  ModelBuilder m;
  m.input("x", {3});
  auto& c = *m.graph().add_initializer();
  c.set_name("c");
  c.set_data_type(TensorProto::FLOAT);
  c.add_dims(3);
  for (const float value : {1.0f, 2.0f, 3.0f}) c.add_float_data(value);
  m.op("Add", {"x", "c"}, {"y"});
  m.output("y");
  const Result<ir::Graph> graph = import_onnx(m.bytes(), {});
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_THAT(ir::to_text(*graph), HasSubstr("const c: f32[3] = [1,2,3]"));
  c.add_float_data(4);
  EXPECT_THAT(refusal(m, Error::kMalformed), HasSubstr("node 'c': it needs 3 elements of data, the file has 4"));
}

// --- external data

class ExternalData : public testing::Test {
 protected:
  void SetUp() override {
    Result<ScratchFolder> made = ScratchFolder::make();
    ASSERT_TRUE(made.ok());
    folder_.emplace(std::move(made).value());
    model_folder_ = folder_->path() / "model";
    fs::create_directory(model_folder_);
    const float values[] = {9, 1, 2, 3};
    const std::string bytes(reinterpret_cast<const char*>(values), sizeof values);
    ASSERT_TRUE(write_file(model_folder_ / "weights.bin", bytes).ok());
    ASSERT_TRUE(write_file(folder_->path() / "secret.bin", bytes).ok());
  }
  Result<ir::Graph> import(const std::string& location, const std::string& offset, const std::string& length) {
    ModelBuilder m;
    m.input("x", {3});
    auto& c = *m.graph().add_initializer();
    c.set_name("c");
    c.set_data_type(TensorProto::FLOAT);
    c.add_dims(3);
    c.set_data_location(TensorProto::EXTERNAL);
    const std::pair<const char*, std::string> entries[] = {
        {"location", location}, {"offset", offset}, {"length", length}};
    for (const auto& [key, value] : entries) {
      if (value.empty()) continue;
      auto* entry = c.add_external_data();
      entry->set_key(key);
      entry->set_value(value);
    }
    m.op("Add", {"x", "c"}, {"y"});
    m.output("y");
    return import_onnx(m.bytes(), model_folder_);
  }

  std::optional<ScratchFolder> folder_;
  fs::path model_folder_;
};

TEST_F(ExternalData, IsReadFromTheModelsFolder) {
  for (const char* length : {"12", ""}) {
    const Result<ir::Graph> graph = import("weights.bin", "4", length);
    ASSERT_TRUE(graph.ok()) << graph.status().text();
    EXPECT_THAT(ir::to_text(*graph), HasSubstr("const c: f32[3] = [1,2,3]"));
  }
}

TEST_F(ExternalData, OutsideTheFileIsRefused) {
  EXPECT_THAT(import("weights.bin", "8", "12").status().text(), HasSubstr("its 12 bytes from byte 8 lie outside"));
  EXPECT_THAT(import("weights.bin", "18446744073709551615", "").status().text(), HasSubstr("lie outside"));
  EXPECT_THAT(import("weights.bin", "0", "16").status().text(), HasSubstr("needs 12 bytes"));
  EXPECT_THAT(import("weights.bin", "-4", "12").status().text(), HasSubstr("offset '-4'"));
  EXPECT_THAT(import("weights.bin", "99999999999999999999", "12").status().text(), HasSubstr("offset '9999"));
  EXPECT_THAT(import("none.bin", "0", "12").status().text(), HasSubstr("'none.bin', is not there"));
  EXPECT_THAT(import("", "0", "12").status().text(), HasSubstr("name no file"));
}

TEST_F(ExternalData, OutsideTheFolderIsRefused) {
  const std::string secret = (folder_->path() / "secret.bin").string();
  fs::create_symlink(secret, model_folder_ / "link.bin");
  fs::create_directory(folder_->path() / "model2");
  ASSERT_TRUE(write_file(folder_->path() / "model2" / "w.bin", std::string(16, 'x')).ok());
  fs::create_directory_symlink(folder_->path() / "model2", model_folder_ / "sub");
  for (const std::string& location :
       {std::string("../secret.bin"), secret, std::string("link.bin"), std::string("./x/../../secret.bin"),
        std::string("sub/w.bin"), std::string("/dev/zero")}) {
    EXPECT_THAT(import(location, "4", "12").status().text(), HasSubstr("the model's folder")) << location;
  }
  EXPECT_FALSE(import(".", "0", "12").ok());
}

// --- damage that a sound message can hold

struct Damage {
  const char* name;
  void (*apply)(ModelBuilder&);
  Error code;
  const char* message;
};

class DamagedOnnx : public testing::TestWithParam<Damage> {};

TEST_P(DamagedOnnx, IsRefusedWithItsReason) {
  ModelBuilder model = small_network();
  GetParam().apply(model);
  EXPECT_THAT(refusal(model, GetParam().code), HasSubstr(GetParam().message));
}

// Constants by index: 0 x_dq_scale, 1 x_dq_zero, 2 w_q, 3 w_scale, 4 w_zero. Nodes: 0 quantise, 1 and 2 dequantise, 3
// conv.
INSTANTIATE_TEST_SUITE_P(
    ImportOnnx, DamagedOnnx,
    testing::Values(
        Damage{"no_graph", [](ModelBuilder& m) { m.model.clear_graph(); }, Error::kMalformed, "no ONNX file"},
        Damage{"opset", [](ModelBuilder& m) { m.model.mutable_opset_import(0)->set_version(99); },
               Error::kUnsupportedOp, "opset is 99"},
        Damage{"no_opset", [](ModelBuilder& m) { m.model.clear_opset_import(); }, Error::kUnsupportedOp, "opset is 0"},
        Damage{"short_constant", [](ModelBuilder& m) { m.constant_at(2).mutable_raw_data()->pop_back(); },
               Error::kMalformed, "needs 54 bytes of data, the file has 53"},
        Damage{"absurd_extents", [](ModelBuilder& m) { m.constant_at(2).set_dims(0, INT64_MAX); },
               Error::kUnsupportedShape, "node 'w_q'"},
        Damage{"huge_constant", [](ModelBuilder& m) { m.constant_at(2).set_dims(0, int64_t{1} << 27); },
               Error::kUnsupportedShape, "node 'w_q'"},
        Damage{"zero_size", [](ModelBuilder& m) { m.constant_at(2).set_dims(0, 0); }, Error::kMalformed, "node 'w_q'"},
        Damage{"negative_extent", [](ModelBuilder& m) { m.constant_at(2).set_dims(0, -3); }, Error::kUnsupportedShape,
               "node 'w_q'"},
        Damage{"element_type", [](ModelBuilder& m) { m.constant_at(2).set_data_type(TensorProto::COMPLEX64); },
               Error::kUnsupportedType, "ONNX type 14"},
        Damage{"external_without_folder",
               [](ModelBuilder& m) {
                 m.constant_at(2).set_data_location(TensorProto::EXTERNAL);
                 auto* entry = m.constant_at(2).add_external_data();
                 entry->set_key("location");
                 entry->set_value("weights.bin");
               },
               Error::kMalformed, "outside the model's folder"},
        Damage{"two_constants_of_a_name", [](ModelBuilder& m) { m.constant_at(3).set_name("w_q"); }, Error::kMalformed,
               "two constants named 'w_q'"},
        Damage{"two_inputs_of_a_name",
               [](ModelBuilder& m) {
                 m.input("x", {1, 2, 4, 4});
               },
               Error::kMalformed, "two inputs named 'x'"},
        Damage{"scale_count",
               [](ModelBuilder& m) {
                 m.constant_at(4).set_dims(0, 2);
                 m.constant_at(4).mutable_raw_data()->resize(2);
               },
               Error::kMalformed, "3 scales and 2 zero points"},
        Damage{"scale_axis", [](ModelBuilder& m) { m.node(2).mutable_attribute(0)->set_i(1); }, Error::kMalformed,
               "3 scales"},
        Damage{"axis_outside", [](ModelBuilder& m) { m.node(2).mutable_attribute(0)->set_i(4); }, Error::kMalformed,
               "axis 4"},
        Damage{"zero_scale", [](ModelBuilder& m) { m.constant_at(0).set_raw_data(std::string(4, '\0')); },
               Error::kMalformed, "scale 0"},
        Damage{"computed_scale", [](ModelBuilder& m) { m.node(0).set_input(1, "x"); }, Error::kMalformed,
               "its scale does not fit its input"},
        Damage{"other_scale",
               [](ModelBuilder& m) {
                 m.scalar<float>("other", 3);
                 m.node(1).set_input(1, "other");
               },
               Error::kUnsupportedType, "another scale"},
        Damage{"attribute_type",
               [](ModelBuilder& m) { m.node(2).mutable_attribute(0)->set_type(::onnx::AttributeProto::FLOAT); },
               Error::kMalformed, "its attribute 'axis' has the type"},
        Damage{"pads_of_three_axes", [](ModelBuilder& m) { m.node(3).mutable_attribute(0)->add_ints(1); },
               Error::kMalformed, "node 'the_conv'"},
        Damage{"huge_pad", [](ModelBuilder& m) { m.node(3).mutable_attribute(0)->set_ints(0, INT64_MAX); },
               Error::kUnsupportedShape, "its pads hold"},
        Damage{"zero_stride",
               [](ModelBuilder& m) {
                 ModelBuilder::set(m.node(3), "strides", ModelBuilder::Dims{0, 1});
               },
               Error::kUnsupportedShape, "its window holds 0"},
        Damage{"kernel_shape",
               [](ModelBuilder& m) {
                 ModelBuilder::set(m.node(3), "kernel_shape", ModelBuilder::Dims{5, 5});
               },
               Error::kMalformed, "kernel_shape"},
        Damage{"group", [](ModelBuilder& m) { ModelBuilder::set(m.node(3), "group", int64_t{1} << 40); },
               Error::kMalformed, "'group' is 1099511627776"},
        Damage{"dangling_input", [](ModelBuilder& m) { m.node(3).set_input(0, "nowhere"); }, Error::kMalformed,
               "node 'the_conv': tensor 'nowhere' is read, but nothing produces it"},
        Damage{"missing_input", [](ModelBuilder& m) { m.node(3).clear_input(); }, Error::kMalformed,
               "input 0 is missing"},
        Damage{"dangling_output", [](ModelBuilder& m) { m.graph().mutable_output(0)->set_name("nowhere"); },
               Error::kMalformed, "'nowhere' is produced by nothing"},
        Damage{"no_outputs", [](ModelBuilder& m) { m.graph().clear_output(); }, Error::kMalformed, "no output"},
        Damage{"node_without_output", [](ModelBuilder& m) { m.node(3).clear_output(); }, Error::kMalformed,
               "no output"},
        Damage{"cycle", [](ModelBuilder& m) { m.node(3).set_input(0, "relu"); }, Error::kMalformed, "cycle"},
        Damage{"two_producers", [](ModelBuilder& m) { m.node(4).set_output(0, "conv"); }, Error::kMalformed,
               "node 'the_conv' gives already"},
        Damage{"sequence_input",
               [](ModelBuilder& m) { m.graph().mutable_input(0)->mutable_type()->mutable_sequence_type(); },
               Error::kUnsupportedType, "is a sequence"}),
    [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace tmc::frontend::onnx_format
