// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>

#include "tmc/base/host/yaml.hpp"

namespace tmc {
namespace {

using Json = json::Value;

bool is_plain_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || std::string_view("_/.+=-").find(c) != std::string_view::npos;
}

// Whether readers of YAML 1.1 or 1.2 take the text for a text without quotes. Words that either takes for something
// else are short, and none of them is longer than "false".
bool reads_as_text(std::string_view text) {
  if (text.empty() || !(std::isalpha(static_cast<unsigned char>(text[0])) || text[0] == '_')) return false;
  if (!std::ranges::all_of(text, is_plain_char)) return false;
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  constexpr std::string_view kWords[] = {"null", "true", "false", "yes", "no", "on", "off", "y", "n", "inf", "nan"};
  return std::ranges::find(kWords, lower) == std::end(kWords);
}

std::string scalar(const Json& value) {
  const auto* text = value.as<std::string>();
  return text && reads_as_text(*text) ? *text : value.dump();  // a JSON text is a YAML one
}

bool is_container(const Json& value) {
  return value.as<Json::Array>() || value.as<Json::Object>();
}

bool is_inline(const Json& value) {
  const auto* elements = value.as<Json::Array>();
  return value.size() == 0 || (elements && std::ranges::none_of(*elements, is_container));
}

std::string inline_text(const Json& value) {
  const auto* elements = value.as<Json::Array>();
  if (!elements) return value.as<Json::Object>() ? "{}" : scalar(value);
  std::string text;
  for (const Json& element : *elements) text += (text.empty() ? "" : ", ") + scalar(element);
  return "[" + text + "]";
}

void write(const Json& value, size_t indent, std::string& out);

// What stands after "key:" or "-".
void write_entry(const Json& value, size_t indent, std::string& out) {
  if (is_inline(value)) {
    out += " " + inline_text(value) + "\n";
  } else {
    out += "\n";
    write(value, indent, out);
  }
}

void write(const Json& value, size_t indent, std::string& out) {
  const std::string margin(indent, ' ');
  if (const auto* members = value.as<Json::Object>()) {
    for (const auto& [key, member] : *members) {
      out += margin + scalar(key) + ":";
      write_entry(member, indent + 2, out);
    }
    return;
  }
  for (const Json& element : *value.as<Json::Array>()) {
    const size_t begin = out.size();
    if (is_inline(element)) {
      out += margin + "-";
      write_entry(element, indent + 2, out);
      continue;
    }
    // The first line of a nested block stands behind the dash.
    write(element, indent + 2, out);
    out[begin + indent] = '-';
  }
}

}  // namespace

std::string to_yaml(const Json& value) {
  if (is_inline(value)) return inline_text(value) + "\n";
  std::string out;
  write(value, 0, out);
  return out;
}

}  // namespace tmc
