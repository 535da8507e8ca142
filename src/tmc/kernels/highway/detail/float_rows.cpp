// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// One file for the loops of float_rows.hpp, as detail/int8_layers.cpp is for those of int8.

#include "tmc/kernels/highway/detail/float_rows.hpp"

#include <string.h>

#include "tmc/base/math.hpp"
#include "tmc/kernels/highway/detail/quantize.hpp"
#include "tmc/kernels/highway/host/highway_settings.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tmc/kernels/highway/detail/float_rows.cpp"
#include <hwy/foreach_target.h>
// Behind foreach_target.h.
#include <hwy/highway.h>

#include "tmc/kernels/highway/detail/exponential.inl"
// Behind what they use.
#include "tmc/kernels/highway/detail/float_rows.inl"
#include "tmc/kernels/highway/detail/quantize.inl"
#include "tmc/kernels/highway/detail/slot_attention.inl"

#if HWY_ONCE
namespace tmc::kernels::highway {

HWY_EXPORT(multiply_float_rows_here);
HWY_EXPORT(attend_to_slots_here);
HWY_EXPORT(quantize_divided_here);
HWY_EXPORT(range_of_floats_here);
HWY_EXPORT(quantize_multiplied_here);

void multiply_float_rows(const FloatRows& p) {
  HWY_DYNAMIC_DISPATCH(multiply_float_rows_here)(p);
}

void attend_to_slots(const SlotAttention& p) {
  HWY_DYNAMIC_DISPATCH(attend_to_slots_here)(p);
}

void quantize_divided(const DividedFloats& p) {
  HWY_DYNAMIC_DISPATCH(quantize_divided_here)(p);
}

FloatRange range_of_floats(const float* input, int32_t elements) {
  return HWY_DYNAMIC_DISPATCH(range_of_floats_here)(input, elements);
}

void quantize_multiplied(const MultipliedFloats& p) {
  HWY_DYNAMIC_DISPATCH(quantize_multiplied_here)(p);
}

}  // namespace tmc::kernels::highway
#endif
