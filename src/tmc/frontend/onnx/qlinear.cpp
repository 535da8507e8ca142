// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/qlinear.hpp"

#include <algorithm>

#include "tmc/frontend/onnx/operator_body.hpp"

namespace tmc::frontend::onnx_format {
namespace {

constexpr std::string_view kPrefix = "QLinear";
constexpr std::string_view kGemm = "QGemm";
// What follows the prefix.
constexpr std::string_view kOperators[] = {
    "Add", "Mul", "Sigmoid", "LeakyRelu", "AveragePool", "GlobalAveragePool", "Softmax", "ReduceMean", "Concat"};

using Names = OperatorBody::Names;

// Attributes that say what the operator itself does not know.
Status copy_attributes(ImportContext& context, ::onnx::NodeProto& node) {
  TMC_ASSIGN(const int64_t channels_last, context.attributes().integer("channels_last", 0));
  if (channels_last != 0) {
    return error(Error::kUnsupportedOp, "its channels are last").with_hint("quantise the model with channels first");
  }
  for (const auto& attribute : context.node().attribute()) {
    if (attribute.name() != "channels_last" && attribute.name() != "opset") *node.add_attribute() = attribute;
  }
  return {};
}

// The operands are triples of integers, scale and zero point; those of the result are last, of a Concat first.
Status import_between(ImportContext& context, const std::string& type) {
  const bool is_concat = type == "Concat";
  const size_t operands = (context.input_count() < 2 ? 0 : context.input_count() - 2) / 3;
  Names inputs = is_concat ? Names{"y_scale", "y_zero"} : Names{};
  for (size_t i = 0; i < operands; ++i) {
    for (const char* part : {"", "_scale", "_zero"}) inputs.push_back(fmt::format("x{}{}", i, part));
  }
  if (!is_concat) inputs.insert(inputs.end(), {"y_scale", "y_zero"});
  if (operands == 0 || inputs.size() != context.input_count()) {
    return error(Error::kMalformed, "it has {} inputs", context.input_count());
  }
  OperatorBody body(inputs, {"y"});
  Names reals;
  for (size_t i = 0; i < operands; ++i) {
    const std::string x = fmt::format("x{}", i);
    reals.push_back(x + "_real");
    body.add("DequantizeLinear", {x, x + "_scale", x + "_zero"}, reals.back());
  }
  TMC_TRY(copy_attributes(context, body.add(type, reals, "y_real")));
  body.add("QuantizeLinear", {"y_real", "y_scale", "y_zero"}, "y");
  return body.import(context);
}

// The bias is in the scale of the products; without a scale of the result that is float.
Status import_gemm(ImportContext& context) {
  constexpr size_t kBias = 6, kScale = 7;
  TMC_ASSIGN(const int64_t transposed, context.attributes().integer("transB", 0));
  OperatorBody body({"a", "a_scale", "a_zero", "b", "b_scale", "b_zero", "c", "y_scale", "y_zero"}, {"y"});
  body.add("DequantizeLinear", {"a", "a_scale", "a_zero"}, "a_real");
  auto& b = body.add("DequantizeLinear", {"b", "b_scale", "b_zero"}, "b_real");
  OperatorBody::set_integer(b, "axis", transposed != 0 ? 0 : 1);
  const bool has_bias = context.has_input(kBias);
  if (has_bias) {
    body.add("Mul", {"a_scale", "b_scale"}, "c_scale");
    OperatorBody::set_integer(body.add("DequantizeLinear", {"c", "c_scale"}, "c_real"), "axis", 0);
  }
  const bool is_float = !context.has_input(kScale);
  TMC_TRY(copy_attributes(context,
                          body.add("Gemm", {"a_real", "b_real", has_bias ? "c_real" : ""}, is_float ? "y" : "y_real")));
  if (!is_float) body.add("QuantizeLinear", {"y_real", "y_scale", "y_zero"}, "y");
  return body.import(context);
}

}  // namespace

bool is_qlinear(std::string_view op_type) {
  if (op_type == kGemm) return true;
  return op_type.starts_with(kPrefix) &&
         std::ranges::find(kOperators, op_type.substr(kPrefix.size())) != std::end(kOperators);
}

Status import_qlinear(ImportContext& context) {
  if (context.op_type() == kGemm) return import_gemm(context);
  return import_between(context, context.op_type().substr(kPrefix.size()));
}

}  // namespace tmc::frontend::onnx_format
