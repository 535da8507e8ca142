// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/composite/composite.hpp"

#include <algorithm>
#include <charconv>
#include <span>
#include <unordered_set>

#include "tmc/base/host/embedded.hpp"

namespace tmc::frontend {

std::span<const EmbeddedFile> composite_files();

namespace {

std::string_view trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

// What lies between separators, trimmed; nothing for an empty text.
std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!trimmed(text).empty()) {
    const size_t end = std::min(text.find(separator), text.size());
    parts.emplace_back(trimmed(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

Status broken(std::string_view line) {
  return error(Error::kMalformed, "'{}' is no line of a composite", line);
}

// "onnx LayerNormalization 17 axis=-1"
Result<Composite::Name> read_name(std::string_view line) {
  Composite::Name name;
  for (const std::string& word : split(line, ' ')) {
    const size_t equals = word.find('=');
    if (equals != std::string::npos) {
      name.parameters.push_back({word.substr(0, equals), word.substr(equals + 1)});
    } else if (name.format.empty()) {
      name.format = word;
    } else if (name.op.empty()) {
      name.op = word;
    } else if (std::from_chars(word.data(), word.data() + word.size(), name.since_opset).ec != std::errc()) {
      return broken(line);
    }
  }
  if (name.op.empty()) return broken(line);
  return name;
}

// "(x, scale, bias?) -> y, mean"
Status read_signature(std::string_view line, Composite& composite) {
  const size_t end = line.find(") -> ");
  if (end == std::string_view::npos) return broken(line);
  for (std::string& operand : split(line.substr(1, end - 1), ',')) {
    const bool may_be_absent = operand.ends_with('?');
    if (may_be_absent) operand.pop_back();
    composite.operands.push_back({operand, may_be_absent});
  }
  composite.results = split(line.substr(end + 5), ',');
  return {};
}

// "y = mean(x) axes=$axes"
Result<Composite::Line> read_node(std::string_view line) {
  const size_t equals = line.find(" = ");
  const size_t open = line.find('(', equals);
  const size_t close = line.find(')', open);
  if (equals == std::string_view::npos || close == std::string_view::npos) return broken(line);
  return Composite::Line{.result = std::string(line.substr(0, equals)),
                         .op = std::string(line.substr(equals + 3, open - equals - 3)),
                         .operands = split(line.substr(open + 1, close - open - 1), ','),
                         .attributes = std::string(line.substr(close + 1))};
}

bool is_literal(const std::string& operand) {
  return operand.starts_with('$') || operand.find_first_of("0123456789-") == 0;
}

// Lines read what is there, and give every result.
Status check(const Composite& composite) {
  std::unordered_set<std::string> known, given;
  for (const auto& operand : composite.operands) known.insert(operand.name);
  for (const auto& line : composite.lines) {
    for (const std::string& operand : line.operands) {
      if (!is_literal(operand) && !known.contains(operand)) {
        return error(Error::kMalformed, "'{}' reads '{}', which is not there", line.result, operand);
      }
    }
    known.insert(line.result);
    given.insert(line.result);
  }
  for (const std::string& result : composite.results) {
    if (!given.contains(result)) return error(Error::kMalformed, "no line gives '{}'", result);
  }
  return {};
}

}  // namespace

bool Composite::Parameter::is_derived() const {
  return is_list() && value.find_first_of("abcdefghijklmnopqrstuvwxyz.") != std::string::npos;
}

bool Composite::Parameter::is_real() const {
  return !is_list() && value.find_first_of(".e") != std::string::npos;
}

Result<Composite> Composite::from_text(std::string_view text) {
  Composite composite;
  for (const std::string& line : split(text, '\n')) {
    if (line.empty()) continue;
    if (line.starts_with('#')) {
      composite.doc += (composite.doc.empty() ? "" : " ") + std::string(trimmed(std::string_view(line).substr(1)));
    } else if (line.starts_with('(')) {
      TMC_TRY(read_signature(line, composite));
    } else if (composite.results.empty()) {
      TMC_ASSIGN(composite.names.emplace_back(), read_name(line));
    } else {
      TMC_ASSIGN(composite.lines.emplace_back(), read_node(line));
    }
  }
  if (composite.names.empty()) return error(Error::kMalformed, "no format has an operator of it");
  TMC_TRY(check(composite));
  return composite;
}

const std::vector<Composite>& composites() {
  static const std::vector<Composite> all = [] {
    std::vector<Composite> read;
    for (const EmbeddedFile& file : composite_files()) {
      // A test reads every file.
      if (Result<Composite> composite = Composite::from_text(file.text); composite.ok()) {
        read.push_back(*std::move(composite));
      }
    }
    return read;
  }();
  return all;
}

NamedComposite find_composite(std::string_view format, std::string_view op, int64_t opset) {
  NamedComposite newest;
  for (const Composite& composite : composites()) {
    for (const Composite::Name& name : composite.names) {
      if (name.format != format || name.op != op || name.since_opset > opset) continue;
      if (newest.name == nullptr || newest.name->since_opset < name.since_opset) newest = {&composite, &name};
    }
  }
  return newest;
}

}  // namespace tmc::frontend
