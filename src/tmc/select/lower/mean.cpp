// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/mean.hpp"

#include <algorithm>
#include <bit>

#include "tmc/kernels/contract/mean_f32.hpp"
#include "tmc/kernels/contract/mean_s16.hpp"
#include "tmc/kernels/contract/mean_s8.hpp"
#include "tmc/select/lowering.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/floating.hpp"

namespace tmc::select {
namespace {

// Fills kept and reduced axes from the back; neighbours of one kind are one axis.
template <typename Params>
Status set_axes(Params& p, const Shape& shape, const std::vector<int64_t>& axes) {
  bool reduces[Shape::kMaxRank] = {};
  for (const int64_t axis : axes) reduces[axis < 0 ? axis + shape.rank() : axis] = true;
  std::ranges::fill(p.kept, 1);
  std::ranges::fill(p.reduced, 1);
  int places[2] = {3, 3};  // of the last axis that was filled: kept, reduced
  int last_kind = -1;
  int64_t stride = 1;
  for (int axis = shape.rank() - 1; axis >= 0; --axis) {
    if (shape[axis] == 1) continue;
    const int kind = reduces[axis] ? 1 : 0;
    if (kind != last_kind && places[kind]-- == 0) {
      return error(Error::kUnsupportedShape, "kept and reduced axes alternate more than three times")
          .remedied_by("reshape the tensor first");
    }
    int32_t& extent = (reduces[axis] ? p.reduced : p.kept)[places[kind]];
    int32_t& first_stride = (reduces[axis] ? p.reduced_strides : p.kept_strides)[places[kind]];
    if (kind != last_kind) first_stride = static_cast<int32_t>(stride);
    extent *= static_cast<int32_t>(shape[axis]);
    last_kind = kind;
    stride *= shape[axis];
  }
  return {};
}

// The ratio of the scales over the count. TFLite folds the count into the multiplier: shifted left as far as the count
// allows, then divided, toward zero.
FixedMultiplier mean_multiplier(const Affine& input, const Affine& output, int64_t count,
                                ir::Requantization requantization) {
  if (requantization == ir::Requantization::kOneRounding) {
    return fixed_multiplier(
        static_cast<double>(input.scale) / (static_cast<double>(output.scale) * static_cast<double>(count)),
        requantization);
  }
  const FixedMultiplier fixed = rescale_in_double(input, output, requantization);
  const auto bits = static_cast<int>(std::bit_width(static_cast<uint64_t>(count))) - 1;
  const int shift = std::min({bits, 32, 31 + fixed.shift});
  return {static_cast<int32_t>((int64_t{fixed.multiplier} << shift) / count), fixed.shift - shift};
}

Status emit_f32(Lowering& lowering) {
  kernels::MeanF32::Params p{};
  TMC_TRY(set_axes(p, lowering.input(0).type.shape, lowering.node().op.get<ops::Mean>().axes));
  return lowering.emit<kernels::MeanF32>(p, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

template <typename Contract>
Status emit_integers(Lowering& lowering) {
  const DType dtype = activation_dtype(lowering.input(0));
  TMC_ASSIGN(const Affine input, activation_affine_of(lowering.input(0), dtype));
  TMC_ASSIGN(const Affine output, activation_affine_of(lowering.output(), dtype));
  const Shape& shape = lowering.input(0).type.shape;
  typename Contract::Params p{};
  TMC_TRY(set_axes(p, shape, lowering.node().op.get<ops::Mean>().axes));
  const int64_t count = shape.elements() / lowering.output().type.shape.elements();
  const FixedMultiplier fixed = mean_multiplier(input, output, count, lowering.requantization());
  p.input_zero_point = input.zero_point;
  p.output_zero_point = output.zero_point;
  p.multiplier = fixed.multiplier;
  p.shift = fixed.shift;
  return lowering.emit<Contract>(p, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace

Status lower_mean(Lowering& lowering) {
  if (is_float(lowering)) return emit_f32(lowering);
  return is_int16(lowering.input(0)) ? emit_integers<kernels::MeanS16>(lowering)
                                     : emit_integers<kernels::MeanS8>(lowering);
}

}  // namespace tmc::select
