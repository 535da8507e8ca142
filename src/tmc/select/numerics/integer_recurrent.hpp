// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the lowerings of recurrent operators on int8 share: sums of integers, and what brings them to numbers of gates.
// Quotients of scales are rounded to float, as LiteRT has it in its LSTM (unidirectional_sequence_lstm.cc).

#include "tmc/kernels/contract/recurrent_s8.hpp"
#include "tmc/select/numerics/recurrent.hpp"

namespace tmc::select {

constexpr float kGateScale = 1.0F / 4096;  // of a gate's number: three integer bits

// The exponent of a cell's scale, int16; kUnsupportedType where that is no power of two within these.
struct CellExponents {
  int32_t least = -15, most = -9;
};
Result<int32_t> cell_exponent(const ir::Value& cell, CellExponents within = {});

// Sums of int32 from rows of int8, weights [outputs, inputs] and a bias for each output.
Result<Ref> emit_dense_sums(Lowering& lowering, const std::string& suffix, const kernels::DenseSumsS8::Params& params,
                            const std::vector<int8_t>& weights, const std::vector<int32_t>& bias, const Ref& rows);

// Rows [batch, .] of int8 with that zero point times gates first..first + count of the weights, plus those of the bias.
// Error: kUnsupportedType where the weights are no int8 constant or the bias is computed.
Result<Ref> emit_integer_sums(Lowering& lowering, const Recurrence& recurrence, const std::string& suffix,
                              const Ref& rows, int32_t zero_point, size_t weights, Recurrence::Gates gates,
                              size_t bias);

// The scale of each gate in a constant of so many along axis 0, which is quantised along that, alike within a gate, or
// as a whole; else kUnsupportedType.
Result<std::vector<float>> gate_scales(const ir::Value& constant, size_t gates);
// Of every gate, what brings sums to numbers: the weights' scale times `scale`, that of the rows in steps of the
// number. Errors: those of gate_scales.
Status set_gate_scales(const Lowering& lowering, size_t weights, float scale, std::span<int32_t> multipliers,
                       std::span<int32_t> shifts);

// What set_gate_scales gives in the form of contract/recurrent_s16.hpp, of one rounding.
void round_once(std::span<int32_t> multipliers, std::span<int32_t> shifts);

// A state of int16, and how products with weights see it: as int8.
struct WideState {
  Ref ref, row;
  Affine affine, row_affine;
  int32_t bits = 0;  // integer bits, where the scale is a power of two

  Recurrence::Given given(bool sequence) const { return {0, ref, sequence, affine}; }
};

// It begins as the node's first state. With `is_relu` it is never negative afterwards, and of any scale; else
// kUnsupportedType where its scale is no power of two from 2^-15 to 2^-9.
Result<WideState> add_wide_state(Lowering& lowering, Recurrence& recurrence, size_t first_state, bool is_relu);
// A step that writes `row` from `from`, a state's integers.
Status emit_row(Lowering& lowering, const Recurrence& recurrence, const WideState& state, const Ref& from,
                const Ref& row);

}  // namespace tmc::select
