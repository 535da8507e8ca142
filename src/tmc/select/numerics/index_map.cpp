// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/index_map.hpp"

#include <algorithm>
#include <map>

#include "tmc/kernels/contract/copy.hpp"
#include "tmc/kernels/contract/strided_copy.hpp"
#include "tmc/kernels/contract/table_s8.hpp"
#include "tmc/select/numerics/move.hpp"
#include "tmc/select/numerics/requantize.hpp"
#include "tmc/select/numerics/table.hpp"

namespace tmc::select {
namespace {

using ops::Box;
using ops::MovedAxis;
using Rows = kernels::Copy::Params;

constexpr size_t kMostSteps = 64;
constexpr size_t kStridedAxes = std::size(decltype(kernels::StridedCopy::Params::extents){});

bool is_dense_row(const Box& box) {
  return box.axes.back().input_stride == 1;
}

// One row, or several at one distance.
bool is_rows(const Box& box) {
  return is_dense_row(box) && box.axes.size() <= 2 && (box.axes.size() < 2 || box.axes[0].input_stride >= 0);
}

int64_t outer_elements(const Box& box, size_t inner_axes) {
  int64_t elements = 1;
  for (size_t i = 0; i + inner_axes < box.axes.size(); ++i) elements *= box.axes[i].extent;
  return elements;
}

// The box once for each index along its axes but the inner ones.
void append_unrolled(const Box& box, size_t inner_axes, std::vector<Box>& boxes) {
  if (box.axes.size() <= inner_axes) {
    boxes.push_back(box);
    return;
  }
  Box inner = box;
  inner.axes.erase(inner.axes.begin());
  for (int64_t i = 0; i < box.axes[0].extent; ++i) {
    inner.from = box.from + i * box.axes[0].input_stride;
    inner.to = box.to + i * box.axes[0].output_stride;
    append_unrolled(inner, inner_axes, boxes);
  }
}

// Operands of which there are more take a step each.
int64_t most_steps(const ops::IndexMap& map) {
  size_t operands = 1;
  for (const Box& box : map.boxes) operands = std::max(operands, box.input + 1);
  return static_cast<int64_t>(std::max(kMostSteps, operands));
}

// Boxes that a step each moves, whose innermost axis lies together in the output: rows where these are few, else
// elements along as many axes as the kernel takes.
Result<std::vector<Box>> steps_of(const ops::IndexMap& map) {
  std::vector<Box> steps;
  const int64_t most = most_steps(map);
  int64_t count = 0;
  for (Box box : map.boxes) {
    box.axes = ops::merged(box.axes);
    if (box.axes.empty() || box.axes.back().output_stride != 1) box.axes.push_back({1, 1, 1});
    const bool as_rows = is_dense_row(box) && count + outer_elements(box, 2) <= most;
    const size_t inner_axes = as_rows ? 2 : kStridedAxes;
    count += outer_elements(box, inner_axes);
    if (count > most) {
      return error(Error::kUnsupportedShape, "it moves more than {} separate pieces", most)
          .with_hint("move along one axis at a time, the innermost last");
    }
    append_unrolled(box, inner_axes, steps);
  }
  return steps;
}

class Mover {
 public:
  explicit Mover(Lowering& lowering) : lowering_(lowering), bytes_(element_bytes(lowering.output())) {}

  Status run(const std::vector<Box>& steps) {
    has_tables_ = lowering_.output().type.dtype == DType::kI8 && std::ranges::all_of(steps, is_rows);
    for (const Box& step : steps) TMC_TRY(move(step));
    return is_alone() && !has_tables_ ? follow_quantization(lowering_) : Status();
  }

 private:
  // The one operand is requantised in its place in the output, after it was moved.
  bool is_alone() const { return lowering_.node().inputs.size() == 1; }
  bool keeps_quantization(size_t input) const {
    return lowering_.input(input).quantization == lowering_.output().quantization;
  }

  Status move(const Box& box) {
    if (!keeps_quantization(box.input)) {
      if (has_tables_) return move_through_table(box);
      if (!is_alone()) return move_requantized(box);
    }
    return move_from(lowering_.input_ref(box.input), box);
  }

  // A requantising table takes rows as a copy does.
  Status move_through_table(const Box& box) {
    TMC_ASSIGN(const Affine input, affine_of(lowering_.input(box.input)));
    TMC_ASSIGN(const Affine output, affine_of(lowering_.output()));
    const Table table = requantize_table(input, output, lowering_.requantization());
    const Rows rows = rows_of(box);
    return lowering_.emit<kernels::TableS8>({rows.rows, rows.row_bytes, rows.input_stride, rows.output_stride},
                                            {kernels::make_blob(DType::kI8, std::vector(table.begin(), table.end()))},
                                            {part_of(lowering_.input_ref(box.input), box)}, {output_of(box)});
  }

  // The operand is requantised as a whole, where it lies together in place.
  Status move_requantized(const Box& box) {
    const ir::Value& input = lowering_.input(box.input);
    const int64_t elements = input.type.shape.elements();
    const bool is_whole = box.axes.size() == 1 && box.axes[0].extent == elements && is_rows(box);
    if (is_whole) return emit_requantize_int16(lowering_, box.input, lowering_.input_ref(box.input), output_of(box));
    const auto [found, is_new] = requantized_.try_emplace(box.input);
    if (is_new) {
      found->second = lowering_.add_temporary(fmt::format(".part{}", box.input), elements * bytes_, input.type.dtype);
      TMC_TRY(emit_requantize_int16(lowering_, box.input, lowering_.input_ref(box.input), found->second));
    }
    return move_from(found->second, box);
  }

  Status move_from(const Ref& input, const Box& box) {
    if (is_rows(box)) return lowering_.emit<kernels::Copy>(rows_of(box), {}, {part_of(input, box)}, {output_of(box)});
    kernels::StridedCopy::Params p{};
    p.element_bytes = bytes_;
    p.first = static_cast<int32_t>(box.from);
    std::ranges::fill(p.extents, 1);
    const size_t outer = kStridedAxes - box.axes.size();
    for (size_t i = 0; i < box.axes.size(); ++i) {
      p.extents[outer + i] = static_cast<int32_t>(box.axes[i].extent);
      p.input_strides[outer + i] = static_cast<int32_t>(box.axes[i].input_stride);
      if (outer + i + 1 < kStridedAxes) p.output_strides[outer + i] = static_cast<int32_t>(box.axes[i].output_stride);
    }
    return lowering_.emit<kernels::StridedCopy>(p, {}, {up_to_last(input, box)}, {output_of(box)});
  }

  Rows rows_of(const Box& box) const {
    const int64_t row = box.axes.back().extent;
    const bool many = box.axes.size() == 2;
    return {.rows = static_cast<int32_t>(many ? box.axes[0].extent : 1),
            .row_bytes = static_cast<int32_t>(row * bytes_),
            .input_stride = static_cast<int32_t>((many ? box.axes[0].input_stride : row) * bytes_),
            .output_stride = static_cast<int32_t>((many ? box.axes[0].output_stride : row) * bytes_)};
  }

  // The operand from the box's first element on, or from its own; up to the last one that the box reads.
  Ref part_of(Ref input, const Box& box) const {
    input = up_to_last(input, box);
    input.byte_offset = box.from * bytes_;
    input.bytes -= input.byte_offset;
    return input;
  }
  Ref up_to_last(Ref input, const Box& box) const {
    int64_t last = box.from;
    for (const MovedAxis& axis : box.axes) last += std::max<int64_t>(0, (axis.extent - 1) * axis.input_stride);
    input.bytes = (last + 1) * bytes_;
    return input;
  }
  Ref output_of(const Box& box) const {
    int64_t elements = 1;
    for (const MovedAxis& axis : box.axes) elements += (axis.extent - 1) * axis.output_stride;
    return lowering_.output_ref(0, box.to * bytes_, elements * bytes_);
  }

  Lowering& lowering_;
  const int32_t bytes_;
  std::map<size_t, Ref> requantized_;  // by operand
  bool has_tables_ = false;            // bytes in rows, requantised as they are moved
};

}  // namespace

Status lower_index_map(Lowering& lowering) {
  TMC_ASSIGN(ops::IndexMap map, lowering.graph().index_map(lowering.node()));
  if (ops::is_identity(map, lowering.input(0).type.shape)) {
    return lowering.input(0).quantization == lowering.output().quantization ? lowering.alias()
                                                                            : emit_requantize(lowering);
  }
  TMC_ASSIGN(const std::vector<Box> steps, steps_of(map));
  return Mover(lowering).run(steps);
}

}  // namespace tmc::select
