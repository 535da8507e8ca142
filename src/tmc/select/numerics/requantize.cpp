// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/requantize.hpp"

#include "tmc/kernels/contract/requantize.hpp"
#include "tmc/select/numerics/table.hpp"

namespace tmc::select {
namespace {

Range full_range(DType dtype) {
  return {dtype_min(dtype), dtype_max(dtype)};
}

kernels::Requantize::Params params_of(int64_t elements, const Integers& from, const Integers& to,
                                      const FixedMultiplier& fixed, const Range& range) {
  return {.elements = static_cast<int32_t>(elements),
          .input_dtype = static_cast<int32_t>(from.dtype),
          .output_dtype = static_cast<int32_t>(to.dtype),
          .input_zero_point = from.affine.zero_point,
          .output_zero_point = to.affine.zero_point,
          .multiplier = fixed.multiplier,
          .shift = fixed.shift,
          .activation_min = range.low,
          .activation_max = range.high};
}

// A step of the kernel, over the whole range of the wanted integers.
Status emit_step(Lowering& lowering, int64_t elements, const Integers& of, const Ref& from, const Integers& wanted,
                 const Ref& to, ir::Requantization rounding) {
  const auto params =
      params_of(elements, of, wanted, rescale_in_double(of.affine, wanted.affine, rounding), full_range(wanted.dtype));
  return lowering.emit<kernels::Requantize>(params, {}, {from}, {to});
}

}  // namespace

Status emit_requantize_row(Lowering& lowering, int64_t elements, const Integers& of, const Ref& from,
                           const Integers& wanted, const Ref& to) {
  const auto rounding =
      wanted.dtype == DType::kI8 ? ir::Requantization::kOneRounding : ir::Requantization::kTwoRoundings;
  return emit_step(lowering, elements, of, from, wanted, to, rounding);
}

Status emit_requantize(Lowering& lowering) {
  const DType from = lowering.input(0).type.dtype;
  const DType to = lowering.output().type.dtype;
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(0), from));
  TMC_ASSIGN(const Affine output, affine_of(lowering.output(), to));
  if (dtype_bytes(from) == 1 && dtype_bytes(to) == 1) {
    return emit_table(lowering, requantize_table(input, output, lowering.requantization(), from, to));
  }
  const int64_t elements = lowering.output().type.shape.elements();
  if (from == DType::kI32 || to == DType::kI32) {
    const auto params = params_of(elements, {from, input}, {to, output},
                                  rescale_in_double(input, output, lowering.requantization()), full_range(to));
    return lowering.emit<kernels::RequantizeS32>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
  }
  return emit_step(lowering, elements, {from, input}, lowering.input_ref(0), {to, output}, lowering.output_ref(),
                   lowering.requantization());
}

Status emit_requantize_int16(Lowering& lowering, size_t index, const Ref& from, const Ref& to) {
  TMC_ASSIGN(const Affine input, symmetric_affine_of(lowering.input(index)));
  TMC_ASSIGN(const Affine output, symmetric_affine_of(lowering.output()));
  return emit_step(lowering, lowering.input(index).type.shape.elements(), {DType::kI16, input}, from,
                   {DType::kI16, output}, to, lowering.requantization());
}

Status emit_requantize(Lowering& lowering, const Affine& computed, int64_t elements, const Ref& from, const Ref& to) {
  const DType dtype = activation_dtype(lowering.output());
  TMC_ASSIGN(const Affine output, activation_affine_of(lowering.output(), dtype));
  if (dtype == DType::kI8) {
    return emit_lookup(lowering, requantize_table(computed, output, lowering.requantization()), elements, from, to);
  }
  return emit_step(lowering, elements, {dtype, computed}, from, {dtype, output}, to, lowering.requantization());
}

Status requantize_output(Lowering& lowering, const Affine& computed) {
  const ir::Value& value = lowering.output();
  TMC_ASSIGN(const Affine output, activation_affine_of(value, activation_dtype(value)));
  if (computed == output) return {};
  const Ref place = lowering.output_ref();
  return emit_requantize(lowering, computed, value.type.shape.elements(), place, place);
}

Status emit_clip(Lowering& lowering, double low, double high) {
  const DType dtype = activation_dtype(lowering.input(0));
  TMC_ASSIGN(const Affine input, activation_affine_of(lowering.input(0), dtype));
  TMC_ASSIGN(const Affine output, activation_affine_of(lowering.output(), dtype));
  if (dtype == DType::kI8) return emit_table(lowering, clip_table(input, output, lowering.requantization(), low, high));
  const Range range = quantized_range(low, high, output, dtype);
  if (input == output && range == full_range(dtype)) return lowering.alias();
  const auto params = params_of(lowering.output().type.shape.elements(), {dtype, input}, {dtype, output},
                                rescale_in_float(input, output, lowering.requantization()), range);
  return lowering.emit<kernels::Requantize>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace tmc::select
