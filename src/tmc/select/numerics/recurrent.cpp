// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/recurrent.hpp"

#include <algorithm>

#include "tmc/function/binary/add.hpp"
#include "tmc/kernels/contract/copy.hpp"
#include "tmc/kernels/contract/family/join.hpp"
#include "tmc/kernels/contract/fully_connected.hpp"
#include "tmc/kernels/contract/matmul.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/broadcast.hpp"
#include "tmc/select/numerics/floating.hpp"
#include "tmc/select/numerics/requantize.hpp"

namespace tmc::select {
namespace {

constexpr int64_t kFloatBytes = sizeof(float);
constexpr size_t kFirstBias = 3;

// Those elements of a constant.
kernels::Blob part_of(const ir::Value& constant, int64_t first, int64_t count) {
  const auto bytes = constant.data->bytes().subspan(static_cast<size_t>(first * kFloatBytes),
                                                    static_cast<size_t>(count * kFloatBytes));
  return {DType::kF32, {bytes.begin(), bytes.end()}};
}

}  // namespace

Recurrence::Recurrence(Lowering& lowering, const ops::RecurrentForm& form)
    : lowering_(&lowering),
      first_state_(kFirstBias + form.biases),
      time_(static_cast<int32_t>(lowering.input(0).type.shape[0])),
      batch_(static_cast<int32_t>(lowering.input(0).type.shape[1])),
      hidden_(static_cast<int32_t>(lowering.input(2).type.shape[1])) {}

Result<Ref> Recurrence::add_states(size_t first, size_t count) {
  const DType dtype = lowering_->input(first_state_ + first).type.dtype;
  const int64_t bytes = int64_t{batch_} * hidden_ * dtype_bytes(dtype);
  const std::string name = count > 1 || first == 0 ? ".state" : fmt::format(".state{}", first);
  const Ref states = lowering_->add_temporary(name, bytes * static_cast<int64_t>(count), dtype);
  for (size_t i = 0; i < count; ++i) {
    Ref to = states;
    to.byte_offset = static_cast<int64_t>(i) * bytes;
    to.bytes = bytes;
    TMC_TRY(copy(lowering_->input_ref(first_state_ + first + i, 0, bytes), to, bytes));
  }
  return states;
}

Status Recurrence::copy(const Ref& from, const Ref& to, int64_t bytes) {
  const auto row = static_cast<int32_t>(bytes);
  return lowering_->emit<kernels::Copy>({.rows = 1, .row_bytes = row, .input_stride = row, .output_stride = row}, {},
                                        {from}, {to});
}

Status Recurrence::emit_loop(bool reverse, const std::vector<Given>& gives, const std::function<Status()>& step) {
  const ops::TensorType& input = lowering_->input(0).type;
  const int64_t input_bytes = input.shape.elements() / time_ * dtype_bytes(input.dtype);
  const int64_t direction = reverse ? -1 : 1;
  input_ = lowering_->input_ref(0);
  // Operands advance in memory only.
  if (repeats() && lowering_->input(0).is_constant()) {
    const Ref sequence_in_memory = lowering_->add_temporary(".sequence", input_bytes * time_, input.dtype);
    TMC_TRY(copy(input_, sequence_in_memory, input_bytes * time_));
    input_ = sequence_in_memory;
  }
  if (repeats()) lowering_->begin_loop(time_);
  if (repeats()) input_.advance_bytes = direction * input_bytes;
  // Kernels read aligned rows.
  if (repeats() && input_bytes % program::kAlignBytes != 0) {
    Ref row = lowering_->add_temporary(".input", input_bytes, input.dtype);
    row.bytes = input_bytes;
    TMC_TRY(copy(input_, row, input_bytes));
    input_ = row;
  }
  TMC_TRY(step());
  const auto is_of_every_step = [&](const Given& given) { return given.sequence && repeats(); };
  for (const Given& given : gives) {
    if (is_of_every_step(given)) TMC_TRY(give(given, direction));
  }
  lowering_->end_loop();
  for (const Given& given : gives) {
    if (!is_of_every_step(given)) TMC_TRY(give(given, 0));
  }
  return {};
}

// A row of the output, which moves on in that direction from step to step.
Status Recurrence::give(const Given& given, int64_t direction) {
  const ops::TensorType& output = lowering_->output(given.output).type;
  const int64_t bytes = int64_t{batch_} * hidden_ * dtype_bytes(output.dtype);
  Ref to = lowering_->output_ref(given.output, 0, direction == 0 ? bytes : bytes * time_);
  to.advance_bytes = direction * bytes;
  bool is_same = true;
  if (given.affine) {
    TMC_ASSIGN(const Affine affine, affine_of(lowering_->output(given.output), output.dtype));
    is_same = output.dtype == given.state.dtype && affine == *given.affine;
  }
  Ref from = given.state;
  from.bytes = bytes;
  if (is_same) return copy(from, to, bytes);
  if (direction == 0 || bytes % program::kAlignBytes == 0) return convert(given, to);
  // Kernels write aligned rows.
  Ref row = lowering_->add_temporary(fmt::format(".output{}", given.output), bytes, output.dtype);
  TMC_TRY(convert(given, row));
  row.bytes = bytes;
  return copy(row, to, bytes);
}

Status Recurrence::convert(const Given& given, const Ref& to) {
  const ir::Value& output = lowering_->output(given.output);
  TMC_ASSIGN(const Affine affine, affine_of(output, output.type.dtype));
  return emit_requantize_row(*lowering_, int64_t{batch_} * hidden_, {given.state.dtype, *given.affine}, given.state,
                             {output.type.dtype, affine}, to);
}

Result<Ref> Recurrence::emit_sums(const std::string& suffix, const Ref& rows, size_t weights, Gates gates,
                                  size_t bias) {
  const Ref sums = lowering_->add_temporary(suffix, int64_t{batch_} * gates.count * hidden_ * kFloatBytes, DType::kF32);
  const ir::Value& matrix = lowering_->input(weights);
  const bool has_bias = bias != kNoBias && lowering_->has_input(bias);
  const bool is_layer = matrix.is_constant() && (!has_bias || lowering_->input(bias).is_constant());
  TMC_TRY(is_layer ? emit_layer(rows, matrix, gates, has_bias ? bias : kNoBias, sums)
                   : emit_product(suffix, rows, weights, gates, has_bias ? bias : kNoBias, sums));
  return sums;
}

Status Recurrence::emit_layer(const Ref& rows, const ir::Value& weights, Gates gates, size_t bias, const Ref& sums) {
  const int64_t outputs = gates.count * hidden_;
  const int64_t first = gates.first * hidden_;
  const int64_t inputs = weights.type.shape[1];
  kernels::FullyConnectedF32::Params p{};
  p.batch = batch_;
  p.inputs = static_cast<int32_t>(inputs);
  p.outputs = static_cast<int32_t>(outputs);
  set_activation_range(p, ops::Activation::kNone);
  const std::vector<float> zeros(static_cast<size_t>(outputs), 0);
  return lowering_->emit<kernels::FullyConnectedF32>(
      p,
      {part_of(weights, first * inputs, outputs * inputs),
       bias == kNoBias ? kernels::make_blob(DType::kF32, zeros) : part_of(lowering_->input(bias), first, outputs)},
      {rows}, {sums});
}

// Of weights, or a bias, that are known at run time alone.
Status Recurrence::emit_product(const std::string& suffix, const Ref& rows, size_t weights, Gates gates, size_t bias,
                                const Ref& sums) {
  const int64_t outputs = gates.count * hidden_;
  const int64_t first = gates.first * hidden_;
  const int64_t inputs = lowering_->input(weights).type.shape[1];
  kernels::MatmulF32::Params p{};
  std::ranges::fill(p.batch, 1);
  p.rows = batch_;
  p.inner = static_cast<int32_t>(inputs);
  p.columns = static_cast<int32_t>(outputs);
  p.transpose_b = 1;
  const Ref matrix = lowering_->input_ref(weights, first * inputs * kFloatBytes, outputs * inputs * kFloatBytes);
  if (bias == kNoBias) return lowering_->emit<kernels::MatmulF32>(p, {}, {rows, matrix}, {sums});
  const Ref product = lowering_->add_temporary(suffix + ".product", batch_ * outputs * kFloatBytes, DType::kF32);
  TMC_TRY(lowering_->emit<kernels::MatmulF32>(p, {}, {rows, matrix}, {product}));
  using Add = kernels::Join<function::Add, float>;
  Add::Params sum{};
  set_activation_range(sum, ops::Activation::kNone);
  const Shape shape = Shape::of(int64_t{batch_}, outputs);
  TMC_TRY(set_broadcast_params(sum, shape, Shape::of(outputs), shape));
  const Ref added = lowering_->input_ref(bias, first * kFloatBytes, outputs * kFloatBytes);
  return lowering_->emit<Add>(sum, {}, {product, added}, {sums});
}

}  // namespace tmc::select
