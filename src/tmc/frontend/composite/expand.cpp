// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/ranges.h>

#include <charconv>
#include <unordered_map>
#include <unordered_set>

#include "tmc/frontend/composite/composite.hpp"
#include "tmc/ir/text.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend {
namespace {

using ir::ValueId;

template <typename Number>
Result<Number> number_of(const std::string& text) {
  Number number = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc()) return number;
  return error(Error::kMalformed, "'{}' is no number", text);
}

class Expansion {
 public:
  Expansion(const NamedComposite& found, CompositeNode& node)
      : composite_(*found.composite), name_(*found.name), node_(node) {}

  Status run() {
    TMC_TRY(read_operands());
    TMC_TRY(read_parameters());
    find_lines();
    for (const Composite::Line& line : composite_.lines) {
      if (is_needed_.contains(line.result) && !same_as_.contains(line.result)) TMC_TRY(add(line));
    }
    return {};
  }

 private:
  Status read_operands() {
    for (size_t i = 0; i < composite_.operands.size(); ++i) {
      const Composite::Operand& operand = composite_.operands[i];
      if (operand.may_be_absent && !node_.has_input(i)) continue;
      TMC_ASSIGN(const ValueId value, node_.input(i));
      values_[operand.name] = value;
      const DType dtype = type(operand.name).dtype;
      if (composite_.lines.size() == 1 || dtype_is_float(dtype)) continue;
      return error(Error::kUnsupportedType, "it is supported in float, not in {}", dtype_name(dtype));
    }
    return {};
  }

  Status read_parameters() {
    for (const Composite::Parameter& parameter : name_.parameters) {
      TMC_ASSIGN(parameters_[parameter.name],
                 parameter.is_derived() ? derived(parameter.value) : node_.attribute(parameter));
    }
    return {};
  }

  // The list "[axis]", or "[axis..]": every axis from that one on.
  Result<std::string> derived(std::string from) {
    from = from.substr(1, from.size() - 2);
    const bool is_open = from.ends_with("..");
    if (is_open) from.resize(from.size() - 2);
    const bool is_given = parameters_.contains(from);
    TMC_ASSIGN(const int64_t axis_or_back, number_of<int64_t>(is_given ? parameters_[from] : from));
    const int rank = type(composite_.operands.front().name).shape.rank();
    if (!is_given && axis_or_back >= rank) {
      return error(Error::kUnsupportedShape, "its input has rank {}; one above {} is supported", rank, axis_or_back);
    }
    TMC_ASSIGN(const int first, ops::normalize_axis(axis_or_back, rank));
    std::vector<int64_t> axes;
    for (int axis = first; axis < (is_open ? rank : first + 1); ++axis) axes.push_back(axis);
    return fmt::format("[{}]", fmt::join(axes, ","));
  }

  // From the results that somebody reads to what they need; the lines that have an absent operand are their first one.
  void find_lines() {
    for (const Composite::Line& line : composite_.lines) {
      const auto is_absent = [&](const std::string& operand) {
        return std::ranges::find(composite_.operands, operand, &Composite::Operand::name) !=
                   composite_.operands.end() &&
               !values_.contains(operand);
      };
      if (std::ranges::any_of(line.operands, is_absent)) same_as_[line.result] = named(line.operands.front());
    }
    for (size_t i = 0; i < composite_.results.size(); ++i) {
      if (!node_.has_output(i)) continue;
      const std::string& result = named(composite_.results[i]);
      outputs_.emplace(result, i);
      is_needed_.insert(result);
    }
    for (auto line = composite_.lines.rbegin(); line != composite_.lines.rend(); ++line) {
      if (!is_needed_.contains(line->result) || same_as_.contains(line->result)) continue;
      for (const std::string& operand : line->operands) is_needed_.insert(named(operand));
    }
  }

  const std::string& named(const std::string& name) const {
    const auto found = same_as_.find(name);
    return found == same_as_.end() ? name : found->second;
  }

  const ops::TensorType& type(const std::string& name) { return node_.graph().value(values_[named(name)]).type; }

  Status add(const Composite::Line& line) {
    TMC_ASSIGN(const std::string text, replaced(line.op + line.attributes));
    TMC_ASSIGN(ops::AnyOp op, ir::op_from_text(text));
    std::vector<ValueId> inputs;
    for (const std::string& operand : line.operands) {
      TMC_ASSIGN(inputs.emplace_back(), value_of(operand));
    }
    const auto output = outputs_.find(line.result);
    if (output == outputs_.end()) {
      TMC_ASSIGN(values_[line.result],
                 node_.graph().append(node_.output_name() + "_" + line.result, std::move(op), std::move(inputs)));
      return {};
    }
    TMC_TRY(node_.finish(output->second, std::move(op), std::move(inputs)));
    values_[line.result] = node_.graph().node(node_.graph().order().back()).outputs.front();
    return {};
  }

  Result<ValueId> value_of(const std::string& operand) {
    const auto found = values_.find(named(operand));
    if (found != values_.end()) return found->second;
    const bool is_parameter = operand.starts_with('$');
    TMC_ASSIGN(const std::string text, replaced(operand));
    TMC_ASSIGN(const double number, number_of<double>(text));
    const auto single = static_cast<float>(number);
    const std::string suffix = is_parameter ? operand.substr(1) : "number";
    return node_.graph().add_constant(node_.output_name() + "_" + suffix, {DType::kF32, {}},
                                      ir::TensorData::of(std::span<const float>(&single, 1)));
  }

  // The text with values in place of $name and $property(tensor).
  Result<std::string> replaced(std::string_view text) {
    std::string out;
    while (!text.empty()) {
      const size_t dollar = std::min(text.find('$'), text.size());
      out += text.substr(0, dollar);
      text.remove_prefix(dollar);
      if (text.empty()) break;
      text.remove_prefix(1);
      const auto word = [&] {
        const size_t end = std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), text.size());
        const std::string found(text.substr(0, end));
        text.remove_prefix(end);
        return found;
      };
      const std::string name = word();
      if (const auto found = parameters_.find(name); found != parameters_.end()) {
        out += found->second;
        continue;
      }
      if (!text.starts_with('(')) return error(Error::kMalformed, "there is no parameter '{}'", name);
      text.remove_prefix(1);
      TMC_ASSIGN(const std::string property, property_of(name, type(word()).shape));
      out += property;
      text.remove_prefix(1);
    }
    return out;
  }

  static Result<std::string> property_of(const std::string& name, const Shape& shape) {
    if (name == "extents") return fmt::format("[{}]", fmt::join(shape.begin(), shape.end(), ","));
    if (shape.rank() < 2) return error(Error::kUnsupportedShape, "its input has rank {}", shape.rank());
    if (name == "batch") return fmt::to_string(shape[0]);
    std::vector<int64_t> along(static_cast<size_t>(shape.rank() - 1), 1);
    along.front() = -1;
    if (name == "channels") return fmt::format("[{}]", fmt::join(along, ","));
    return error(Error::kMalformed, "a tensor has no '{}'", name);
  }

  const Composite& composite_;
  const Composite::Name& name_;
  CompositeNode& node_;
  std::unordered_map<std::string, ValueId> values_;
  std::unordered_map<std::string, std::string> parameters_;
  std::unordered_map<std::string, std::string> same_as_;  // a line that is left out, and what its result is
  std::unordered_map<std::string, size_t> outputs_;       // by the line that gives them
  std::unordered_set<std::string> is_needed_;
};

}  // namespace

Status expand(const NamedComposite& found, CompositeNode& node) {
  return Expansion(found, node).run();
}

}  // namespace tmc::frontend
