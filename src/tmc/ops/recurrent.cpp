// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/recurrent.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "tmc/base/host/number.hpp"

namespace tmc::ops {
namespace {

std::vector<std::string_view> parts_of(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const size_t end = std::min(text.find(separator), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

}  // namespace

const function::GateName* find_gate(std::string_view name) {
  const auto same = [&](const function::GateName& known) {
    return std::ranges::equal(name, std::string_view(known.name), {},
                              [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  };
  const auto* found = std::ranges::find_if(function::kGateNames, same);
  return found == std::end(function::kGateNames) ? nullptr : found;
}

namespace {

Status unknown_function(std::string_view name) {
  std::string known;
  for (const function::GateName& each : function::kGateNames) known += fmt::format(" {}", each.name);
  return error(Error::kMalformed, "its function '{}' is none of{}", name, known);
}

Status read_real(std::string_view text, double& real) {
  if (parse_number(text, real) && std::isfinite(real)) return {};
  return error(Error::kMalformed, "the parameter '{}' of its functions is no number", text);
}

Result<GateFunction> parse_gate_function(std::string_view text) {
  const std::vector<std::string_view> parts = parts_of(text, ':');
  const function::GateName* found = parts.empty() ? nullptr : find_gate(parts[0]);
  if (found == nullptr || std::ssize(parts) > 1 + found->parameters) return unknown_function(text);
  GateFunction function{static_cast<function::Gate>(found - std::begin(function::kGateNames)), found->alpha,
                        found->beta};
  if (parts.size() > 1) TMC_TRY(read_real(parts[1], function.alpha));
  if (parts.size() > 2) TMC_TRY(read_real(parts[2], function.beta));
  return function;
}

// What goes with an input of int8 in the place of that; else as the input.
DType beside(DType input, DType of_int8) {
  return input == DType::kI8 ? of_int8 : input;
}

// Of what is constant, which knows of no wide input.
DType beside_constants(const RecurrentForm& form, DType input) {
  return form.wide_inputs && input == DType::kI16 ? DType::kI8 : input;
}

Status check_operand(const InferInputs& in, size_t index, DType dtype, const Shape& wanted, const char* what) {
  if (!in.has(index)) return {};
  if (in[index].dtype != dtype) {
    return error(Error::kUnsupportedType, "its {} are {}, with an input of {} they are {}", what,
                 dtype_name(in[index].dtype), dtype_name(in[0].dtype), dtype_name(dtype));
  }
  if (in[index].shape == wanted) return {};
  return error(Error::kMalformed, "its {} have the shape [{}], not [{}]", what, fmt::join(in[index].shape, ","),
               fmt::join(wanted, ","));
}

}  // namespace

Result<std::vector<GateFunction>> parse_gate_functions(std::string_view text, size_t count) {
  std::vector<GateFunction> functions;
  for (const std::string_view part : parts_of(text, ' ')) {
    TMC_ASSIGN(const GateFunction function, parse_gate_function(part));
    functions.push_back(function);
  }
  if (functions.size() == count) return functions;
  return error(Error::kMalformed, "it has {} functions, {} are needed", functions.size(), count);
}

Inferred infer_recurrent(const RecurrentForm& form, std::string_view functions, const RecurrentOutputs& gives,
                         const InferInputs& in) {
  const size_t first_state = 3 + form.biases;
  const size_t peepholes = first_state + form.states;
  TMC_TRY(check_inputs(in, 3, peepholes + (form.peepholes ? 1 : 0)));
  TMC_TRY(parse_gate_functions(functions, form.functions).status());
  TMC_TRY(check_rank(in[0], 3, "sequence"));
  TMC_TRY(check_rank(in[2], 2, "recurrent weights"));
  const int64_t batch = in[0].shape[1];
  const int64_t hidden = in[2].shape[1];
  const int64_t sums = form.gates * hidden;
  const DType dtype = in[0].dtype;
  const DType of_weights = beside_constants(form, dtype);
  TMC_TRY(check_operand(in, 1, of_weights, Shape::of(sums, in[0].shape[2]), "weights"));
  TMC_TRY(check_operand(in, 2, of_weights, Shape::of(sums, hidden), "recurrent weights"));
  for (size_t i = 0; i < form.biases; ++i) {
    TMC_TRY(check_operand(in, 3 + i, beside(of_weights, DType::kI32), Shape::of(sums), "biases"));
  }
  for (size_t i = 0; i < form.states; ++i) {
    const DType of_state = beside(dtype, i < form.wide_states ? DType::kI8 : DType::kI16);
    TMC_TRY(check_operand(in, first_state + i, of_state, Shape::of(batch, hidden), "states"));
  }
  for (size_t i = 0; i < form.states; ++i) {
    if (!in.has(first_state + i)) return error(Error::kMalformed, "it has no states before the first step");
  }
  if (form.peepholes) TMC_TRY(check_operand(in, peepholes, of_weights, Shape::of(3 * hidden), "peepholes"));
  const auto of_steps = [&](bool all) { return Shape::of(all ? in[0].shape[0] : 1, int64_t{1}, batch, hidden); };
  std::vector<TensorType> outputs = {{gives.wide ? beside(dtype, DType::kI16) : dtype, of_steps(gives.sequence)}};
  if (gives.cell || gives.cells) outputs.push_back({beside(dtype, DType::kI16), of_steps(gives.cells)});
  return outputs;
}

int64_t recurrent_macs(const InferInputs& in) {
  const int64_t steps = in[0].shape[0] * in[0].shape[1];
  return steps * (in[1].shape.elements() + in[2].shape.elements());
}

}  // namespace tmc::ops
