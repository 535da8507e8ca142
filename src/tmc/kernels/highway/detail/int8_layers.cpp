// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// One file for all int8 loops, since each is compiled once for every instruction set, and what Highway declares takes
// most of that.

#include "tmc/kernels/highway/detail/int8_layers.hpp"

#include <string.h>

#include <array>
#include <type_traits>

#include "tmc/kernels/common/attention_s8.hpp"
#include "tmc/kernels/highway/detail/slot_attention_s8.hpp"
#include "tmc/kernels/highway/host/highway_settings.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tmc/kernels/highway/detail/int8_layers.cpp"
#include <hwy/foreach_target.h>
// Behind foreach_target.h.
#include <hwy/highway.h>

#include "tmc/kernels/highway/detail/requantize.inl"
#include "tmc/kernels/highway/detail/rows.inl"
// Behind what they use.
#include "tmc/kernels/highway/detail/depthwise.inl"
#include "tmc/kernels/highway/detail/products.inl"
#include "tmc/kernels/highway/detail/sums.inl"
// Behind the products.
#include "tmc/kernels/highway/detail/hybrid.inl"
#include "tmc/kernels/highway/detail/slot_attention_s8.inl"

#if HWY_ONCE
namespace tmc::kernels::highway {

HWY_EXPORT(multiply_rows_here);
HWY_EXPORT(multiply_hybrid_row_here);
HWY_EXPORT(multiply_taps_here);
HWY_EXPORT(add_scaled_here);
HWY_EXPORT(attend_to_slots_s8_here);

void multiply_rows(const ProductRows& p) {
  HWY_DYNAMIC_DISPATCH(multiply_rows_here)(p);
}

void multiply_hybrid_row(const HybridRow& p) {
  HWY_DYNAMIC_DISPATCH(multiply_hybrid_row_here)(p);
}

void multiply_taps(const DepthwiseRows& p) {
  HWY_DYNAMIC_DISPATCH(multiply_taps_here)(p);
}

void add_scaled(const ScaledSum& p) {
  HWY_DYNAMIC_DISPATCH(add_scaled_here)(p);
}

void attend_to_slots_s8(const kernels::CachedAttentionS8::Params& p, const kernels::CachedAttentionS8::Buffers& b,
                        int32_t token, int32_t seen) {
  HWY_DYNAMIC_DISPATCH(attend_to_slots_s8_here)(p, b, token, seen);
}

}  // namespace tmc::kernels::highway
#endif
