// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/lstm_integer_steps.hpp"

#include "tmc/ops/op/integer_lstm_step.hpp"

namespace tmc::frontend::tflite {
namespace {

using ir::ValueId;
using Step = ops::IntegerLstmStep;

class IntegerSteps {
 public:
  IntegerSteps(ImportContext& context, const LstmOperands& operands, const LstmOptions& options,
               const Direction& direction)
      : context_(context),
        operands_(operands),
        options_(options),
        direction_(direction),
        form_(lstm_form(context, operands)) {}

  Result<ValueId> run(ValueId x) {
    if (options_.activation != schema::ActivationFunctionType::TANH) {
      return error(Error::kUnsupportedOp, "its activation is {}, of int8 it is computed with TANH",
                   schema::EnumNameActivationFunctionType(options_.activation));
    }
    TMC_ASSIGN(std::vector<ValueId> inputs, inputs_of(x));
    TMC_TRY(set_scales(context_.quantization(inputs[Step::kState])));
    const std::vector<Quantization> quantizations = {context_.quantization(inputs[Step::kState]),
                                                     context_.quantization(inputs[Step::kCell])};
    const auto step = [&](ValueId at, const std::string& suffix) -> Result<ValueId> {
      inputs[Step::kX] = at;
      TMC_ASSIGN(const std::vector<ValueId> outputs,
                 context_.graph().append_all(context_.output_name() + "_step" + suffix, op_, inputs, quantizations));
      inputs[Step::kState] = outputs[0];
      inputs[Step::kCell] = outputs[1];
      return outputs[0];
    };
    TMC_ASSIGN(const ValueId states, in_steps(context_, x, direction_, step));
    TMC_TRY(context_.write_variable(operands_.output_state(), inputs[Step::kState]));
    TMC_TRY(context_.write_variable(operands_.cell_state(), inputs[Step::kCell]));
    return states;
  }

 private:
  Result<ValueId> joined(size_t first, std::span<const size_t> gates, const std::string& part) {
    std::vector<GatePart> parts;
    for (const size_t gate : gates.subspan(form_.is_coupled ? 1 : 0)) parts.push_back({first + gate});
    return join_gates(context_, parts, true, context_.output_name() + part + direction_.suffix);
  }

  Result<std::vector<ValueId>> inputs_of(ValueId x) {
    std::vector<ValueId> inputs(Step::kProjectionBias + 1, ValueId::kNone);
    inputs[Step::kX] = x;
    TMC_ASSIGN(inputs[Step::kWeights], joined(operands_.weights(), kGatesOfOurs, "_weights"));
    TMC_ASSIGN(inputs[Step::kRecurrentWeights],
               joined(operands_.recurrent_weights(), kGatesOfOurs, "_recurrent_weights"));
    TMC_ASSIGN(inputs[Step::kBias], joined(operands_.biases(), kGatesOfOurs, "_bias"));
    TMC_ASSIGN(inputs[Step::kState], context_.read_variable(operands_.output_state()));
    TMC_ASSIGN(inputs[Step::kCell], context_.read_variable(operands_.cell_state()));
    if (form_.has_peepholes) {
      TMC_ASSIGN(inputs[Step::kPeepholes], peepholes(inputs[Step::kState], inputs[Step::kCell]));
    }
    if (form_.is_normalized) {
      TMC_ASSIGN(inputs[Step::kCoefficients], joined(*operands_.layer_norm, kGatesOfOurs, "_norm"));
    }
    TMC_ASSIGN(inputs[Step::kProjection], context_.optional_input(operands_.projection()));
    TMC_ASSIGN(inputs[Step::kProjectionBias], context_.optional_input(operands_.projection() + 1));
    return inputs;
  }

  // LiteRT lets as many units of a batch item look at the cell as it has outputs, and counts on past the item's end.
  Result<ValueId> peepholes(ValueId state, ValueId cell) {
    TMC_ASSIGN(const ValueId all, joined(operands_.peepholes(), kPeepholesOfOurs, "_peepholes"));
    const Shape of_state = context_.type(state).shape;
    const Shape of_cell = context_.type(cell).shape;
    if (of_state.rank() != 2 || of_cell.rank() != 2) return error(Error::kMalformed, "its states are no matrices");
    const int64_t outputs = of_state[1];
    const int64_t hidden = of_cell[1];
    if (outputs == hidden) return all;
    if (outputs > hidden || (of_cell[0] > 1 && !options_.batch_by_batch)) {
      return error(
                 Error::kUnsupportedOp,
                 "it has peepholes and a projection to {} outputs of {} units, of a batch of {}: LiteRT reads cells of "
                 "other batch items there",
                 outputs, hidden, of_cell[0])
          .with_hint("export it without peepholes, or with a batch of 1 and no more outputs than units");
    }
    const ops::TensorType type = context_.type(all);
    if (type.dtype != DType::kI16 || type.shape.elements() % hidden != 0) {
      return error(Error::kMalformed, "its peepholes are no int16 numbers of its {} units", hidden);
    }
    std::vector<int16_t> looking = context_.graph().value(all).data->to_vector<int16_t>();
    for (size_t i = 0; i < looking.size(); ++i) {
      if (static_cast<int64_t>(i) % hidden >= outputs) looking[i] = 0;
    }
    TMC_TRY(context_.budget().take_computed(type));
    return context_.graph().add_constant(context_.output_name() + "_looking" + direction_.suffix, type,
                                         ir::TensorData::of(std::span<const int16_t>(looking)),
                                         context_.quantization(all));
  }

  Status set_scales(const Quantization& state) {
    TMC_ASSIGN(const Quantization hidden, scale_within(kHiddenIntermediate));
    TMC_ASSIGN(const FileTensor output, context_.output());
    if (output.quantization != state || (!form_.is_projected && hidden != state)) {
      return error(Error::kUnsupportedType, "its output has another scale than its state");
    }
    op_.coupled = form_.is_coupled;
    op_.cell_clip = options_.cell_clip > 0 ? static_cast<double>(options_.cell_clip) : 0;
    if (form_.is_projected) {
      op_.projection_clip = options_.proj_clip > 0 ? static_cast<double>(options_.proj_clip) : 0;
      op_.hidden_scale = static_cast<double>(hidden.scale());
      op_.hidden_zero_point = hidden.zero_point();
    }
    if (!form_.is_normalized) return {};
    double* const scales[] = {&op_.scale_i, &op_.scale_f, &op_.scale_c, &op_.scale_o};  // in the operator's order
    for (size_t gate = form_.is_coupled ? 1 : 0; gate < std::size(scales); ++gate) {
      TMC_ASSIGN(const Quantization of_gate, scale_within(gate));
      *scales[gate] = static_cast<double>(of_gate.scale());
    }
    return {};
  }

  Result<Quantization> scale_within(size_t index) const {
    TMC_ASSIGN(Quantization found, context_.intermediate_quantization(index));
    if (!found.empty() && !found.per_axis()) return found;
    return error(Error::kMalformed, "its intermediate tensor {} has no scale", index);
  }

  ImportContext& context_;
  const LstmOperands& operands_;
  const LstmOptions& options_;
  const Direction& direction_;
  const LstmForm form_;
  Step op_;
};

}  // namespace

bool is_beyond_integer_operator(const ImportContext& context, const LstmOperands& operands) {
  const LstmForm form = lstm_form(context, operands);
  return form.is_coupled || form.is_projected || form.is_normalized || form.has_peepholes;
}

Result<ValueId> import_lstm_integer_steps(ImportContext& context, const LstmOperands& operands,
                                          const LstmOptions& options, ValueId x, const Direction& direction) {
  return IntegerSteps(context, operands, options, direction).run(x);
}

}  // namespace tmc::frontend::tflite
