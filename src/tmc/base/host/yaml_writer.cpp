// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "tmc/base/host/yaml.hpp"

namespace tmc {
namespace {

using OrderedJson = nlohmann::ordered_json;

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

std::string scalar(const OrderedJson& value) {
  if (value.is_string() && reads_as_text(value.get_ref<const std::string&>())) return value.get<std::string>();
  // A JSON text is a YAML one.
  return value.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

bool is_inline(const OrderedJson& value) {
  return value.empty() || (value.is_array() && std::ranges::none_of(value, [](const OrderedJson& element) {
                             return element.is_structured();
                           }));
}

std::string inline_text(const OrderedJson& value) {
  if (!value.is_structured()) return scalar(value);
  if (value.is_object()) return "{}";
  std::string text;
  for (const OrderedJson& element : value) text += (text.empty() ? "" : ", ") + scalar(element);
  return "[" + text + "]";
}

void write(const OrderedJson& value, size_t indent, std::string& out);

// What stands after "key:" or "-".
void write_entry(const OrderedJson& value, size_t indent, std::string& out) {
  if (!value.is_structured() || is_inline(value)) {
    out += " " + inline_text(value) + "\n";
  } else {
    out += "\n";
    write(value, indent, out);
  }
}

void write(const OrderedJson& value, size_t indent, std::string& out) {
  const std::string margin(indent, ' ');
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) {
      out += margin + scalar(key) + ":";
      write_entry(member, indent + 2, out);
    }
    return;
  }
  for (const OrderedJson& element : value) {
    const size_t begin = out.size();
    if (!element.is_structured() || is_inline(element)) {
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

std::string to_yaml(const OrderedJson& value) {
  if (!value.is_structured() || is_inline(value)) return inline_text(value) + "\n";
  std::string out;
  write(value, 0, out);
  return out;
}

}  // namespace tmc
