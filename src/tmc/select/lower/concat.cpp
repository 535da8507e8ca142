// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/concat.hpp"

#include "tmc/kernels/contract/copy.hpp"
#include "tmc/kernels/contract/table_s8.hpp"
#include "tmc/select/numerics/requantize.hpp"
#include "tmc/select/numerics/table.hpp"

namespace tmc::select {
namespace {

using Rows = kernels::Copy::Params;

// As a requantising table, which takes rows as a copy does.
Status emit_table_rows(Lowering& lowering, size_t index, const Rows& rows, const Ref& to) {
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(index)));
  TMC_ASSIGN(const Affine output, affine_of(lowering.output()));
  const Table table = requantize_table(input, output, lowering.requantization());
  return lowering.emit<kernels::TableS8>({rows.rows, rows.row_bytes, rows.input_stride, rows.output_stride},
                                         {kernels::make_blob(DType::kI8, std::vector(table.begin(), table.end()))},
                                         {lowering.input_ref(index)}, {to});
}

// Requantised where it lies together; copied from there where its rows do not.
Status emit_int16_rows(Lowering& lowering, size_t index, const Rows& rows, const Ref& to) {
  if (rows.rows == 1) return emit_requantize_int16(lowering, index, lowering.input_ref(index), to);
  const Ref part =
      lowering.add_temporary(fmt::format(".part{}", index), int64_t{rows.rows} * rows.row_bytes, DType::kI16);
  TMC_TRY(emit_requantize_int16(lowering, index, lowering.input_ref(index), part));
  return lowering.emit<kernels::Copy>(rows, {}, {part}, {to});
}

// One operand into its place: a copy, requantised where its quantisation is not the output's.
Status emit_part(Lowering& lowering, size_t index, const Rows& rows, int64_t byte_offset) {
  const int64_t covered_bytes = int64_t{rows.rows - 1} * rows.output_stride + rows.row_bytes;
  const Ref to = lowering.output_ref(0, byte_offset, covered_bytes);
  const ir::Value& input = lowering.input(index);
  if (input.quantization == lowering.output().quantization) {
    return lowering.emit<kernels::Copy>(rows, {}, {lowering.input_ref(index)}, {to});
  }
  return is_int16(input) ? emit_int16_rows(lowering, index, rows, to) : emit_table_rows(lowering, index, rows, to);
}

}  // namespace

Status lower_concat(Lowering& lowering) {
  const ops::TensorType& output = lowering.output().type;
  const int rank = output.shape.rank();
  const int32_t attribute = lowering.node().op.get<ops::Concat>().axis;
  const int axis = attribute < 0 ? attribute + rank : attribute;
  const auto row_bytes = [&](const Shape& shape) {
    return static_cast<int32_t>(shape.elements(axis, rank) * dtype_bytes(output.dtype));
  };
  int64_t byte_offset = 0;
  for (size_t i = 0; i < lowering.node().inputs.size(); ++i) {
    const int32_t bytes = row_bytes(lowering.input(i).type.shape);
    const auto rows = static_cast<int32_t>(output.shape.elements(0, axis));
    TMC_TRY(emit_part(lowering, i, {rows, bytes, bytes, row_bytes(output.shape)}, byte_offset));
    byte_offset += bytes;
  }
  return {};
}

}  // namespace tmc::select
