// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/mean.hpp"

#include <algorithm>
#include <bit>

#include "tmc/kernels/contract/mean.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/reduction.hpp"

namespace tmc::select {
namespace {

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

template <typename Contract>
Status emit(Lowering& lowering, const std::vector<int64_t>& axes, int64_t divisor) {
  const DType dtype = activation_dtype(lowering.input(0));
  TMC_ASSIGN(const Affine input, activation_affine_of(lowering.input(0), dtype));
  TMC_ASSIGN(const Affine output, activation_affine_of(lowering.output(), dtype));
  typename Contract::Params p{};
  TMC_TRY(set_axes(p, lowering.input(0).type.shape, axes));
  const FixedMultiplier fixed = mean_multiplier(input, output, divisor, lowering.requantization());
  p.input_zero_point = input.zero_point;
  p.output_zero_point = output.zero_point;
  p.multiplier = fixed.multiplier;
  p.shift = fixed.shift;
  return lowering.emit<Contract>(p, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace

Status emit_quantized_sum(Lowering& lowering, const std::vector<int64_t>& axes, int64_t divisor) {
  return is_int16(lowering.input(0)) ? emit<kernels::MeanS16>(lowering, axes, divisor)
                                     : emit<kernels::MeanS8>(lowering, axes, divisor);
}

}  // namespace tmc::select
