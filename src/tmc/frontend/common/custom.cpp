// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/custom.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace tmc::frontend {
namespace {

using custom::Attribute;

Status check(const Attribute& attribute, const FileAttribute& found) {
  const auto fits = [&](double number) {
    return number >= attribute.least && number <= attribute.most && (attribute.is_real || number == std::floor(number));
  };
  const bool is_alike = found.is_list == (attribute.count > 0) && found.numbers.size() == attribute.size();
  if (is_alike && std::ranges::all_of(found.numbers, fits)) return {};
  return error(Error::kUnsupportedType,
               "its attribute '{}' is {}, the description says {} of type {} from {:g} to {:g}", attribute.name,
               found.is_list ? fmt::format("[{}]", fmt::join(found.numbers, ", "))
                             : fmt::format("{}", fmt::join(found.numbers, "")),
               attribute.count > 0 ? fmt::format("{}", attribute.count) : "one", attribute.is_real ? "float" : "int",
               attribute.least, attribute.most);
}

// The numbers of every attribute of the description, in its order.
Result<ops::CustomValues> read_values(const custom::Description& description, const FileAttributes& attributes) {
  ops::CustomValues values;
  for (const auto& [name, attribute] : attributes) {
    if (std::ranges::find(description.attributes, name, &Attribute::name) != description.attributes.end()) continue;
    return error(Error::kUnsupportedType, "its attribute '{}' is not described", name);
  }
  for (const Attribute& attribute : description.attributes) {
    const auto found = attributes.find(attribute.name);
    if (found != attributes.end()) {
      TMC_TRY(check(attribute, found->second));
      values.push_back(found->second.numbers);
    } else if (attribute.otherwise) {
      values.push_back(*attribute.otherwise);
    } else {
      return error(Error::kUnsupportedType, "its attribute '{}' is missing, and has no default", attribute.name);
    }
  }
  return values;
}

std::string text_of(const custom::Description& description, const ops::CustomValues& values) {
  std::string text;
  for (size_t i = 0; i < values.size(); ++i) {
    const bool is_list = description.attributes[i].count > 0;
    text += fmt::format("{}{}={}{}{}", text.empty() ? "" : " ", description.attributes[i].name, is_list ? "[" : "",
                        fmt::join(values[i], ", "), is_list ? "]" : "");
  }
  return text;
}

Status fit(const custom::Operator& op, const ir::Graph& graph, const std::vector<ir::ValueId>& inputs,
           size_t output_count, const FileAttributes& attributes, ops::Custom& node) {
  const custom::Description& description = op.description();
  TMC_ASSIGN(node.values, read_values(description, attributes));
  node.name = description.name;
  node.attributes = text_of(description, node.values);
  std::vector<const ops::TensorType*> types;
  for (const ir::ValueId input : inputs) {
    types.push_back(input == ir::ValueId::kNone ? nullptr : &graph.value(input).type);
  }
  TMC_ASSIGN(const custom::Instance instance, instantiate(description, node.values, {types}));
  if (instance.outputs.size() == output_count) return {};
  return error(Error::kUnsupportedType, "it has {} outputs, the description says {}", output_count,
               instance.outputs.size());
}

}  // namespace

Result<std::shared_ptr<const custom::Operator>> choose_custom(
    const std::vector<std::shared_ptr<const custom::Operator>>& candidates, const ir::Graph& graph,
    const std::vector<ir::ValueId>& inputs, size_t output_count, const FileAttributes& attributes, ops::Custom& node) {
  std::vector<std::string> reasons;
  for (const auto& candidate : candidates) {
    Status status = fit(*candidate, graph, inputs, output_count, attributes, node);
    if (status.ok()) {
      node.rule = candidate;
      return candidate;
    }
    reasons.push_back(candidates.size() == 1 ? status.message()
                                             : candidate->description().name + ": " + status.message());
  }
  return error(Error::kUnsupportedType, "{}", fmt::join(reasons, "; "))
      .with_hint("mend the description that --custom names, or add an operator for these inputs to it");
}

}  // namespace tmc::frontend
