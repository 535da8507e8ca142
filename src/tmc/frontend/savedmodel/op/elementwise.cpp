// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/savedmodel/importers.hpp"

namespace tmc::frontend::savedmodel {
namespace {

using Tensors = NodeContext::Tensors;

Result<Tensors> operands(NodeContext& context, size_t count) {
  TMC_ASSIGN(Tensors all, context.tensors());
  if (all.size() != count) return error(Error::kMalformed, "it has {} operands, not {}", all.size(), count);
  return all;
}

Status import_square(NodeContext& context) {
  TMC_ASSIGN(const std::string x, context.input(0));
  return context.finish("Mul", {x, x});
}

Status import_squared_difference(NodeContext& context) {
  TMC_ASSIGN(Tensors both, operands(context, 2));
  TMC_ASSIGN(const std::string difference, context.append("Sub", std::move(both)));
  return context.finish("Mul", {difference, difference});
}

Status import_rsqrt(NodeContext& context) {
  TMC_ASSIGN(Tensors x, operands(context, 1));
  TMC_ASSIGN(const std::string root, context.append("Sqrt", std::move(x)));
  return context.finish("Reciprocal", {root});
}

Status import_not_equal(NodeContext& context) {
  TMC_ASSIGN(Tensors both, operands(context, 2));
  TMC_ASSIGN(const std::string equal, context.append("Equal", std::move(both)));
  return context.finish("Not", {equal});
}

// 1 - erf(x).
Status import_erfc(NodeContext& context) {
  TMC_ASSIGN(const std::string x, context.input(0));
  TMC_ASSIGN(const ops::TensorType type, context.type_of(x));
  TMC_ASSIGN(const std::string erf, context.append("Erf", {x}));
  TMC_ASSIGN(const std::string one, context.append_scalar(1, type.dtype));
  return context.finish("Sub", {one, erf});
}

// Whether what a division toward zero leaves is not zero and has another sign than the divisor: then the quotient is
// one more than the one that is rounded down.
Result<std::string> is_not_floored(NodeContext& context, const std::string& rest, const std::string& divisor) {
  TMC_ASSIGN(const ops::TensorType type, context.type_of(rest));
  TMC_ASSIGN(const std::string zero, context.append_scalar(0, type.dtype));
  TMC_ASSIGN(const std::string is_whole, context.append("Equal", {rest, zero}));
  TMC_ASSIGN(const std::string is_left, context.append("Not", {is_whole}));
  TMC_ASSIGN(const std::string rest_below, context.append("Less", {rest, zero}));
  TMC_ASSIGN(const std::string divisor_below, context.append("Less", {divisor, zero}));
  TMC_ASSIGN(const std::string signs_differ, context.append("Xor", {rest_below, divisor_below}));
  return context.append("And", {is_left, signs_differ});
}

// The quotient rounded down.
Status import_floor_div(NodeContext& context) {
  TMC_ASSIGN(const Tensors both, operands(context, 2));
  TMC_ASSIGN(const ops::TensorType type, context.type_of(both[0]));
  TMC_ASSIGN(const std::string quotient, context.append("Div", both));
  if (dtype_is_float(type.dtype)) return context.finish("Floor", {quotient});
  TMC_ASSIGN(const std::string product, context.append("Mul", {quotient, both[1]}));
  TMC_ASSIGN(const std::string rest, context.append("Sub", {both[0], product}));
  TMC_ASSIGN(const std::string is_high, is_not_floored(context, rest, both[1]));
  TMC_ASSIGN(const std::string one_less, context.as_dtype(is_high, type.dtype));
  return context.finish("Sub", {quotient, one_less});
}

// What is left has the divisor's sign; ONNX's Mod of reals has that of the dividend.
Status import_floor_mod(NodeContext& context) {
  TMC_ASSIGN(const Tensors both, operands(context, 2));
  TMC_ASSIGN(const ops::TensorType type, context.type_of(both[0]));
  if (!dtype_is_float(type.dtype)) return context.finish("Mod", both);
  TMC_ASSIGN(const std::string rest, context.append("Mod", both, {{"fmod", int64_t{1}}}));
  TMC_ASSIGN(const std::string is_high, is_not_floored(context, rest, both[1]));
  TMC_ASSIGN(const std::string floored, context.append("Add", {rest, both[1]}));
  return context.finish("Where", {is_high, floored, rest});
}

Status clip(NodeContext& context, double low, double high) {
  TMC_ASSIGN(const std::string x, context.input(0));
  TMC_ASSIGN(const ops::TensorType type, context.type_of(x));
  TMC_ASSIGN(const std::string least, context.append_scalar(low, type.dtype));
  TMC_ASSIGN(const std::string most, context.append_scalar(high, type.dtype));
  return context.finish("Clip", {x, least, most});
}

Status import_relu6(NodeContext& context) {
  return clip(context, 0, 6);
}

Status import_clip_by_value(NodeContext& context) {
  TMC_ASSIGN(const Tensors all, operands(context, 3));
  TMC_ASSIGN(const std::string below, context.append("Min", {all[0], all[2]}));
  return context.finish("Max", {below, all[1]});
}

Status import_leaky_relu(NodeContext& context) {
  TMC_ASSIGN(Tensors x, operands(context, 1));
  TMC_ASSIGN(const double alpha, context.real("alpha", 0.2));
  return context.finish("LeakyRelu", std::move(x), {{"alpha", alpha}});
}

Status import_cast(NodeContext& context) {
  TMC_ASSIGN(const std::string x, context.input(0));
  TMC_ASSIGN(const DType to, context.dtype("DstT", DType::kF32));
  return context.finish("Cast", {x}, {{"to", to}});
}

// A condition of one axis chooses among rows.
Status import_select(NodeContext& context) {
  TMC_ASSIGN(Tensors all, operands(context, 3));
  TMC_ASSIGN(const Shape condition, context.shape(0));
  TMC_ASSIGN(const Shape shape, context.shape(1));
  if (condition.rank() == 1 && shape.rank() > 1) {
    std::vector<int64_t> extents(static_cast<size_t>(shape.rank()), 1);
    extents[0] = condition[0];
    TMC_ASSIGN(all[0], context.reshaped(all[0], extents));
  }
  return context.finish("Where", std::move(all));
}

}  // namespace

std::span<const Importer> elementwise_operators() {
  static constexpr Importer kOperators[] = {
      {"Abs", nullptr, "Abs"},
      {"Acos", nullptr, "Acos"},
      {"Acosh", nullptr, "Acosh"},
      {"Add", nullptr, "Add"},
      {"AddN", nullptr, "Sum"},
      {"AddV2", nullptr, "Add"},
      {"Asin", nullptr, "Asin"},
      {"Asinh", nullptr, "Asinh"},
      {"Atan", nullptr, "Atan"},
      {"Atanh", nullptr, "Atanh"},
      {"BitwiseAnd", nullptr, "BitwiseAnd"},
      {"BitwiseOr", nullptr, "BitwiseOr"},
      {"BitwiseXor", nullptr, "BitwiseXor"},
      {"Cast", import_cast},
      {"Ceil", nullptr, "Ceil"},
      {"ClipByValue", import_clip_by_value},
      {"Cos", nullptr, "Cos"},
      {"Cosh", nullptr, "Cosh"},
      {"Div", nullptr, "Div"},
      {"Elu", nullptr, "Elu"},
      {"Equal", nullptr, "Equal"},
      {"Erf", nullptr, "Erf"},
      {"Erfc", import_erfc},
      {"Exp", nullptr, "Exp"},
      {"Floor", nullptr, "Floor"},
      {"FloorDiv", import_floor_div},
      {"FloorMod", import_floor_mod},
      {"Greater", nullptr, "Greater"},
      {"GreaterEqual", nullptr, "GreaterOrEqual"},
      {"Inv", nullptr, "Reciprocal"},
      {"IsInf", nullptr, "IsInf"},
      {"IsNan", nullptr, "IsNaN"},
      {"LeakyRelu", import_leaky_relu},
      {"Less", nullptr, "Less"},
      {"LessEqual", nullptr, "LessOrEqual"},
      {"Log", nullptr, "Log"},
      {"LogicalAnd", nullptr, "And"},
      {"LogicalNot", nullptr, "Not"},
      {"LogicalOr", nullptr, "Or"},
      {"LogSoftmax", nullptr, "LogSoftmax"},
      {"Maximum", nullptr, "Max"},
      {"Minimum", nullptr, "Min"},
      {"Mul", nullptr, "Mul"},
      {"Neg", nullptr, "Neg"},
      {"NotEqual", import_not_equal},
      {"Pow", nullptr, "Pow"},
      {"RealDiv", nullptr, "Div"},
      {"Reciprocal", nullptr, "Reciprocal"},
      {"Relu", nullptr, "Relu"},
      {"Relu6", import_relu6},
      {"Rint", nullptr, "Round"},
      {"Round", nullptr, "Round"},
      {"Rsqrt", import_rsqrt},
      {"Select", import_select},
      {"SelectV2", nullptr, "Where"},
      {"Selu", nullptr, "Selu"},
      {"Sigmoid", nullptr, "Sigmoid"},
      {"Sign", nullptr, "Sign"},
      {"Sin", nullptr, "Sin"},
      {"Sinh", nullptr, "Sinh"},
      {"Softmax", nullptr, "Softmax"},
      {"Softplus", nullptr, "Softplus"},
      {"Softsign", nullptr, "Softsign"},
      {"Sqrt", nullptr, "Sqrt"},
      {"Square", import_square},
      {"SquaredDifference", import_squared_difference},
      {"Sub", nullptr, "Sub"},
      {"Tan", nullptr, "Tan"},
      {"Tanh", nullptr, "Tanh"},
      {"TruncateDiv", nullptr, "Div"},
  };
  return kOperators;
}

}  // namespace tmc::frontend::savedmodel
