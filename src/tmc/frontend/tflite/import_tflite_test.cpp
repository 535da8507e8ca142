// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_tflite.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/frontend/common/testing/node_lines.hpp"
#include "tmc/frontend/tflite/testing/model_builder.hpp"

namespace tmc::frontend::tflite {
namespace {

using schema::BuiltinOperator;
using testing::HasSubstr;

// The text of the error, which must be of that code.
std::string refusal(const ModelBuilder& model, Error code) {
  const Result<ir::Graph> graph = import_tflite(model.bytes());
  if (graph.ok()) return "imported:\n" + ir::to_text(*graph);
  EXPECT_EQ(graph.status().code(), code) << graph.status().text();
  return graph.status().text();
}

TEST(ImportTflite, SmallNetworkBecomesTheGraphOfItsFile) {
  const Result<ir::Graph> graph = import_tflite(small_network().bytes());
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_EQ(ir::to_text(*graph, {.largest_constant_bytes = 16}), R"(graph "" {
  input x: i8[1,6,6,2] scale=0.5 zero_point=-3
  const conv/w: i8[4,3,3,2] axis=0 scale=[0.1,0.2,0.3,0.4] = ...
  const conv/b: i32[4] axis=0 scale=[0.05,0.1,0.15,0.2] = [100,-100,5,0]
  const dense/w: i8[3,4] scale=0.1 = [-5,-5,-5,-5,-5,-5,-5,-5,-5,-5,-5,-5]
  conv: i8[1,3,3,4] scale=0.25 zero_point=-128 = conv2d(x, conv/w, conv/b) stride_h=2 stride_w=2 pad_bottom=1 pad_right=1 activation=relu @"conv_2d:conv"
  pool: i8[1,1,1,4] scale=0.25 zero_point=-128 = average_pool2d(conv) kernel_h=3 kernel_w=3 stride_h=3 stride_w=3 @"average_pool_2d:pool"
  flat: i8[1,4] scale=0.25 zero_point=-128 = reshape(pool) shape=[-1,4] @"reshape:flat"
  dense: i8[1,3] scale=0.5 zero_point=10 = fully_connected(flat, dense/w, _) @"fully_connected:dense"
  y: i8[1,3] scale=0.00390625 zero_point=-128 = softmax(dense) @"softmax:y"
  output y
}
)");
}

TEST(ImportTflite, OrderOfOperatorsInTheFileDoesNotMatter) {
  ModelBuilder model = small_network();
  std::ranges::reverse(model.graph().operators);
  EXPECT_EQ(node_lines(import_tflite(model.bytes())), node_lines(import_tflite(small_network().bytes())));
}

TEST(ImportTflite, FileMayLieAtAnyAddress) {
  const std::vector<std::byte> file = small_network().bytes();
  std::vector<std::byte> moved(file.size() + 1);
  std::ranges::copy(file, moved.begin() + 1);
  EXPECT_TRUE(import_tflite(std::span(moved).subspan(1)).ok());
}

TEST(ImportTflite, OldOperatorCodesCount) {
  ModelBuilder model = small_network();
  for (auto& code : model.model.operator_codes) {
    code->deprecated_builtin_code = static_cast<int8_t>(std::exchange(code->builtin_code, BuiltinOperator::ADD));
  }
  EXPECT_EQ(node_lines(import_tflite(model.bytes())), node_lines(import_tflite(small_network().bytes())));
}

TEST(ImportTflite, ConstantMayLieBehindTheTables) {
  ModelBuilder model = small_network();
  schema::BufferT& buffer = *model.model.buffers[1];
  const std::vector<uint8_t> data = std::exchange(buffer.data, {});
  buffer.offset = model.bytes().size() + 16;  // the two fields make the tables longer
  buffer.size = data.size();
  std::vector<std::byte> file = model.bytes();
  buffer.offset = file.size();
  file = model.bytes();
  ASSERT_EQ(file.size(), buffer.offset);
  EXPECT_THAT(import_tflite(file).status().text(), HasSubstr("outside the file"));
  std::ranges::copy(std::as_bytes(std::span(data)), std::back_inserter(file));
  EXPECT_EQ(node_lines(import_tflite(file)), node_lines(import_tflite(small_network().bytes())));
}

TEST(ImportTflite, Uint8IsShiftedInsideAndKeptAtTheBorder) {
  ModelBuilder model;
  const int32_t x = model.input("x", {2}, 0.5f, 130, schema::TensorType::UINT8);
  const int32_t c = model.constant<uint8_t>("c", {2}, {0, 255}, 0.25f, 128);
  const int32_t y = model.output("y", {2}, 1, 0, schema::TensorType::UINT8);
  model.op(BuiltinOperator::ADD, {x, c}, {y}, schema::AddOptionsT());
  const Result<ir::Graph> graph = import_tflite(model.bytes());
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_EQ(ir::to_text(*graph), R"(graph "" {
  input x: u8[2] scale=0.5 zero_point=130
  const c: i8[2] scale=0.25 = [-128,127]
  x_i8: i8[2] scale=0.5 zero_point=2 = requantize(x)
  y_i8: i8[2] scale=1 zero_point=-128 = add(x_i8, c) @"add:y"
  y: u8[2] scale=1 = requantize(y_i8) dtype=u8
  output y
}
)");
}

TEST(ImportTflite, DepthwiseWeightsBecomeOneFilterPerChannelWithItsScale) {
  ModelBuilder model;
  const int32_t w = model.constant<int8_t>("w", {1, 2, 1, 3}, {1, 2, 3, 4, 5, 6});
  ModelBuilder::quantize(model.tensor_at(w), {0.5f, 0.25f, 0.125f}, {0, 0, 0}, 3);
  schema::DepthwiseConv2DOptionsT options;
  options.stride_h = options.stride_w = 1;
  options.padding = schema::Padding::VALID;
  model.op(BuiltinOperator::DEPTHWISE_CONV_2D, {model.input("x", {1, 2, 1, 3}, 1), w},
           {model.output("y", {1, 1, 1, 3}, 1)}, options);
  const Result<ir::Graph> graph = import_tflite(model.bytes());
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_THAT(ir::to_text(*graph), HasSubstr("const w: i8[3,2,1,1] axis=0 scale=[0.5,0.25,0.125] = [1,4,2,5,3,6]\n"));
}

// A fully connected layer of int16 activations.
template <typename T>
ModelBuilder int16_layer(const std::vector<T>& bias) {
  ModelBuilder m;
  const int32_t x = m.input("x", {1, 3}, 0.5f, 0, schema::TensorType::INT16);
  const int32_t w = m.constant<int8_t>("w", {2, 3}, {1, 2, 3, 4, 5, 6}, 0.25f);
  const int32_t b = m.constant<T>("b", {2}, bias, 0.125f);
  m.op(BuiltinOperator::FULLY_CONNECTED, {x, w, b}, {m.output("y", {1, 2}, 0.5f, 0, schema::TensorType::INT16)},
       schema::FullyConnectedOptionsT());
  return m;
}

TEST(ImportTflite, WideBiasOfAnInt16LayerIsHeldIn32Bits) {
  const Result<ir::Graph> graph = import_tflite(int16_layer<int64_t>({INT32_MIN, INT32_MAX}).bytes());
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_THAT(ir::to_text(*graph), HasSubstr("const b: i32[2] scale=0.125 = [-2147483648,2147483647]"));
  EXPECT_THAT(ir::to_text(*graph), HasSubstr("y: i16[1,2] scale=0.5 = fully_connected(x, w, b)"));
  EXPECT_THAT(refusal(int16_layer<int64_t>({0, int64_t{1} << 31}), Error::kUnsupportedType),
              HasSubstr("a bias of 2147483648 is beyond 32 bits"));
}

TEST(ImportTflite, NarrowBiasOfAnInt16LayerIsRefused) {
  EXPECT_THAT(refusal(int16_layer<int32_t>({0, 1}), Error::kUnsupportedType),
              HasSubstr("its input is int16 and its biases are i32"));
}

TEST(ImportTflite, SumsOfInt16ByShiftsAreRefused) {
  const auto sum = [](float y_scale, bool pot_scale_int16) {
    ModelBuilder m;
    const int32_t a = m.input("a", {4}, 0.5f, 0, schema::TensorType::INT16);
    const int32_t b = m.input("b", {4}, 0.25f, 0, schema::TensorType::INT16);
    schema::AddOptionsT options;
    options.pot_scale_int16 = pot_scale_int16;
    m.op(schema::BuiltinOperator::ADD, {a, b}, {m.output("y", {4}, y_scale, 0, schema::TensorType::INT16)}, options);
    return m;
  };
  EXPECT_THAT(refusal(sum(0.5f, true), Error::kUnsupportedType), HasSubstr("it adds int16 by shifts"));
  EXPECT_TRUE(import_tflite(sum(0.5f, false).bytes()).ok());
  EXPECT_TRUE(import_tflite(sum(0.3f, true).bytes()).ok());
}

TEST(ImportTflite, InputShapeCanBeGiven) {
  ModelBuilder model;
  const int32_t x = model.input("x", {-1, 3}, 0.5f);
  model.op(BuiltinOperator::RELU, {x}, {model.output("y", {-1, 3}, 0.5f)});
  EXPECT_THAT(refusal(model, Error::kUnsupportedShape), HasSubstr("--shape x=1x3"));
  const Result<ir::Graph> graph = import_tflite(model.bytes(), {.shapes = {{"x", Shape::of(7, 3)}}});
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_EQ(graph->value(graph->outputs()[0]).type.shape, Shape::of(7, 3));
  EXPECT_THAT(import_tflite(model.bytes(), {.shapes = {{"z", Shape::of(7, 3)}}}).status().text(), HasSubstr("'z'"));
}

TEST(ImportTflite, AllOperatorsWithoutImporterAreNamedAtOnce) {
  ModelBuilder model = small_network();
  model.model.operator_codes[1]->builtin_code = BuiltinOperator::L2_POOL_2D;
  model.model.operator_codes[3]->builtin_code = BuiltinOperator::CUSTOM;
  model.model.operator_codes[3]->custom_code = "Mine";
  model.model.operator_codes[4]->builtin_code = static_cast<BuiltinOperator>(999);
  EXPECT_EQ(refusal(model, Error::kUnsupportedOp),
            "3 operators are not supported:\n"
            "  builtin_999: 'builtin_999:y'\n"
            "  custom:Mine: 'custom:Mine:dense'\n"
            "  l2_pool_2d: 'l2_pool_2d:pool'\n"
            "  hint: export the model without them, or describe them with --custom (docs/custom-operators.md)");
}

// --- damage that a sound flatbuffer can hold

struct Damage {
  const char* name;
  void (*apply)(ModelBuilder&);
  Error code;
  const char* message;
};

class DamagedTflite : public testing::TestWithParam<Damage> {};

TEST_P(DamagedTflite, IsRefusedWithItsReason) {
  ModelBuilder model = small_network();
  GetParam().apply(model);
  EXPECT_THAT(refusal(model, GetParam().code), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    ImportTflite, DamagedTflite,
    testing::Values(
        Damage{"version", [](ModelBuilder& m) { m.model.version = 2; }, Error::kMalformed, "schema version 2"},
        Damage{"no_graph", [](ModelBuilder& m) { m.model.subgraphs.clear(); }, Error::kMalformed, "no graph"},
        Damage{"two_graphs",
               [](ModelBuilder& m) {
                 m.model.subgraphs.push_back(std::make_unique<schema::SubGraphT>());
                 m.model.subgraphs[1]->tensors.push_back(std::make_unique<schema::TensorT>());
               },
               Error::kUnsupportedOp, "2 graphs"},
        Damage{"no_tensors", [](ModelBuilder& m) { m.graph().tensors.clear(); }, Error::kMalformed, "no tensors"},
        Damage{"input_index", [](ModelBuilder& m) { m.graph().inputs = {99}; }, Error::kMalformed, "tensor 99 of"},
        Damage{"output_index", [](ModelBuilder& m) { m.graph().outputs = {-1}; }, Error::kMalformed, "tensor -1 of"},
        Damage{"operator_input_index", [](ModelBuilder& m) { m.graph().operators[0]->inputs[1] = 1 << 30; },
               Error::kMalformed, "an operator's input names tensor"},
        Damage{"operator_output_index", [](ModelBuilder& m) { m.graph().operators[0]->outputs[0] = -1; },
               Error::kMalformed, "an operator's output names tensor"},
        Damage{"code_index", [](ModelBuilder& m) { m.graph().operators[0]->opcode_index = 77; }, Error::kMalformed,
               "code index 77"},
        Damage{"buffer_index", [](ModelBuilder& m) { m.tensor_at(1).buffer = 1000; }, Error::kMalformed, "buffer 1000"},
        Damage{"buffer_outside",
               [](ModelBuilder& m) {
                 m.model.buffers[1]->offset = UINT64_MAX - 10;
                 m.model.buffers[1]->size = 72;
               },
               Error::kMalformed, "outside the file"},
        Damage{"short_buffer", [](ModelBuilder& m) { m.model.buffers[1]->data.pop_back(); }, Error::kMalformed,
               "needs 72 bytes of data, the file has 71"},
        Damage{"absurd_extents",
               [](ModelBuilder& m) {
                 m.tensor_at(1).shape = {1 << 30, 1 << 30, 1 << 30, 1 << 30};
               },
               Error::kUnsupportedShape, "conv/w"},
        Damage{"negative_extent", [](ModelBuilder& m) { m.tensor_at(1).shape[2] = -3; }, Error::kUnsupportedShape,
               "conv/w"},
        Damage{"zero_size", [](ModelBuilder& m) { m.tensor_at(0).shape[1] = 0; }, Error::kUnsupportedShape, "node 'x'"},
        Damage{"rank", [](ModelBuilder& m) { m.tensor_at(0).shape.assign(9, 1); }, Error::kUnsupportedShape, "rank 9"},
        Damage{"element_type", [](ModelBuilder& m) { m.tensor_at(0).type = schema::TensorType::STRING; },
               Error::kUnsupportedType, "STRING"},
        Damage{"unknown_element_type",
               [](ModelBuilder& m) { m.tensor_at(0).type = static_cast<schema::TensorType>(99); },
               Error::kUnsupportedType, "99"},
        Damage{"scale_count", [](ModelBuilder& m) { m.tensor_at(1).quantization->scale.pop_back(); }, Error::kMalformed,
               "3 scales and 4 zero points"},
        Damage{"scale_axis", [](ModelBuilder& m) { m.tensor_at(1).quantization->quantized_dimension = 2; },
               Error::kMalformed, "4 scales"},
        Damage{"negative_axis", [](ModelBuilder& m) { m.tensor_at(1).quantization->quantized_dimension = -1; },
               Error::kMalformed, "axis -1"},
        Damage{"zero_scale", [](ModelBuilder& m) { m.tensor_at(1).quantization->scale[2] = 0; }, Error::kMalformed,
               "scale 0"},
        Damage{"not_a_scale", [](ModelBuilder& m) { m.tensor_at(1).quantization->scale[2] = NAN; }, Error::kMalformed,
               "scale nan"},
        Damage{"zero_point", [](ModelBuilder& m) { m.tensor_at(0).quantization->zero_point[0] = 128; },
               Error::kMalformed, "zero point 128"},
        Damage{"huge_zero_point", [](ModelBuilder& m) { m.tensor_at(0).quantization->zero_point[0] = INT64_MIN; },
               Error::kMalformed, "zero point -9223372036854775808"},
        Damage{"dangling_input", [](ModelBuilder& m) { m.graph().operators.erase(m.graph().operators.begin()); },
               Error::kMalformed, "tensor 'conv' is read, but nothing produces it"},
        Damage{"dangling_output", [](ModelBuilder& m) { m.graph().operators.pop_back(); }, Error::kMalformed,
               "tensor 'y' is read, but nothing produces it"},
        Damage{"cycle", [](ModelBuilder& m) { m.graph().operators[0]->inputs[0] = m.graph().operators[1]->outputs[0]; },
               Error::kMalformed, "cycle"},
        Damage{"two_producers",
               [](ModelBuilder& m) { m.graph().operators[1]->outputs = m.graph().operators[0]->outputs; },
               Error::kMalformed, "gives already"},
        Damage{"writes_its_input", [](ModelBuilder& m) { m.graph().operators[0]->outputs = m.graph().inputs; },
               Error::kMalformed, "the graph's inputs gives already"},
        Damage{"no_outputs", [](ModelBuilder& m) { m.graph().outputs.clear(); }, Error::kMalformed, "no output"},
        Damage{"no_options", [](ModelBuilder& m) { m.graph().operators[0]->builtin_options.Reset(); },
               Error::kMalformed, "options of the operator are missing"},
        Damage{"zero_stride",
               [](ModelBuilder& m) { m.graph().operators[0]->builtin_options.AsConv2DOptions()->stride_h = 0; },
               Error::kUnsupportedShape, "stride 0"},
        Damage{"huge_dilation",
               [](ModelBuilder& m) {
                 m.graph().operators[0]->builtin_options.AsConv2DOptions()->dilation_w_factor = INT32_MAX;
               },
               Error::kUnsupportedShape, "node 'conv_2d:conv'"},
        Damage{"activation",
               [](ModelBuilder& m) {
                 m.graph().operators[0]->builtin_options.AsConv2DOptions()->fused_activation_function =
                     schema::ActivationFunctionType::TANH;
               },
               Error::kUnsupportedOp, "fused activation TANH of i8"},
        Damage{"declared_shape",
               [](ModelBuilder& m) {
                 m.tensor_at(3).shape = {1, 3, 3, 5};
               },
               Error::kMalformed, "declared as [1, 3, 3, 5], the operator gives [1, 3, 3, 4]"},
        Damage{"declared_type", [](ModelBuilder& m) { m.tensor_at(3).type = schema::TensorType::INT16; },
               Error::kUnsupportedType, "declared as i16, the operator gives i8"},
        Damage{"variable", [](ModelBuilder& m) { m.tensor_at(0).is_variable = true; }, Error::kUnsupportedType,
               "is a variable"},
        Damage{"run_time_shape", [](ModelBuilder& m) { m.graph().operators[2]->inputs[1] = m.graph().inputs[0]; },
               Error::kUnsupportedShape, "are an input of the model"}),
    [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace tmc::frontend::tflite
