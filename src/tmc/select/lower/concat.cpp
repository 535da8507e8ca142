// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/concat.hpp"

#include "tmc/kernels/contract/copy.hpp"
#include "tmc/kernels/contract/table_s8.hpp"
#include "tmc/select/numerics/table.hpp"

namespace tmc::select {
namespace {

// One operand into its place: a copy, or a requantising table where its quantisation is not the output's.
Status emit_part(Lowering& lowering, size_t index, const kernels::Copy::Params& rows, int64_t byte_offset) {
  const std::vector<Ref> inputs = {lowering.input_ref(index)};
  const int64_t covered_bytes = int64_t{rows.rows - 1} * rows.output_stride + rows.row_bytes;
  const std::vector<Ref> outputs = {lowering.output_ref(0, byte_offset, covered_bytes)};
  if (lowering.input(index).quantization == lowering.output().quantization) {
    return lowering.emit<kernels::Copy>(rows, {}, inputs, outputs);
  }
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(index)));
  TMC_ASSIGN(const Affine output, affine_of(lowering.output()));
  const Table table = requantize_table(input, output);
  return lowering.emit<kernels::TableS8>({rows.rows, rows.row_bytes, rows.input_stride, rows.output_stride},
                                         {kernels::make_blob(DType::kI8, std::vector(table.begin(), table.end()))},
                                         inputs, outputs);
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
