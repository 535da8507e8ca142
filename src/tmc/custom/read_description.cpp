// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/custom/read_description.hpp"

#include <algorithm>

#include "tmc/base/host/dtype_from_name.hpp"

namespace tmc::custom {
namespace {

using Json = json::Value;
namespace fs = std::filesystem;

// "dsp::biquad".
bool is_qualified_name(std::string_view text) {
  while (true) {
    const size_t colons = text.find("::");
    if (!is_identifier(text.substr(0, colons))) return false;
    if (colons == text.npos) return true;
    text.remove_prefix(colons + 2);
  }
}

// A relative path below the folder, of letters that need no escape in an #include.
bool is_plain_path(const std::string& text) {
  const auto is_plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
           c == '.' || c == '/';
  };
  const fs::path path = fs::path(text).lexically_normal();
  return !text.empty() && text.size() <= 200 && std::ranges::all_of(text, is_plain) && !path.is_absolute() &&
         *path.begin() != "..";
}

std::vector<Expression> read_shape(YamlEntry& port, const Numbers& known, bool is_input, Numbers& named) {
  std::vector<Expression> shape;
  if (port.find("shape") == nullptr) port.fail("lacks the key 'shape': write its extents, as in [n, h, w, c]");
  for (const Json* extent : port.list("shape", 0, Shape::kMaxRank)) {
    const auto expression = read_expression(port, *extent, "shape");
    if (!expression) continue;
    const std::string* name = expression->name();
    if (is_input && name != nullptr && name->find('[') == name->npos) {
      named.emplace(*name, 1);
    } else {
      Numbers all = known;
      all.insert(named.begin(), named.end());
      check_names(port, *expression, all);
    }
    shape.push_back(*expression);
  }
  return shape;
}

Port read_port(YamlEntry& entry, const Description& description, bool is_input, Numbers& named) {
  Port port;
  port.name = entry.required_text("name");
  if (!is_identifier(port.name)) entry.fail("needs a 'name' that is an identifier of C++");
  const std::string dtype = entry.required_text("dtype");
  const auto found = dtype_from_name(dtype);
  const bool is_covered = found == DType::kF32 || found == DType::kI8 || found == DType::kI16 || found == DType::kI32;
  if (is_covered) {
    port.dtype = *found;
  } else {
    entry.fail("has the dtype '" + dtype + "': choose f32, i8, i16 or i32");
  }
  port.shape = read_shape(entry, known_names(description), is_input, named);
  const std::string model = is_input ? "" : entry.text("quantized_as");
  if (!model.empty()) {
    const auto input = std::ranges::find(description.inputs, model, &Port::name);
    if (input == description.inputs.end()) entry.fail("is quantised as '" + model + "', which is no input");
    port.quantized_as = static_cast<size_t>(input - description.inputs.begin());
  }
  entry.finish();
  return port;
}

void read_ports(YamlEntry& entry, Description& description) {
  Numbers named;
  const auto read = [&](const char* key, size_t most, bool is_input, std::vector<Port>& ports) {
    for (const Json* value : entry.list(key, 1, most)) {
      YamlEntry port(*value, fmt::format("{}, {}[{}]", entry.where(), key, ports.size()), entry.problems());
      ports.push_back(read_port(port, description, is_input, named));
    }
  };
  read("inputs", kMostInputs, true, description.inputs);
  read("outputs", kMostOutputs, false, description.outputs);
}

// "com.example:Biquad", or "Biquad" of ONNX's own domain.
void read_names(YamlEntry& entry, Description& description) {
  description.name = entry.required_text("name");
  if (!is_identifier(description.name)) entry.fail("needs a 'name' that is an identifier of C++");
  description.onnx_type = entry.text("onnx");
  description.tflite = entry.text("tflite");
  if (description.onnx_type.empty() && description.tflite.empty()) {
    entry.fail("has neither 'onnx: DOMAIN:OP_TYPE' nor 'tflite: NAME': no model can have it");
  }
  if (const size_t colon = description.onnx_type.rfind(':'); colon != std::string::npos) {
    description.onnx_domain = description.onnx_type.substr(0, colon);
    description.onnx_type.erase(0, colon + 1);
    if (description.onnx_type.empty()) entry.fail("key 'onnx' should be DOMAIN:OP_TYPE");
  }
}

void read_code(YamlEntry& entry, Description& description) {
  description.header = entry.required_text("header");
  if (!is_plain_path(description.header)) {
    entry.fail("key 'header' should be a path below the folder of this file, of letters, digits and any of _-./");
  }
  description.function = entry.required_text("function");
  if (!is_qualified_name(description.function)) entry.fail("key 'function' should be a name of C++, as in dsp::biquad");
  description.params = entry.text("params");
  if (!description.params.empty() && !is_qualified_name(description.params)) {
    entry.fail("key 'params' should be the name of a struct, as in dsp::Params");
  }
  const std::string oracle = entry.text("oracle");
  if (oracle.empty()) return;
  const size_t colon = oracle.rfind(':');
  if (colon == oracle.npos || colon == 0 || !is_identifier(std::string_view(oracle).substr(colon + 1))) {
    return entry.fail("key 'oracle' should be FILE.py:FUNCTION");
  }
  description.oracle = {description.folder / oracle.substr(0, colon), oracle.substr(colon + 1)};
  std::error_code failure;
  if (!fs::exists(description.oracle->file, failure)) {
    entry.fail("names the oracle '" + oracle.substr(0, colon) + "', which is not beside this file");
  }
}

void read_memory(YamlEntry& entry, Description& description) {
  const Numbers known = known_names(description);
  const auto read = [&](const char* key, std::optional<Expression>& to) {
    const Json* value = entry.find(key);
    if (value == nullptr) return;
    to = read_expression(entry, *value, key);
    if (to) check_names(entry, *to, known);
  };
  read("scratch", description.scratch_bytes);
  read("instructions", description.instructions);
  const std::string in_place = entry.text("in_place");
  if (in_place.empty()) return;
  const auto input = std::ranges::find(description.inputs, in_place, &Port::name);
  if (input == description.inputs.end() || description.outputs.size() != 1) {
    entry.fail("key 'in_place' should be an input, of an operator with one output");
  }
  description.in_place = static_cast<size_t>(input - description.inputs.begin());
}

// Ports, attributes and extents share one room for names.
void check_unique(YamlEntry& entry, const Description& description) {
  std::set<std::string> names = {"scratch", "min", "max"};
  const auto add = [&](const std::string& name) {
    if (!names.insert(name).second) entry.fail("has two things named '" + name + "': rename one");
  };
  for (const Attribute& attribute : description.attributes) add(attribute.name);
  for (const auto* ports : {&description.inputs, &description.outputs}) {
    for (const Port& port : *ports) add(port.name);
  }
  for (const Port& port : description.inputs) {
    for (const Expression& extent : port.shape) {
      const auto is_called_so = [&](const Port& other) { return extent.name() && *extent.name() == other.name; };
      if (std::ranges::any_of(description.inputs, is_called_so) ||
          std::ranges::any_of(description.outputs, is_called_so)) {
        entry.fail("has two things named '" + extent.text() + "': rename one");
      }
    }
  }
}

}  // namespace

std::optional<Expression> read_expression(YamlEntry& entry, const Json& value, const char* what) {
  std::string text;
  int64_t number = 0;
  if (json::read(value, number)) text = fmt::to_string(number);
  if (text.empty() && !json::read(value, text)) {
    entry.fail(fmt::format("key '{}' holds something that is neither a number nor an expression", what));
    return std::nullopt;
  }
  auto expression = Expression::parse(text);
  if (expression.ok()) return std::move(expression).value();
  entry.fail(fmt::format("key '{}': {}", what, expression.status().message()));
  return std::nullopt;
}

void check_names(YamlEntry& entry, const Expression& expression, const Numbers& known) {
  for (const std::string& name : expression.names()) {
    if (known.contains(name)) continue;
    entry.fail(fmt::format("says '{}': '{}' is neither an extent of an input before it nor an attribute of type int",
                           expression.text(), name));
  }
}

Description read_description(YamlEntry& entry, const fs::path& folder) {
  Description description;
  description.folder = folder;
  read_names(entry, description);
  for (const Json* value : entry.list("attributes", 0, kMostAttributes)) {
    YamlEntry attribute(*value, fmt::format("{}, attributes[{}]", entry.where(), description.attributes.size()),
                        entry.problems());
    description.attributes.push_back(read_attribute(attribute));
  }
  read_ports(entry, description);
  read_code(entry, description);
  read_memory(entry, description);
  check_unique(entry, description);
  description.arguments = read_arguments(entry, description);
  entry.finish();
  return description;
}

}  // namespace tmc::custom
