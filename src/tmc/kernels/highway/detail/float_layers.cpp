// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// One file for the float loops of convolutions and products, as int8_layers.cpp is of int8.

#include "tmc/kernels/highway/detail/float_layers.hpp"

#include <string.h>

#include "tmc/kernels/highway/host/highway_settings.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tmc/kernels/highway/detail/float_layers.cpp"
#include <hwy/foreach_target.h>
// Behind foreach_target.h.
#include <hwy/highway.h>

#include "tmc/kernels/highway/detail/float_products.inl"
// Behind what it uses.
#include "tmc/kernels/highway/detail/float_taps.inl"

#if HWY_ONCE
namespace tmc::kernels::highway {

HWY_EXPORT(multiply_floats_here);
HWY_EXPORT(multiply_float_taps_here);

void multiply_floats(const FloatProducts& p) {
  HWY_DYNAMIC_DISPATCH(multiply_floats_here)(p);
}

void multiply_float_taps(const FloatTaps& p) {
  HWY_DYNAMIC_DISPATCH(multiply_float_taps_here)(p);
}

}  // namespace tmc::kernels::highway
#endif
