// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/lstm_basic.hpp"

#include <array>

#include "tmc/frontend/tflite/recurrent.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/basic_lstm_step.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::frontend::tflite {
namespace {

using ir::ValueId;

constexpr size_t kX = 0, kOutputState = 1, kWeights = 2, kBias = 3, kCellState = 4;
constexpr size_t kOutputs = 4;

// Files keep states in variables, or hand them in and out.
bool is_variable(const ImportContext& context, size_t index) {
  const auto tensor = static_cast<flatbuffers::uoffset_t>(
      context.file_operator().inputs()->Get(static_cast<flatbuffers::uoffset_t>(index)));
  return context.view().subgraph().tensors()->Get(tensor)->is_variable();
}

Result<ValueId> read_state(ImportContext& context, size_t index) {
  if (!context.has_input(index)) return error(Error::kMalformed, "input {} is missing", index);
  return is_variable(context, index) ? context.read_variable(index) : context.input(index);
}

Status write_state(ImportContext& context, size_t index, ValueId value) {
  return is_variable(context, index) ? context.write_variable(index, value) : Status();
}

// The sums of gate `which` of four.
Result<ValueId> sums_of(ImportContext& context, ValueId sums, int64_t which, const char* name) {
  const Shape shape = context.type(sums).shape;
  ops::Slice slice = ops::Slice::whole(shape);
  slice.read(1, which * (shape[1] / 4), shape[1] / 4);
  return context.append(name, slice, {sums});
}

// In the order of the operator's outputs.
using Results = std::array<ValueId, kOutputs>;

Result<Results> float_step(ImportContext& context, ValueId both, ValueId weights, ValueId bias, ValueId cell_before) {
  TMC_ASSIGN(const ValueId sums, context.append("_sums", ops::FullyConnected{}, {both, weights, bias}));
  TMC_ASSIGN(const ValueId of_input, sums_of(context, sums, 0, "_input_gate_sum"));
  TMC_ASSIGN(const ValueId of_candidate, sums_of(context, sums, 1, "_candidate_sum"));
  TMC_ASSIGN(const ValueId of_forget, sums_of(context, sums, 2, "_forget_gate_sum"));
  TMC_ASSIGN(const ValueId of_output, sums_of(context, sums, 3, "_output_gate_sum"));
  TMC_ASSIGN(const ValueId input, context.append("_input_gate", ops::Sigmoid{}, {of_input}));
  TMC_ASSIGN(const ValueId candidate, context.append("_candidate", ops::Tanh{}, {of_candidate}));
  TMC_ASSIGN(const ValueId forget, context.append("_forget_gate", ops::Sigmoid{}, {of_forget}));
  TMC_ASSIGN(const ValueId output, context.append("_output_gate", ops::Sigmoid{}, {of_output}));
  TMC_ASSIGN(const ValueId added, context.append("_added", ops::Mul{}, {input, candidate}));
  TMC_ASSIGN(const ValueId kept, context.append("_kept", ops::Mul{}, {forget, cell_before}));
  TMC_ASSIGN(const ValueId cell, context.append("_cell", ops::Add{}, {added, kept}));
  TMC_ASSIGN(const ValueId seen, context.append("_activated_cell", ops::Tanh{}, {cell}));
  TMC_ASSIGN(const ValueId state, context.append("_hidden", ops::Mul{}, {output, seen}));
  return Results{state, cell, both, sums};
}

// What LiteRT takes for granted.
Status check_scale(const ImportContext& context, ValueId value) {
  const Quantization& quantization = context.quantization(value);
  const bool is_taken = !quantization.empty() && !quantization.per_axis() && quantization.scale() == 1.0F / 128 &&
                        quantization.zero_point() == 0;
  if (context.type(value).dtype == DType::kI8 && is_taken) return {};
  return error(Error::kUnsupportedType, "its input or output state is not uint8 in steps of 1 / 128 about 128")
      .with_hint("export it in float, or as UNIDIRECTIONAL_SEQUENCE_LSTM");
}

Result<Results> quantised_step(ImportContext& context, ValueId both, ValueId weights, ValueId bias,
                               ValueId cell_before) {
  const std::vector<Quantization> quantizations = {context.quantization(both), context.quantization(cell_before),
                                                   Quantization::per_tensor(1.0F / 4096, 0)};
  TMC_ASSIGN(const std::vector<ValueId> outputs,
             context.graph().append_all(context.output_name() + "_step", ops::BasicLstmStep{},
                                        {both, weights, bias, cell_before}, quantizations));
  return Results{outputs[0], outputs[1], both, outputs[2]};
}

}  // namespace

Status import_basic_lstm(ImportContext& context) {
  if (context.output_count() != kOutputs) {
    return error(Error::kMalformed, "it has {} outputs, of the basic kind it has {}", context.output_count(), kOutputs);
  }
  TMC_ASSIGN(const ValueId x, context.input(kX));
  TMC_ASSIGN(const ValueId before, read_state(context, kOutputState));
  TMC_ASSIGN(const ValueId cell_before, read_state(context, kCellState));
  TMC_ASSIGN(const ValueId weights, context.input(kWeights));
  TMC_ASSIGN(const ValueId bias, context.input(kBias));
  const Shape of_x = context.type(x).shape;
  const Shape of_state = context.type(before).shape;
  if (of_x.rank() != 2 || of_state.rank() != 2) return error(Error::kMalformed, "its input or state is no matrix");
  const int64_t units = of_state[1];
  TMC_TRY(expect_shape(context, before, Shape::of(of_x[0], units), "output states"));
  TMC_TRY(expect_shape(context, cell_before, Shape::of(of_x[0], units), "cell states"));
  TMC_TRY(expect_shape(context, weights, Shape::of(4 * units, of_x[1] + units), "weights"));
  TMC_TRY(expect_shape(context, bias, Shape::of(4 * units), "biases"));
  const bool is_float = context.type(x).dtype == DType::kF32;
  if (!is_float) {
    TMC_TRY(check_scale(context, x));
    TMC_TRY(check_scale(context, before));
  }
  TMC_ASSIGN(const ValueId both, context.append("_both", ops::Concat{.axis = 1}, {x, before}, context.quantization(x)));
  TMC_ASSIGN(const Results results, is_float ? float_step(context, both, weights, bias, cell_before)
                                             : quantised_step(context, both, weights, bias, cell_before));
  TMC_TRY(write_state(context, kOutputState, results[0]));
  TMC_TRY(write_state(context, kCellState, results[1]));
  for (size_t i = 0; i < kOutputs; ++i) {
    const Shape shape = context.type(results[i]).shape;
    TMC_TRY(context.finish_output(i, ops::Reshape{{shape[0], shape[1]}}, {results[i]}));
  }
  return {};
}

}  // namespace tmc::frontend::tflite
