// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/keras/activation.hpp"
#include "tmc/frontend/keras/importers.hpp"
#include "tmc/frontend/keras/kernel.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/gru.hpp"
#include "tmc/ops/op/lstm.hpp"
#include "tmc/ops/op/rnn.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::keras {
namespace {

using ir::ValueId;

// The gates of a unit in our order, as numbers of Keras's: i, f, c, o there, i, o, f, c here.
struct Cell {
  std::string_view class_name;
  std::vector<int64_t> gates;
};
const Cell kCells[] = {{"LSTM", {0, 3, 1, 2}}, {"GRU", {0, 1, 2}}, {"SimpleRNN", {0}}};

// One direction of a layer: its own configuration, and the part of the weights that is its.
class Direction {
 public:
  Direction(LayerContext& context, std::string class_name, const Config& config, std::string part, std::string suffix)
      : context_(context),
        class_name_(std::move(class_name)),
        config_(config),
        part_(std::move(part)),
        suffix_(std::move(suffix)) {}

  // The states of every step [batch, time, units], in the order of time also where it runs backwards, or of the last
  // [batch, units]. `x` is [time, batch, inputs].
  Result<ValueId> run(ValueId x) {
    TMC_TRY(read_config());
    const Shape input = context_.shape(x);
    TMC_ASSIGN(const std::vector<ValueId> operands, operands_of(x, input));
    TMC_ASSIGN(const ValueId states, append_cell(operands));
    if (!sequence_) return context_.reshaped(suffix_ + "_last", states, {input[1], units_});
    TMC_ASSIGN(const ValueId steps, context_.reshaped(suffix_ + "_steps", states, {input[0], input[1], units_}));
    return context_.append(suffix_ + "_batches", ops::Transpose{{1, 0, 2}}, {steps});
  }

  bool is_backwards() const { return backwards_; }
  bool gives_sequence() const { return sequence_; }

 private:
  Status read_config() {
    constexpr int64_t kMost = 1 << 16;
    TMC_ASSIGN(units_, config_.integer("units", 0));
    if (units_ < 1 || units_ > kMost) return error(Error::kMalformed, "it has {} units", units_);
    TMC_ASSIGN(sequence_, config_.truth("return_sequences", false));
    TMC_ASSIGN(backwards_, config_.truth("go_backwards", false));
    for (const char* member : {"stateful", "return_state", "time_major"}) {
      TMC_ASSIGN(const bool is_set, config_.truth(member, false));
      if (is_set) return error(Error::kUnsupportedOp, "it has {}=True", member);
    }
    TMC_ASSIGN(const std::string inner, gate_of(context_, config_, "activation"));
    functions_ = inner;
    if (class_name_ == "SimpleRNN") return {};
    TMC_ASSIGN(const std::string gates, gate_of(context_, config_, "recurrent_activation"));
    functions_ = gates + " " + inner + (class_name_ == "LSTM" ? " " + inner : "");
    return {};
  }

  // [columns, gates * units] as [gates * units, columns], with the gates in our order.
  std::vector<float> in_our_order(const std::vector<float>& kernel, int64_t columns) const {
    const std::vector<int64_t>& gates = std::ranges::find(kCells, class_name_, &Cell::class_name)->gates;
    const Shape shape = Shape::of(columns, std::ssize(gates) * units_);
    const std::vector<float> rows = permuted(kernel, shape, {1, 0});
    std::vector<float> ordered;
    for (const int64_t gate : gates) {
      const auto first = rows.begin() + gate * units_ * columns;
      ordered.insert(ordered.end(), first, first + units_ * columns);
    }
    return ordered;
  }

  Result<std::vector<ValueId>> operands_of(ValueId x, const Shape& input) {
    const int64_t sums = std::ssize(std::ranges::find(kCells, class_name_, &Cell::class_name)->gates) * units_;
    LayerWeights& weights = context_.weights();
    TMC_ASSIGN(const std::vector<float> kernel, weights.next(Shape::of(input[2], sums), part_));
    TMC_ASSIGN(const std::vector<float> recurrent, weights.next(Shape::of(units_, sums), part_));
    std::vector<ValueId> operands = {
        x, context_.constant(suffix_ + "_kernel", Shape::of(sums, input[2]), in_our_order(kernel, input[2])),
        context_.constant(suffix_ + "_recurrent_kernel", Shape::of(sums, units_), in_our_order(recurrent, units_))};
    TMC_TRY(append_biases(sums, operands));
    const std::vector<float> zeros(static_cast<size_t>(input[1] * units_), 0);
    const ValueId state = context_.constant(suffix_ + "_state", Shape::of(input[1], units_), zeros);
    operands.insert(operands.end(), class_name_ == "LSTM" ? 2 : 1, state);
    return operands;
  }

  // A GRU has two, or one that belongs to the inputs.
  Status append_biases(int64_t sums, std::vector<ValueId>& operands) {
    TMC_ASSIGN(const bool has_bias, config_.truth("use_bias", true));
    TMC_ASSIGN(after_, config_.truth("reset_after", context_.version() >= 3));
    const bool is_gru = class_name_ == "GRU";
    const size_t biases = is_gru ? 2 : 1;
    if (!has_bias) {
      operands.insert(operands.end(), biases, ValueId::kNone);
      return {};
    }
    const int64_t rows = is_gru && after_ ? 2 : 1;
    TMC_ASSIGN(const std::vector<float> values,
               context_.weights().next(rows == 2 ? Shape::of(2, sums) : Shape::of(sums), part_));
    for (int64_t row = 0; row < static_cast<int64_t>(biases); ++row) {
      std::vector<float> bias(static_cast<size_t>(sums), 0);
      const auto first = values.begin() + row * sums;
      if (row < rows) bias.assign(first, first + sums);
      operands.push_back(
          context_.constant(suffix_ + "_bias" + std::to_string(row), Shape::of(sums), in_our_order(bias, 1)));
    }
    return {};
  }

  Result<ValueId> append_cell(const std::vector<ValueId>& operands) {
    const std::string name = suffix_ + "_states";
    if (class_name_ == "SimpleRNN") {
      return context_.append(name, ops::Rnn{.reverse = backwards_, .sequence = sequence_, .functions = functions_},
                             operands);
    }
    if (class_name_ == "GRU") {
      return context_.append(
          name,
          ops::Gru{
              .reverse = backwards_, .sequence = sequence_, .linear_before_reset = after_, .functions = functions_},
          operands);
    }
    return context_.append(name, ops::Lstm{.reverse = backwards_, .sequence = sequence_, .functions = functions_},
                           operands);
  }

  LayerContext& context_;
  const std::string class_name_;
  const Config config_;
  const std::string part_, suffix_;
  int64_t units_ = 0;
  bool sequence_ = false;
  bool backwards_ = false;
  bool after_ = false;
  std::string functions_;
};

Result<ValueId> time_first(LayerContext& context) {
  if (context.inputs().size() != 1) return error(Error::kUnsupportedOp, "it is given states to begin with");
  TMC_ASSIGN(const ValueId value, context.input());
  TMC_TRY(ops::check_rank(context.type(value), 3, "input"));
  return context.append("_time_first", ops::Transpose{{1, 0, 2}}, {value});
}

Status import_recurrent(LayerContext& context) {
  TMC_ASSIGN(const ValueId x, time_first(context));
  Direction direction(context, context.class_name(), context.config(), "cell", "");
  TMC_ASSIGN(ValueId result, direction.run(x));
  if (direction.is_backwards() && direction.gives_sequence()) {  // Keras gives the steps as they were taken
    ops::Slice turn = ops::Slice::whole(context.shape(result));
    const int64_t steps = context.shape(result)[1];
    turn.read(1, steps - 1, steps, -1);
    TMC_ASSIGN(result, context.append("_turned", std::move(turn), {result}));
  }
  return context.finish_as(result);
}

Result<Direction> inner_direction(LayerContext& context, const char* member, const char* part) {
  const Config layer = context.config().at(member);
  TMC_ASSIGN(const std::string class_name, layer.text("class_name", "?"));
  if (std::ranges::find(kCells, class_name, &Cell::class_name) == std::end(kCells)) {
    return error(Error::kUnsupportedOp, "it holds a layer of class '{}'", class_name);
  }
  return Direction(context, class_name, layer.at("config"), std::string(part) + "/cell", std::string("_") + part);
}

Status import_bidirectional(LayerContext& context) {
  TMC_ASSIGN(const ValueId x, time_first(context));
  if (!context.config().has("backward_layer")) {
    return error(Error::kUnsupportedOp, "it does not say its backward layer")
        .with_hint("save the model again with Keras 3");
  }
  TMC_ASSIGN(Direction forward, inner_direction(context, "layer", "forward_layer"));
  TMC_ASSIGN(Direction backward, inner_direction(context, "backward_layer", "backward_layer"));
  TMC_ASSIGN(const ValueId a, forward.run(x));
  TMC_ASSIGN(const ValueId b, backward.run(x));
  if (forward.is_backwards() || !backward.is_backwards()) {
    return error(Error::kUnsupportedOp, "its layers run in other directions than forward and backward");
  }
  TMC_ASSIGN(const std::string mode, context.config().text("merge_mode", "none"));
  if (mode == "concat") return context.finish(ops::Concat{context.shape(a).rank() - 1}, {a, b});
  if (mode == "mul") return context.finish(ops::Mul{}, {a, b});
  if (mode == "sum") return context.finish(ops::Add{}, {a, b});
  if (mode != "ave") return error(Error::kUnsupportedOp, "its merge_mode is '{}'", mode);
  TMC_ASSIGN(const ValueId sum, context.append("_sum", ops::Add{}, {a, b}));
  return context.finish(ops::Mul{}, {sum, context.scalar("_half", 0.5)});
}

}  // namespace

std::span<const Importer> recurrent_layers() {
  static constexpr Importer kLayers[] = {{"LSTM", import_recurrent},
                                         {"GRU", import_recurrent},
                                         {"SimpleRNN", import_recurrent},
                                         {"Bidirectional", import_bidirectional}};
  return kLayers;
}

}  // namespace tmc::frontend::keras
