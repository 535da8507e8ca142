// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/recurrent.hpp"

#include <limits>

#include "tmc/function/binary/add.hpp"
#include "tmc/kernels/contract/copy.hpp"
#include "tmc/kernels/contract/family/join.hpp"
#include "tmc/kernels/contract/fully_connected.hpp"
#include "tmc/kernels/contract/matmul.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/broadcast.hpp"
#include "tmc/select/numerics/floating.hpp"

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

Result<Recurrence> Recurrence::create(Lowering& lowering, const ops::RecurrentForm& form, std::string_view functions) {
  TMC_TRY(require_dtype(lowering.input(0), DType::kF32));
  Recurrence result(lowering);
  TMC_ASSIGN(result.functions_, ops::parse_gate_functions(functions, form.functions));
  const Shape& x = lowering.input(0).type.shape;
  result.time_ = static_cast<int32_t>(x[0]);
  result.batch_ = static_cast<int32_t>(x[1]);
  result.hidden_ = static_cast<int32_t>(lowering.input(2).type.shape[1]);
  result.state_count_ = form.states;
  const int64_t bytes = result.state_bytes();
  result.states_ = lowering.add_temporary(".state", bytes * static_cast<int64_t>(form.states), DType::kF32);
  for (size_t i = 0; i < form.states; ++i) {
    Ref to = result.states_;
    to.byte_offset = static_cast<int64_t>(i) * bytes;
    to.bytes = bytes;
    TMC_TRY(result.copy(lowering.input_ref(kFirstBias + form.biases + i), to, bytes));
  }
  return result;
}

void Recurrence::set_clip(float& to, double clip) {
  to = clip > 0 ? static_cast<float>(clip) : std::numeric_limits<float>::infinity();
}

Status Recurrence::copy(const Ref& from, const Ref& to, int64_t bytes) {
  const auto count = static_cast<int32_t>(bytes);
  return lowering_->emit<kernels::Copy>({.rows = 1, .row_bytes = count, .input_stride = count, .output_stride = count},
                                        {}, {from}, {to});
}

Status Recurrence::emit_loop(bool reverse, bool sequence, bool all_states, const std::function<Status()>& step) {
  const int64_t input_bytes = lowering_->input(0).type.shape.elements() / time_ * kFloatBytes;
  const int64_t output_bytes = state_bytes() * static_cast<int64_t>(all_states ? state_count_ : 1);
  const int64_t direction = reverse ? -1 : 1;
  if (time_ > 1) lowering_->begin_loop(time_);
  input_ = lowering_->input_ref(0);
  if (time_ > 1) input_.advance_bytes = direction * input_bytes;
  // Kernels read aligned rows.
  if (time_ > 1 && input_bytes % program::kAlignBytes != 0) {
    const Ref row = lowering_->add_temporary(".input", input_bytes, DType::kF32);
    TMC_TRY(copy(input_, row, input_bytes));
    input_ = row;
  }
  TMC_TRY(step());
  Ref last = hidden_state();
  last.bytes = output_bytes;
  Ref output = lowering_->output_ref();
  if (sequence && time_ > 1) output.advance_bytes = direction * output_bytes;
  if (sequence) TMC_TRY(copy(last, output, output_bytes));
  lowering_->end_loop();
  return sequence ? Status() : copy(last, output, output_bytes);
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
