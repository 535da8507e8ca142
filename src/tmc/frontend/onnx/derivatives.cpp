// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/derivatives.hpp"

namespace tmc::frontend::onnx_format {

using ::onnx::NodeProto;

Derivatives::Derivatives(::onnx::GraphProto& graph, const std::string& y) : graph_(graph) {
  derivatives_[y] = append("Expand", {constant_like(1, y), append("Shape", {y})});
}

std::string Derivatives::append(const char* op, std::vector<std::string> inputs) {
  NodeProto* node = graph_.add_node();
  node->set_op_type(op);
  const std::string_view type = op;
  if (type == "SumToLike" || type == "SwapLastAxes") node->set_domain(kDerivativesDomain);
  for (std::string& input : inputs) node->add_input(std::move(input));
  node->add_output(fmt::format("derivative{}", count_++));
  return node->output(0);
}

std::string Derivatives::constant_like(float value, const std::string& tensor) {
  const std::string number = append("Constant", {});
  ::onnx::AttributeProto* attribute = graph_.mutable_node(graph_.node_size() - 1)->add_attribute();
  attribute->set_name("value_float");
  attribute->set_type(::onnx::AttributeProto::FLOAT);
  attribute->set_f(value);
  return append("CastLike", {number, tensor});
}

void Derivatives::contribute(const std::string& tensor, const std::string& derivative) {
  const std::string own = append("SumToLike", {derivative, tensor});
  std::string& sum = derivatives_[tensor];
  sum = sum.empty() ? own : append("Add", {sum, own});
}

std::string Derivatives::of(const std::string& tensor) {
  std::string& found = derivatives_[tensor];
  if (found.empty()) found = append("Expand", {constant_like(0, tensor), append("Shape", {tensor})});
  return found;
}

bool Derivatives::add_unary(const NodeProto& node, const std::string& of_output) {
  const std::string& op = node.op_type();
  const std::string &x = node.input(0), &y = node.output(0);
  const auto add = [&](const std::string& derivative) {
    contribute(x, derivative);
    return true;
  };
  if (op == "Identity") return add(of_output);
  if (op == "Neg") return add(append("Neg", {of_output}));
  if (op == "Exp") return add(append("Mul", {of_output, y}));
  if (op == "Log") return add(append("Div", {of_output, x}));
  if (op == "Sin") return add(append("Mul", {of_output, append("Cos", {x})}));
  if (op == "Cos") return add(append("Neg", {append("Mul", {of_output, append("Sin", {x})})}));
  if (op == "Abs") return add(append("Mul", {of_output, append("Sign", {x})}));
  if (op == "Sqrt") return add(append("Div", {of_output, append("Add", {y, y})}));
  if (op == "Relu") return add(append("Mul", {of_output, append("Sign", {y})}));
  if (op == "Reciprocal") return add(append("Neg", {append("Mul", {of_output, append("Mul", {y, y})})}));
  if (op == "Tanh") {
    return add(append("Mul", {of_output, append("Sub", {constant_like(1, y), append("Mul", {y, y})})}));
  }
  if (op == "Sigmoid") {
    return add(append("Mul", {of_output, append("Mul", {y, append("Sub", {constant_like(1, y), y})})}));
  }
  if (op == "Reshape" || op == "Flatten" || op == "Squeeze" || op == "Unsqueeze") {
    return add(append("Reshape", {of_output, append("Shape", {x})}));
  }
  return false;
}

bool Derivatives::add_binary(const NodeProto& node, const std::string& of_output) {
  const std::string& op = node.op_type();
  const std::string &a = node.input(0), &b = node.input(1), &y = node.output(0);
  if (op == "Add" || op == "Sub") {
    contribute(a, of_output);
    contribute(b, op == "Add" ? of_output : append("Neg", {of_output}));
  } else if (op == "Mul") {
    contribute(a, append("Mul", {of_output, b}));
    contribute(b, append("Mul", {of_output, a}));
  } else if (op == "Div") {
    const std::string of_a = append("Div", {of_output, b});
    contribute(a, of_a);
    contribute(b, append("Neg", {append("Mul", {of_a, y})}));
  } else if (op == "MatMul") {
    contribute(a, append("MatMul", {of_output, append("SwapLastAxes", {b})}));
    contribute(b, append("MatMul", {append("SwapLastAxes", {a}), of_output}));
  } else {
    return false;
  }
  return true;
}

Status Derivatives::add_node(const NodeProto& node) {
  const std::string of_output = node.output_size() > 0 ? derivatives_[node.output(0)] : "";
  if (of_output.empty()) return {};  // y does not depend on it
  const bool is_own = node.domain().empty() || node.domain() == "ai.onnx";
  if (is_own && node.input_size() > 0 && add_unary(node, of_output)) return {};
  if (is_own && node.input_size() == 2 && add_binary(node, of_output)) return {};
  return error(Error::kUnsupportedOp, "the derivative of {} ('{}') is not known", node.op_type(), node.output(0))
      .with_hint("differentiate before the export: training frameworks write the backward pass as nodes of their own");
}

}  // namespace tmc::frontend::onnx_format
