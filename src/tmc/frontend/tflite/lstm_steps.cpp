// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/lstm_steps.hpp"

#include <array>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/clip.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::frontend::tflite {
namespace {

using ir::ValueId;

// In the operator's order.
enum LstmGate : size_t { kInput, kForget, kCandidate, kOutput, kLstmGates };
constexpr const char* kGateNames[] = {"_input_gate", "_forget_gate", "_candidate", "_output_gate"};
constexpr double kNormalizationEpsilon = 1e-8;  // of LiteRT's MeanStddevNormalization

class LstmSteps {
 public:
  LstmSteps(ImportContext& context, const LstmOperands& operands, const LstmOptions& options,
            const Direction& direction)
      : context_(context),
        operands_(operands),
        options_(options),
        direction_(direction),
        form_(lstm_form(context, operands)) {}

  Result<ValueId> run(ValueId x) {
    TMC_TRY(read_constants(x));
    TMC_ASSIGN(const ValueId states, in_steps(context_, x, direction_,
                                              [&](ValueId at, const std::string& suffix) { return step(at, suffix); }));
    TMC_TRY(context_.write_variable(operands_.output_state(), state_));
    TMC_TRY(context_.write_variable(operands_.cell_state(), cell_));
    return states;
  }

 private:
  std::string name_of(const std::string& part) const { return context_.output_name() + part + direction_.suffix; }

  Result<ValueId> constant(size_t first, std::span<const size_t> gates, const std::string& part, bool as_stored) {
    std::vector<GatePart> parts;
    for (const size_t gate : gates) parts.push_back({first + gate});
    return join_gates(context_, parts, as_stored, name_of(part));
  }

  // A vector of one gate, as reals.
  Result<ValueId> of_gate(size_t first, size_t gate, const char* part) {
    TMC_ASSIGN(const ValueId vector, constant(first, {&gate, 1}, std::string(part) + kGateNames[gate], false));
    TMC_TRY(expect_shape(context_, vector, Shape::of(hidden_), "vectors of a gate"));
    return vector;
  }

  // int8 as it is stored.
  Result<ValueId> matrix(size_t first, std::span<const size_t> gates, const char* part) {
    TMC_ASSIGN(const bool is_int8, has_int8_weights(context_, first + gates[0]));
    return constant(first, gates, part, is_int8);
  }

  Result<ValueId> scalar(const char* part, double value) {
    const auto real = static_cast<float>(value);
    return context_.graph().add_constant(name_of(part), {DType::kF32, {}},
                                         ir::TensorData::of(std::span<const float>(&real, 1)));
  }

  Status read_constants(ValueId x) {
    constexpr size_t kAll[] = {kInput, kForget, kCandidate, kOutput};
    const std::span<const size_t> gates = std::span(kAll).subspan(form_.is_coupled ? 1 : 0);
    TMC_ASSIGN(state_, context_.read_variable(operands_.output_state()));
    TMC_ASSIGN(cell_, context_.read_variable(operands_.cell_state()));
    TMC_ASSIGN(weights_, matrix(operands_.weights(), gates, "_weights"));
    TMC_ASSIGN(recurrent_weights_, matrix(operands_.recurrent_weights(), gates, "_recurrent_weights"));
    const Shape of_x = context_.type(x).shape;
    const Shape of_weights = context_.type(weights_).shape;
    const auto count = static_cast<int64_t>(gates.size());
    if (of_weights.rank() != 2 || of_weights[0] % count != 0) {
      return error(Error::kMalformed, "its weights are no matrices of one height");
    }
    hidden_ = of_weights[0] / count;
    TMC_TRY(read_projection());
    TMC_TRY(expect_shape(context_, weights_, Shape::of(count * hidden_, of_x[2]), "weights"));
    TMC_TRY(expect_shape(context_, recurrent_weights_, Shape::of(count * hidden_, outputs_), "recurrent weights"));
    TMC_TRY(expect_shape(context_, state_, Shape::of(of_x[1], outputs_), "output states"));
    TMC_TRY(expect_shape(context_, cell_, Shape::of(of_x[1], hidden_), "cell states"));
    if (!form_.is_normalized) {
      TMC_ASSIGN(bias_, constant(operands_.biases(), gates, "_bias", false));
      TMC_TRY(expect_shape(context_, bias_, Shape::of(count * hidden_), "biases"));
    }
    return read_vectors(gates);
  }

  Status read_projection() {
    outputs_ = hidden_;
    if (!form_.is_projected) return {};
    constexpr size_t kFirst[] = {0};
    TMC_ASSIGN(projection_, matrix(operands_.projection(), kFirst, "_projection"));
    const Shape shape = context_.type(projection_).shape;
    if (shape.rank() != 2) return error(Error::kMalformed, "its projection is no matrix");
    outputs_ = shape[0];
    TMC_TRY(expect_shape(context_, projection_, Shape::of(outputs_, hidden_), "projections"));
    if (!context_.has_input(operands_.projection() + 1)) return {};
    TMC_ASSIGN(projection_bias_, constant(operands_.projection() + 1, kFirst, "_projection_bias", false));
    return expect_shape(context_, projection_bias_, Shape::of(outputs_), "biases of the projection");
  }

  // Peepholes, of which the format has three: of the input, forget and output gates.
  Status read_vectors(std::span<const size_t> gates) {
    constexpr size_t kPeepholeOf[] = {0, 1, kLstmGates, 2};
    if (form_.is_normalized) {
      TMC_ASSIGN(epsilon_, scalar("_epsilon", kNormalizationEpsilon));
    }
    if (form_.is_coupled) {
      TMC_ASSIGN(one_, scalar("_one", 1));
    }
    for (const size_t gate : gates) {
      if (form_.has_peepholes && gate != kCandidate) {
        constexpr size_t kAlone = 0;
        TMC_ASSIGN(peepholes_[gate], constant(operands_.peepholes() + kPeepholeOf[gate], {&kAlone, 1},
                                              std::string("_peepholes") + kGateNames[gate], false));
        TMC_TRY(expect_shape(context_, peepholes_[gate], Shape::of(hidden_), "peepholes"));
      }
      if (!form_.is_normalized) continue;
      TMC_ASSIGN(norms_[gate], of_gate(*operands_.layer_norm, gate, "_norm"));
      TMC_ASSIGN(biases_[gate], of_gate(operands_.biases(), gate, "_bias"));
    }
    return {};
  }

  Result<ValueId> step(ValueId x, const std::string& suffix) {
    const ops::FullyConnected product{.asymmetric_quantize_inputs = options_.asymmetric_quantize_inputs};
    TMC_ASSIGN(const ValueId of_x, context_.append("_of_input" + suffix, product, {x, weights_, bias_}));
    TMC_ASSIGN(const ValueId of_state, context_.append("_of_state" + suffix, product, {state_, recurrent_weights_}));
    TMC_ASSIGN(const ValueId sums, context_.append("_sums" + suffix, ops::Add{}, {of_x, of_state}));
    TMC_TRY(update_cell(sums, suffix));
    TMC_ASSIGN(const ValueId output_gate, gate(kOutput, sums, suffix));
    TMC_ASSIGN(const ValueId seen, activated(context_, options_.activation, cell_, "_activated_cell" + suffix));
    TMC_ASSIGN(state_, context_.append("_hidden" + suffix, ops::Mul{}, {output_gate, seen}));
    if (projection_ == ValueId::kNone) return state_;
    TMC_ASSIGN(state_, context_.append("_projected" + suffix, product, {state_, projection_, projection_bias_}));
    TMC_ASSIGN(state_, clipped(state_, options_.proj_clip, "_clipped" + suffix));
    return state_;
  }

  Status update_cell(ValueId sums, const std::string& suffix) {
    TMC_ASSIGN(const ValueId forget, gate(kForget, sums, suffix));
    TMC_ASSIGN(const ValueId candidate, gate(kCandidate, sums, suffix));
    ValueId input = ValueId::kNone;
    if (form_.is_coupled) {
      TMC_ASSIGN(input, context_.append(kGateNames[kInput] + suffix, ops::Sub{}, {one_, forget}));
    } else {
      TMC_ASSIGN(input, gate(kInput, sums, suffix));
    }
    TMC_ASSIGN(const ValueId kept, context_.append("_kept" + suffix, ops::Mul{}, {forget, cell_}));
    TMC_ASSIGN(const ValueId added, context_.append("_added" + suffix, ops::Mul{}, {input, candidate}));
    TMC_ASSIGN(cell_, context_.append("_cell" + suffix, ops::Add{}, {kept, added}));
    TMC_ASSIGN(cell_, clipped(cell_, options_.cell_clip, "_clipped_cell" + suffix));
    return {};
  }

  // Of the cell as it is now.
  Result<ValueId> gate(size_t which, ValueId sums, const std::string& suffix) {
    const std::string name = kGateNames[which] + suffix;
    ops::Slice slice = ops::Slice::whole(context_.type(sums).shape);
    slice.read(1, (static_cast<int64_t>(which) - (form_.is_coupled ? 1 : 0)) * hidden_, hidden_);
    TMC_ASSIGN(ValueId z, context_.append(name + "_sum", slice, {sums}));
    if (peepholes_[which] != ValueId::kNone) {
      TMC_ASSIGN(const ValueId looked, context_.append(name + "_peephole", ops::Mul{}, {cell_, peepholes_[which]}));
      TMC_ASSIGN(z, context_.append(name + "_with_peephole", ops::Add{}, {z, looked}));
    }
    if (form_.is_normalized) {
      TMC_ASSIGN(z, normalized(z, name));
      TMC_ASSIGN(z, context_.append(name + "_scaled", ops::Mul{}, {z, norms_[which]}));
      TMC_ASSIGN(z, context_.append(name + "_biased", ops::Add{}, {z, biases_[which]}));
    }
    if (which == kCandidate) return activated(context_, options_.activation, z, name);
    return context_.append(name, ops::Sigmoid{}, {z});
  }

  Result<ValueId> normalized(ValueId z, const std::string& name) {
    TMC_ASSIGN(const ValueId mean, context_.append(name + "_mean", ops::Mean{{1}, true}, {z}));
    TMC_ASSIGN(const ValueId centred, context_.append(name + "_centred", ops::Sub{}, {z, mean}));
    TMC_ASSIGN(const ValueId squares, context_.append(name + "_squares", ops::Mul{}, {centred, centred}));
    TMC_ASSIGN(const ValueId variance, context_.append(name + "_variance", ops::Mean{{1}, true}, {squares}));
    TMC_ASSIGN(const ValueId raised, context_.append(name + "_raised", ops::Add{}, {variance, epsilon_}));
    TMC_ASSIGN(const ValueId deviation, context_.append(name + "_deviation", ops::Sqrt{}, {raised}));
    return context_.append(name + "_normalized", ops::Div{}, {centred, deviation});
  }

  Result<ValueId> clipped(ValueId value, float limit, const std::string& suffix) {
    if (!(limit > 0)) return value;
    return context_.append(suffix, ops::Clip{.min = -static_cast<double>(limit), .max = static_cast<double>(limit)},
                           {value});
  }

  ImportContext& context_;
  const LstmOperands& operands_;
  const LstmOptions& options_;
  const Direction& direction_;
  const LstmForm form_;
  int64_t hidden_ = 0, outputs_ = 0;
  ValueId state_ = ValueId::kNone, cell_ = ValueId::kNone;
  ValueId weights_ = ValueId::kNone, recurrent_weights_ = ValueId::kNone, bias_ = ValueId::kNone;
  ValueId projection_ = ValueId::kNone, projection_bias_ = ValueId::kNone;
  ValueId epsilon_ = ValueId::kNone, one_ = ValueId::kNone;
  // By gate; none where the layer has none.
  std::array<ValueId, kLstmGates> peepholes_ = {ValueId::kNone, ValueId::kNone, ValueId::kNone, ValueId::kNone};
  std::array<ValueId, kLstmGates> norms_ = peepholes_, biases_ = peepholes_;
};

}  // namespace

Result<ValueId> import_lstm_steps(ImportContext& context, const LstmOperands& operands, const LstmOptions& options,
                                  ValueId x, const Direction& direction) {
  return LstmSteps(context, operands, options, direction).run(x);
}

}  // namespace tmc::frontend::tflite
