// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/lstm.hpp"

#include "tmc/ops/op/lstm.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::tflite {
namespace {

using ir::ValueId;

// Where our gates are among the operator's: i, o, f, c; and of peepholes, which have no cell: i, o, f.
constexpr size_t kGatesOfOurs[] = {0, 3, 1, 2};
constexpr size_t kPeepholesOfOurs[] = {0, 2, 1};
constexpr size_t kForgetGate = 1;
constexpr size_t kHiddenIntermediate = 4;

class LstmImport {
 public:
  LstmImport(ImportContext& context, const LstmOperands& operands, const Direction& direction)
      : context_(context),
        operands_(operands),
        direction_(direction),
        is_coupled_(!context.has_input(operands.weights())) {}

  Result<ValueId> run(const LstmOptions& options, ValueId x) {
    is_integer_ = context_.type(x).dtype == DType::kI8;
    TMC_TRY(check_form());
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

  Status check_form() const {
    const auto refuse = [](const char* what) {
      return error(Error::kUnsupportedOp, "it has {}", what).with_hint("export the layer without it");
    };
    if (is_coupled_ && is_integer_)
      return refuse("no input gate of its own, which is coupled to the forget gate, and is int8");
    if (context_.has_input(operands_.projection())) return refuse("a projection of its output");
    if (operands_.layer_norm && context_.has_input(*operands_.layer_norm + 1)) {
      return refuse("layer normalisation within");
    }
    return {};
  }

  // LiteRT gives the output in the scale of the state; the file says the former again.
  Status check_hidden_scale(const Quantization& state) const {
    if (!is_integer_) return {};
    TMC_ASSIGN(const Quantization hidden, context_.intermediate_quantization(kHiddenIntermediate));
    if (hidden.empty() || hidden == state) return {};
    return error(Error::kUnsupportedType, "its output has another scale than its state");
  }

  Result<std::vector<ValueId>> inputs_of(ValueId x) {
    std::vector<ValueId> inputs = {x};
    TMC_ASSIGN(inputs.emplace_back(), joined(operands_.weights(), kGatesOfOurs, "_weights"));
    TMC_ASSIGN(inputs.emplace_back(), joined(operands_.recurrent_weights(), kGatesOfOurs, "_recurrent_weights"));
    TMC_ASSIGN(inputs.emplace_back(), joined(operands_.biases(), kGatesOfOurs, "_bias"));
    for (const size_t state : {operands_.output_state(), operands_.cell_state()}) {
      TMC_ASSIGN(inputs.emplace_back(), context_.read_variable(state));
    }
    if (context_.has_input(operands_.peepholes() + kForgetGate)) {
      TMC_ASSIGN(inputs.emplace_back(), joined(operands_.peepholes(), kPeepholesOfOurs, "_peepholes"));
    }
    return inputs;
  }

  // A coupled input gate lets through what the forget gate does not: 1 - sigmoid(z) = sigmoid(-z).
  Result<ValueId> joined(size_t first, std::span<const size_t> gates, const std::string& part) {
    std::vector<GatePart> parts;
    for (const size_t gate : gates) {
      const bool is_counterpart = is_coupled_ && gate == 0;
      parts.push_back({first + (is_counterpart ? kForgetGate : gate), is_counterpart});
    }
    return join_gates(context_, parts, is_integer_, name_of(part));
  }

  ImportContext& context_;
  const LstmOperands& operands_;
  const Direction& direction_;
  const bool is_coupled_;
  bool is_integer_ = false;
};

}  // namespace

Result<ValueId> import_lstm_direction(ImportContext& context, const LstmOperands& operands, const LstmOptions& options,
                                      ValueId x, const Direction& direction) {
  return LstmImport(context, operands, direction).run(options, x);
}

}  // namespace tmc::frontend::tflite
