// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/rnn.hpp"

#include "tmc/ops/op/rnn.hpp"

namespace tmc::frontend::tflite {

Result<ir::ValueId> import_rnn_direction(ImportContext& context, size_t first,
                                         schema::ActivationFunctionType activation, ir::ValueId x,
                                         const Direction& direction) {
  constexpr const char* kParts[] = {"_weights", "_recurrent_weights", "_bias"};
  if (context.type(x).dtype != DType::kF32) {
    return error(Error::kUnsupportedType, "its input is {}, where it is supported in float",
                 dtype_name(context.type(x).dtype));
  }
  ops::Rnn op;
  op.reverse = direction.reverse;
  TMC_ASSIGN(op.functions, gate_function(activation));
  std::vector<ir::ValueId> inputs = {x};
  for (size_t i = 0; i < 3; ++i) {
    const GatePart part = {first + i};
    TMC_ASSIGN(inputs.emplace_back(),
               join_gates(context, {&part, 1}, false, context.output_name() + kParts[i] + direction.suffix));
  }
  TMC_ASSIGN(inputs.emplace_back(), context.read_variable(first + 3));
  TMC_ASSIGN(const ir::ValueId states, context.append("_states" + direction.suffix, op, inputs));
  TMC_TRY(write_last_state(context, first + 3, states, direction));
  return states;
}

}  // namespace tmc::frontend::tflite
