// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "tmc/ir/text.hpp"
#include "tmc/ir/text_lexer.hpp"

namespace tmc::ir {
namespace {

constexpr int64_t kLargestListElements = 16;

std::string quote(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string word(std::string_view text) {
  return is_plain_word(text) ? std::string(text) : quote(text);
}

// With a point or exponent, so that it reads back as a real.
std::string real(double value) {
  if (std::isnan(value)) return "nan";
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

std::string field_text(const ops::FieldValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* whole = std::get_if<int64_t>(&value)) return fmt::format("{}", *whole);
  if (const auto* number = std::get_if<double>(&value)) return real(*number);
  if (const auto* list = std::get_if<std::vector<int64_t>>(&value)) return fmt::format("[{}]", fmt::join(*list, ","));
  return word(std::get<std::string>(value));
}

std::string attributes_text(const AnyOp& op) {
  std::string text;
  const auto fields = op.info().get_fields(op.attributes());
  const auto defaults = op.info().get_fields(op.info().make_default().get());
  for (size_t i = 0; i < fields.size(); ++i) {
    const std::string value = field_text(fields[i].value);
    if (value != field_text(defaults[i].value)) text += fmt::format(" {}={}", fields[i].name, value);
  }
  return text;
}

template <typename T>
std::string one_or_list(const std::vector<T>& values, bool list) {
  return list ? fmt::format("[{}]", fmt::join(values, ",")) : fmt::format("{}", values.front());
}

std::string type_text(const Value& value) {
  std::string text = fmt::format("{}[{}]", dtype_name(value.type.dtype), fmt::join(value.type.shape, ","));
  const Quantization& quantization = value.quantization;
  if (quantization.empty()) return text;
  if (quantization.per_axis()) text += fmt::format(" axis={}", quantization.axis);
  text += " scale=" + one_or_list(quantization.scales, quantization.per_axis());
  if (std::ranges::any_of(quantization.zero_points, [](int32_t zero_point) { return zero_point != 0; })) {
    text += " zero_point=" + one_or_list(quantization.zero_points, quantization.per_axis());
  }
  return text;
}

std::string names_text(std::string_view key, const std::vector<std::string>& names) {
  if (names.empty()) return "";
  std::vector<std::string> words;
  for (const std::string& name : names) words.push_back(word(name));
  return fmt::format(" {}=[{}]", key, fmt::join(words, ","));
}

// Formats T through Shown, so that 8-bit integers are numbers.
template <typename T, typename Shown = T>
std::string list_text(const TensorData& data) {
  const std::vector<T> values = data.to_vector<T>();
  const std::vector<Shown> shown(values.begin(), values.end());
  return fmt::format("[{}]", fmt::join(shown, ","));
}

// Empty where the dtype has no list form, or where a NaN would lose its bits.
std::string list_text(const TensorData& data, DType dtype) {
  const auto has_nan = [](const auto& values) {
    return std::ranges::any_of(values, [](auto value) { return std::isnan(value); });
  };
  switch (dtype) {
    case DType::kI8:
      return list_text<int8_t, int>(data);
    case DType::kU8:
      return list_text<uint8_t, int>(data);
    case DType::kI16:
      return list_text<int16_t>(data);
    case DType::kU16:
      return list_text<uint16_t>(data);
    case DType::kI32:
      return list_text<int32_t>(data);
    case DType::kU32:
      return list_text<uint32_t>(data);
    case DType::kI64:
      return list_text<int64_t>(data);
    case DType::kU64:
      return list_text<uint64_t>(data);
    case DType::kF32:
      return has_nan(data.to_vector<float>()) ? "" : list_text<float>(data);
    case DType::kF64:
      return has_nan(data.to_vector<double>()) ? "" : list_text<double>(data);
    case DType::kBool:
    case DType::kF16:
    case DType::kBF16:
      return "";
  }
  return "";
}

std::string data_text(const Value& value, const TextOptions& options) {
  if (static_cast<int64_t>(value.data->size_bytes()) > options.largest_constant_bytes) return "...";
  if (value.type.shape.elements() <= kLargestListElements) {
    std::string list = list_text(*value.data, value.type.dtype);
    if (!list.empty()) return list;
  }
  std::string text = "x\"";
  for (const std::byte byte : value.data->bytes()) text += fmt::format("{:02x}", static_cast<unsigned>(byte));
  return text + '"';
}

std::string node_text(const Graph& graph, const Node& node) {
  std::vector<std::string> outputs;
  for (const ValueId id : node.outputs) {
    outputs.push_back(fmt::format("{}: {}", word(graph.value(id).name), type_text(graph.value(id))));
  }
  std::vector<std::string> inputs;
  for (const ValueId id : node.inputs) inputs.push_back(id == ValueId::kNone ? "_" : word(graph.value(id).name));
  std::string text = fmt::format("{} = {}({}){}", fmt::join(outputs, ", "), node.op.name(), fmt::join(inputs, ", "),
                                 attributes_text(node.op));
  if (node.name != graph.value(node.outputs.front()).name) text += " @" + word(node.name);
  return text;
}

}  // namespace

std::string to_text(const AnyOp& op) {
  return std::string(op.name()) + attributes_text(op);
}

std::string to_text(const Graph& graph, const TextOptions& options) {
  std::string text = fmt::format("graph {}", quote(graph.name));
  if (graph.requantization != Graph().requantization) {
    text += fmt::format(" requantization={}", requantization_name(graph.requantization));
  }
  text += " {\n";
  for (const ValueId id : graph.inputs()) {
    const Value& value = graph.value(id);
    text += fmt::format("  input {}: {}{}{}\n", word(value.name), type_text(value),
                        names_text("symbols", value.symbols), names_text("columns", value.columns));
  }
  for (const ValueId id : graph.values()) {
    const Value& value = graph.value(id);
    if (!value.is_constant()) continue;
    text += fmt::format("  const {}: {} = {}\n", word(value.name), type_text(value), data_text(value, options));
  }
  for (const NodeId id : graph.order()) text += fmt::format("  {}\n", node_text(graph, graph.node(id)));
  for (const ValueId id : graph.outputs()) text += fmt::format("  output {}\n", word(graph.value(id).name));
  for (const State& state : graph.states) {
    const auto name = [&](ValueId id) { return word(graph.value(id).name); };
    text += fmt::format("  state {} = {}, {}\n", name(graph.inputs()[state.input]), name(state.initial), state.output);
  }
  for (const std::string& name : graph.texts) text += fmt::format("  texts {}\n", word(name));
  return text + "}\n";
}

}  // namespace tmc::ir
