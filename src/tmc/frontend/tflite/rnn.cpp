// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/rnn.hpp"

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/rnn.hpp"

namespace tmc::frontend::tflite {
namespace {

using ir::ValueId;

constexpr size_t kWeights = 0, kRecurrentWeights = 1, kBias = 2, kState = 3;  // from the first on

// By products of the graph, which quantise what meets weights of int8, and with functions that clip.
Result<ValueId> import_steps(ImportContext& context, size_t first, const RnnOptions& options,
                             const std::vector<ValueId>& constants, ValueId x, const Direction& direction) {
  const ops::FullyConnected product{.asymmetric_quantize_inputs = options.asymmetric_quantize_inputs};
  TMC_ASSIGN(ValueId state, context.read_variable(first + kState));
  const Shape& of_weights = context.type(constants[kWeights]).shape;
  const int64_t hidden = of_weights[0];
  const Shape of_x = context.type(x).shape;
  TMC_TRY(expect_shape(context, constants[kWeights], Shape::of(hidden, of_x[2]), "weights"));
  TMC_TRY(expect_shape(context, constants[kRecurrentWeights], Shape::of(hidden, hidden), "recurrent weights"));
  TMC_TRY(expect_shape(context, constants[kBias], Shape::of(hidden), "biases"));
  TMC_TRY(expect_shape(context, state, Shape::of(of_x[1], hidden), "states"));
  const auto step = [&](ValueId at, const std::string& suffix) -> Result<ValueId> {
    TMC_ASSIGN(const ValueId of_input,
               context.append("_of_input" + suffix, product, {at, constants[kWeights], constants[kBias]}));
    TMC_ASSIGN(const ValueId of_state,
               context.append("_of_state" + suffix, product, {state, constants[kRecurrentWeights]}));
    TMC_ASSIGN(const ValueId sums, context.append("_sums" + suffix, ops::Add{}, {of_input, of_state}));
    TMC_ASSIGN(state, activated(context, options.activation, sums, "_hidden" + suffix));
    return state;
  };
  TMC_ASSIGN(const ValueId states, in_steps(context, x, direction, step));
  TMC_TRY(context.write_variable(first + kState, state));
  return states;
}

}  // namespace

Result<ValueId> import_rnn_direction(ImportContext& context, size_t first, const RnnOptions& options, ValueId x,
                                     const Direction& direction) {
  constexpr const char* kParts[] = {"_weights", "_recurrent_weights", "_bias"};
  if (context.type(x).dtype != DType::kF32) {
    return error(Error::kUnsupportedType, "its input is {}, where it is supported in float",
                 dtype_name(context.type(x).dtype))
        .with_hint("keep this layer in float; LiteRT has none of integers either");
  }
  bool has_int8 = false;
  std::vector<ValueId> constants;
  for (size_t i = 0; i < std::size(kParts); ++i) {
    const GatePart part = {first + i};
    TMC_ASSIGN(const bool is_int8, has_int8_weights(context, part.operand));
    has_int8 = has_int8 || (is_int8 && i != kBias);
    TMC_ASSIGN(constants.emplace_back(), join_gates(context, {&part, 1}, is_int8 && i != kBias,
                                                    context.output_name() + kParts[i] + direction.suffix));
  }
  const Result<std::string> function = gate_function(options.activation);
  if (has_int8 || !function.ok()) return import_steps(context, first, options, constants, x, direction);
  ops::Rnn op;
  op.reverse = direction.reverse;
  op.functions = *function;
  std::vector<ValueId> inputs = constants;
  inputs.insert(inputs.begin(), x);
  TMC_ASSIGN(inputs.emplace_back(), context.read_variable(first + kState));
  TMC_ASSIGN(const ValueId states, context.append("_states" + direction.suffix, op, inputs));
  TMC_TRY(write_last_state(context, first + kState, states, direction));
  return states;
}

}  // namespace tmc::frontend::tflite
