// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/lstm.hpp"

#include "tmc/frontend/tflite/lstm_int16.hpp"
#include "tmc/frontend/tflite/lstm_integer_steps.hpp"
#include "tmc/frontend/tflite/lstm_steps.hpp"
#include "tmc/ops/op/lstm.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::tflite {
namespace {

using ir::ValueId;

class LstmImport {
 public:
  LstmImport(ImportContext& context, const LstmOperands& operands, const Direction& direction)
      : context_(context), operands_(operands), direction_(direction), form_(lstm_form(context, operands)) {}

  Result<ValueId> run(const LstmOptions& options, ValueId x) {
    is_int16_ = context_.type(x).dtype == DType::kI16;
    is_integer_ = is_int16_ || context_.type(x).dtype == DType::kI8;
    TMC_ASSIGN(const std::string function, gate_function(options.activation));
    ops::Lstm op;
    op.functions = fmt::format("sigmoid {} {}", function, function);
    op.cell_clip = static_cast<double>(options.cell_clip);
    op.cell = true;
    op.reverse = direction_.reverse;
    TMC_ASSIGN(const std::vector<ValueId> inputs, inputs_of(x));
    const Quantization state = context_.quantization(inputs[4]);
    TMC_TRY(check_hidden_scale(state));
    const std::vector<Quantization> quantizations = {state, context_.quantization(inputs[5])};
    TMC_ASSIGN(const std::vector<ValueId> outputs,
               context_.graph().append_all(name_of("_states"), op, inputs, quantizations));
    TMC_TRY(write_last_state(context_, operands_.output_state(), outputs[0], direction_));
    const Shape shape = context_.type(outputs[0]).shape;
    TMC_ASSIGN(const ValueId cell, context_.append("_cell" + direction_.suffix, ops::Reshape{{shape[2], shape[3]}},
                                                   {outputs[1]}, quantizations[1]));
    TMC_TRY(context_.write_variable(operands_.cell_state(), cell));
    return outputs[0];
  }

 private:
  std::string name_of(const std::string& part) const { return context_.output_name() + part + direction_.suffix; }

  // The output is given in the scale of the state; LiteRT takes the former from where the file says it again.
  Status check_hidden_scale(const Quantization& state) const {
    if (!is_integer_) return {};
    if (is_int16_) {
      TMC_ASSIGN(const FileTensor output, context_.output());
      if (output.quantization == state) return {};
      return error(Error::kUnsupportedType, "its output has another scale than its state");
    }
    TMC_ASSIGN(const Quantization hidden, context_.intermediate_quantization(kHiddenIntermediate));
    if (hidden.empty() || hidden == state) return {};
    return error(Error::kUnsupportedType, "its output has another scale than its state");
  }

  Result<std::vector<ValueId>> inputs_of(ValueId x) {
    std::vector<ValueId> inputs = {x};
    TMC_ASSIGN(inputs.emplace_back(), joined(operands_.weights(), kGatesOfOurs, "_weights"));
    TMC_ASSIGN(inputs.emplace_back(), joined(operands_.recurrent_weights(), kGatesOfOurs, "_recurrent_weights"));
    TMC_ASSIGN(inputs.emplace_back(),
               is_int16_ ? join_int16_biases(context_, operands_, context_.quantization(x), name_of("_bias"))
                         : joined(operands_.biases(), kGatesOfOurs, "_bias"));
    for (const size_t state : {operands_.output_state(), operands_.cell_state()}) {
      TMC_ASSIGN(inputs.emplace_back(), context_.read_variable(state));
    }
    if (form_.has_peepholes) {
      TMC_ASSIGN(inputs.emplace_back(), joined(operands_.peepholes(), kPeepholesOfOurs, "_peepholes"));
    }
    return inputs;
  }

  // A coupled input gate lets through what the forget gate does not: 1 - sigmoid(z) = sigmoid(-z).
  Result<ValueId> joined(size_t first, std::span<const size_t> gates, const std::string& part) {
    std::vector<GatePart> parts;
    for (const size_t gate : gates) {
      const bool is_counterpart = form_.is_coupled && gate == 0;
      parts.push_back({first + (is_counterpart ? kForgetGate : gate), is_counterpart});
    }
    return join_gates(context_, parts, is_integer_, name_of(part));
  }

  ImportContext& context_;
  const LstmOperands& operands_;
  const Direction& direction_;
  const LstmForm form_;
  bool is_integer_ = false, is_int16_ = false;
};

// The format tells two arithmetics of int8 layers apart by how many tensors lie within.
Status check_intermediates(const ImportContext& context) {
  const auto* intermediates = context.file_operator().intermediates();
  if (intermediates == nullptr || intermediates->size() <= kHiddenIntermediate + 1) return {};
  return error(Error::kUnsupportedOp, "it has {} intermediate tensors, where sums of its gates are of 8 bits",
               intermediates->size())
      .with_hint("quantise it with sums of 16 bits, which have 5 intermediate tensors, or keep it in float");
}

// Whether a float layer is more than the graph's operator.
Result<bool> is_beyond_operator(const ImportContext& context, const LstmOperands& operands,
                                const LstmOptions& options) {
  const auto activation = options.activation;
  if (activation == schema::ActivationFunctionType::RELU6) return true;
  if (activation == schema::ActivationFunctionType::RELU_N1_TO_1) return true;
  const LstmForm form = lstm_form(context, operands);
  if (form.is_projected || form.is_normalized) return true;
  TMC_ASSIGN(const bool is_hybrid, has_int8_weights(context, operands.weights() + kForgetGate));
  if (is_hybrid) return true;
  return has_int8_weights(context, operands.recurrent_weights() + kForgetGate);
}

}  // namespace

LstmForm lstm_form(const ImportContext& context, const LstmOperands& operands) {
  return {.is_coupled = !context.has_input(operands.weights()),
          .has_peepholes = context.has_input(operands.peepholes() + kForgetGate),
          .is_normalized = operands.layer_norm && context.has_input(*operands.layer_norm + kForgetGate),
          .is_projected = context.has_input(operands.projection())};
}

Result<ValueId> import_lstm_direction(ImportContext& context, const LstmOperands& operands, const LstmOptions& options,
                                      ValueId x, const Direction& direction) {
  if (context.type(x).dtype == DType::kF32) {
    TMC_ASSIGN(const bool needs_steps, is_beyond_operator(context, operands, options));
    if (needs_steps) return import_lstm_steps(context, operands, options, x, direction);
  } else if (context.type(x).dtype == DType::kI16) {
    TMC_TRY(check_int16_form(context, operands, options));
  } else {
    TMC_TRY(check_intermediates(context));
    if (is_beyond_integer_operator(context, operands)) {
      return import_lstm_integer_steps(context, operands, options, x, direction);
    }
  }
  return LstmImport(context, operands, direction).run(options, x);
}

}  // namespace tmc::frontend::tflite
