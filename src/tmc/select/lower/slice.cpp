// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/slice.hpp"

#include "tmc/kernels/contract/copy.hpp"
#include "tmc/select/numerics/move.hpp"

namespace tmc::select {
namespace {

// One level of a copy: so many of what the level below copies, this far apart in the input.
struct Level {
  int64_t count, input_stride_bytes;
};

// From the outermost on; the innermost level is single bytes. Levels that continue each other are one.
std::vector<Level> levels_of(const ops::Slice& op, const ops::TensorType& input) {
  std::vector<Level> levels;
  int64_t stride_bytes = dtype_bytes(input.dtype);
  levels.push_back({stride_bytes, 1});
  for (int axis = input.shape.rank() - 1; axis >= 0; --axis) {
    const auto at = static_cast<size_t>(axis);
    const Level level{op.sizes[at], op.steps[at] * stride_bytes};
    stride_bytes *= input.shape[axis];
    if (level.count == 1) continue;
    if (level.input_stride_bytes == levels.front().count * levels.front().input_stride_bytes) {
      levels.front().count *= level.count;
    } else {
      levels.insert(levels.begin(), level);
    }
  }
  return levels;
}

// Copies what the levels from `depth` on describe; the last two are one step.
Status emit_level(Lowering& lowering, std::span<const Level> levels, int64_t from_byte, int64_t& to_byte) {
  if (levels.size() > 2) {
    for (int64_t i = 0; i < levels.front().count; ++i) {
      TMC_TRY(emit_level(lowering, levels.subspan(1), from_byte + i * levels.front().input_stride_bytes, to_byte));
    }
    return {};
  }
  const auto row_bytes = static_cast<int32_t>(levels.back().count);
  const bool has_rows = levels.size() == 2;
  const auto rows = static_cast<int32_t>(has_rows ? levels.front().count : 1);
  const auto stride = static_cast<int32_t>(has_rows ? levels.front().input_stride_bytes : row_bytes);
  TMC_TRY(lowering.emit<kernels::Copy>({rows, row_bytes, stride, row_bytes}, {}, {lowering.input_ref(0, from_byte)},
                                       {lowering.output_ref(0, to_byte)}));
  to_byte += int64_t{rows} * row_bytes;
  return {};
}

}  // namespace

Status lower_slice(Lowering& lowering) {
  constexpr int64_t kMostSteps = 64;
  const auto& op = lowering.node().op.get<ops::Slice>();
  const ops::TensorType& input = lowering.input(0).type;
  const std::vector<Level> levels = levels_of(op, input);
  int64_t steps = 1;
  for (size_t i = 0; i + 2 < levels.size(); ++i) steps *= levels[i].count;
  if (steps > kMostSteps) {
    return error(Error::kUnsupportedShape, "a slice of {} separate pieces", steps)
        .remedied_by("cut one axis at a time, the innermost last");
  }
  int64_t from_byte = 0;
  int64_t stride_bytes = dtype_bytes(input.dtype);
  for (int axis = input.shape.rank() - 1; axis >= 0; --axis) {
    from_byte += op.begins[static_cast<size_t>(axis)] * stride_bytes;
    stride_bytes *= input.shape[axis];
  }
  int64_t to_byte = 0;
  TMC_TRY(emit_level(lowering, levels, from_byte, to_byte));
  return follow_quantization(lowering);
}

}  // namespace tmc::select
