// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "tmc/custom/read_description.hpp"

namespace tmc::custom {
namespace {

using Kind = Argument::Kind;

constexpr auto kWords = std::to_array<std::string_view>(
    {"alignas",   "alignof",  "and",      "asm",   "auto",     "bitand",   "bitor",    "bool",     "break",
     "case",      "catch",    "char",     "class", "compl",    "const",    "continue", "decltype", "default",
     "delete",    "do",       "double",   "else",  "enum",     "explicit", "export",   "extern",   "false",
     "float",     "for",      "friend",   "goto",  "if",       "inline",   "int",      "long",     "mutable",
     "namespace", "new",      "noexcept", "not",   "nullptr",  "operator", "or",       "private",  "protected",
     "public",    "register", "return",   "short", "signed",   "sizeof",   "static",   "struct",   "switch",
     "template",  "this",     "throw",    "true",  "try",      "typedef",  "typeid",   "typename", "union",
     "unsigned",  "using",    "virtual",  "void",  "volatile", "wchar_t",  "while",    "xor",      "tmc"});

size_t port_count(const Description& description) {
  return description.inputs.size() + description.outputs.size();
}

Argument port_argument(const Description& description, size_t port, Kind kind, const char* suffix) {
  return {kind, description.port(port).name + suffix, port};
}

void add_attribute(const Attribute& attribute, size_t index, std::vector<Argument>& arguments) {
  for (size_t k = 0; k < attribute.size(); ++k) {
    Argument argument{attribute.is_real ? Kind::kReal : Kind::kInteger, attribute.name, index, k};
    if (attribute.count != 0) argument.name += fmt::format("_{}", k);
    if (!attribute.is_real) argument.expression = Expression::of_name(attribute.element(k));
    arguments.push_back(std::move(argument));
  }
}

// Inputs, outputs, scratch; extents as they are first named, attributes; scales and zero points of int8 ports.
std::vector<Argument> usual_arguments(const Description& description) {
  std::vector<Argument> arguments;
  for (size_t i = 0; i < port_count(description); ++i) {
    const Kind kind = i < description.inputs.size() ? Kind::kInput : Kind::kOutput;
    arguments.push_back(port_argument(description, i, kind, ""));
  }
  if (description.scratch_bytes) arguments.push_back({Kind::kScratch, "scratch"});
  std::set<std::string> named;
  for (const Attribute& attribute : description.attributes) named.insert(attribute.name);
  for (const Port& port : description.inputs) {
    for (const Expression& extent : port.shape) {
      if (extent.name() == nullptr || !named.insert(*extent.name()).second) continue;
      arguments.push_back({Kind::kInteger, *extent.name(), 0, 0, extent});
    }
  }
  for (size_t i = 0; i < description.attributes.size(); ++i) add_attribute(description.attributes[i], i, arguments);
  for (size_t i = 0; i < port_count(description); ++i) {
    if (description.port(i).dtype != DType::kI8) continue;
    arguments.push_back(port_argument(description, i, Kind::kScale, "_scale"));
    arguments.push_back(port_argument(description, i, Kind::kZeroPoint, "_zero_point"));
  }
  return arguments;
}

// "x", "x.scale" and "x.zero_point" of a port.
std::optional<Argument> of_port(const Description& description, std::string_view text) {
  const std::string_view name = text.substr(0, text.find('.'));
  const std::string_view part = text.substr(name.size());
  for (size_t i = 0; i < port_count(description); ++i) {
    if (description.port(i).name != name) continue;
    const bool is_input = i < description.inputs.size();
    if (part.empty()) return port_argument(description, i, is_input ? Kind::kInput : Kind::kOutput, "");
    if (description.port(i).dtype == DType::kF32) return std::nullopt;
    if (part == ".scale") return port_argument(description, i, Kind::kScale, "_scale");
    if (part == ".zero_point") return port_argument(description, i, Kind::kZeroPoint, "_zero_point");
  }
  return std::nullopt;
}

void read_argument(YamlEntry& entry, const Description& description, const json::Value& value,
                   std::vector<Argument>& arguments) {
  std::string text;
  json::read(value, text);
  if (auto argument = of_port(description, text)) return arguments.push_back(*std::move(argument));
  if (text == "scratch") {
    if (!description.scratch_bytes) entry.fail("passes 'scratch' and has no key 'scratch' that says how many bytes");
    return arguments.push_back({Kind::kScratch, "scratch"});
  }
  const auto& attributes = description.attributes;
  if (const auto found = std::ranges::find(attributes, text, &Attribute::name); found != attributes.end()) {
    return add_attribute(*found, static_cast<size_t>(found - attributes.begin()), arguments);
  }
  if (text.find('.') != text.npos) {
    return entry.fail("passes '" + text + "': only ports of integers have .scale and .zero_point");
  }
  const auto expression = read_expression(entry, value, "arguments");
  if (!expression) return;
  check_names(entry, *expression, known_names(description));
  const bool is_plain = expression->name() && is_identifier(*expression->name());
  arguments.push_back({Kind::kInteger, is_plain ? *expression->name() : fmt::format("argument_{}", arguments.size()), 0,
                       0, *expression});
}

// Every tensor is passed, and nothing twice under one name.
void check_arguments(YamlEntry& entry, const Description& description, std::vector<Argument>& arguments) {
  if (arguments.size() > kMostArguments) {
    entry.fail(fmt::format("passes {} arguments; there may be {}", arguments.size(), kMostArguments));
  }
  std::set<std::string> names;
  for (Argument& argument : arguments) {
    if (names.insert(argument.name).second) continue;
    if (argument.is_pointer()) entry.fail("passes '" + argument.name + "' twice");
    while (!names.insert(argument.name += "_again").second) continue;
  }
  for (size_t i = 0; i < port_count(description); ++i) {
    if (!names.contains(description.port(i).name)) entry.fail("does not pass '" + description.port(i).name + "'");
  }
}

}  // namespace

bool is_identifier(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto is_part = [&](char c) { return is_letter(c) || c == '_' || (c >= '0' && c <= '9'); };
  return !text.empty() && text.size() <= 64 && is_letter(text.front()) && std::ranges::all_of(text, is_part) &&
         text.find("__") == text.npos && std::ranges::find(kWords, text) == kWords.end();
}

std::vector<Argument> read_arguments(YamlEntry& entry, const Description& description) {
  std::vector<Argument> arguments;
  if (entry.find("arguments") == nullptr) arguments = usual_arguments(description);
  for (const json::Value* value : entry.list("arguments", 0, kMostArguments)) {
    read_argument(entry, description, *value, arguments);
  }
  check_arguments(entry, description, arguments);
  return arguments;
}

}  // namespace tmc::custom
