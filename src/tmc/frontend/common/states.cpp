// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/states.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

#include "tmc/ir/verifier.hpp"

namespace tmc::frontend {
namespace {

using ir::ValueId;

Result<size_t> find_port(const ir::Graph& graph, const std::vector<ValueId>& ports, const std::string& name,
                         const char* what) {
  const auto found = std::ranges::find(ports, name, [&](ValueId id) { return graph.value(id).name; });
  if (found != ports.end()) return static_cast<size_t>(found - ports.begin());
  std::string names;
  for (const ValueId id : ports) names += " " + graph.value(id).name;
  return error(Error::kBadUsage, "the model has no {} '{}', which is to be its state", what, name)
      .with_hint("it has:" + names);
}

// A part of a name that says state; the rest of the name may be anything.
bool says_state(std::string_view name) {
  static constexpr std::string_view kWords[] = {"state", "hidden", "cell", "cache", "memory", "past", "context"};
  static constexpr std::string_view kLetters[] = {"h", "c", "hx", "cx"};
  const auto has = [&](std::string_view word) { return name.find(word) != std::string_view::npos; };
  return std::ranges::any_of(kWords, has) || std::ranges::find(kLetters, name) != std::end(kLetters);
}

// What a name has between these two; empty where it has not both, or nothing between them.
std::string stem(std::string_view name, std::string_view before, std::string_view behind) {
  if (name.size() <= before.size() + behind.size() || !name.starts_with(before) || !name.ends_with(behind)) return {};
  name.remove_prefix(before.size());
  name.remove_suffix(behind.size());
  return std::string(name);
}

// How inputs and outputs are called that are one state: what stands before and behind its own name.
struct Naming {
  std::string_view input_before, input_behind, output_before, output_behind;
  bool is_state = false;  // the naming alone says so
};
constexpr Naming kNamings[] = {
    {"", "_in", "", "_out"},
    {"in_", "", "out_", ""},
    {"input_", "", "output_", ""},
    {"", "_input", "", "_output"},
    {"", "0", "", "n"},
    {"", "", "", "n"},
    {"", "_0", "", "_n"},
    {"", "", "next_", ""},
    {"", "", "", "_next"},
    {"", "", "new_", ""},
    {"", "", "", "_out"},
    {"past_", "", "present_", "", true},
    {"prev_", "", "next_", "", true},
    {"previous_", "", "next_", "", true},
};

}  // namespace

std::map<std::string, std::string> find_states(const ir::Graph& graph) {
  std::map<std::string, std::string> outputs_by_input;
  if (!graph.states.empty()) return outputs_by_input;
  const auto lower = [](std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char letter) { return std::tolower(letter); });
    return text;
  };
  std::map<std::string, int> readers;  // of outputs
  for (const ValueId input : graph.inputs()) {
    const ir::Value& before = graph.value(input);
    std::vector<std::string> found;
    for (const ValueId output : graph.outputs()) {
      const ir::Value& after = graph.value(output);
      if (before.type != after.type || before.quantization != after.quantization) continue;
      const bool is_pair = std::ranges::any_of(kNamings, [&](const Naming& naming) {
        const std::string own = stem(lower(before.name), naming.input_before, naming.input_behind);
        return !own.empty() && (naming.is_state || says_state(own)) &&
               own == stem(lower(after.name), naming.output_before, naming.output_behind);
      });
      if (is_pair) found.push_back(after.name);
    }
    if (found.size() != 1) continue;
    outputs_by_input[before.name] = found[0];
    ++readers[found[0]];
  }
  std::erase_if(outputs_by_input, [&](const auto& pair) { return readers[pair.second] > 1; });
  const size_t count = outputs_by_input.size();
  const bool has_others = count < graph.inputs().size() && count < graph.outputs().size();
  return has_others ? outputs_by_input : std::map<std::string, std::string>();
}

Status mark_states(ir::Graph& graph, const std::map<std::string, std::string>& outputs_by_input) {
  for (const auto& [input, output] : outputs_by_input) {
    ir::State state;
    TMC_ASSIGN(state.input, find_port(graph, graph.inputs(), input, "input"));
    TMC_ASSIGN(state.output, find_port(graph, graph.outputs(), output, "output"));
    const ir::Value before = graph.value(graph.inputs()[state.input]);
    const ir::Value& after = graph.value(graph.outputs()[state.output]);
    if (before.type != after.type || before.quantization != after.quantization) {
      return error(Error::kBadUsage, "the input '{}' and the output '{}' are no state: they have not one type", input,
                   output);
    }
    const auto bytes = static_cast<size_t>(before.type.shape.elements() * dtype_bytes(before.type.dtype));
    state.initial = graph.add_constant(input + "_initial", before.type, ir::TensorData(std::vector<std::byte>(bytes)),
                                       before.quantization);
    graph.states.push_back(state);
  }
  return outputs_by_input.empty() ? Status() : ir::verify(graph);
}

}  // namespace tmc::frontend
