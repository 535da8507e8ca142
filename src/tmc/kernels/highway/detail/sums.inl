// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// add_scaled, for the instruction set that is being compiled.

#if defined(TMC_HIGHWAY_SUMS) == defined(HWY_TARGET_TOGGLE)
#ifdef TMC_HIGHWAY_SUMS
#undef TMC_HIGHWAY_SUMS
#else
#define TMC_HIGHWAY_SUMS
#endif

HWY_BEFORE_NAMESPACE();
namespace tmc::kernels::highway::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class D>
HWY_INLINE hn::Vec<D> scaled(D d, const int8_t* from, const Scaling& by, int32_t left_shift) {
  const hn::Rebind<int8_t, D> d8;
  const auto value = hn::Sub(hn::PromoteTo(d, hn::LoadU(d8, from)), hn::Set(d, by.zero_point));
  const auto shifted = hn::ShiftLeftSame(value, left_shift);
  return rounding_shift_right(d, doubling_high_mul(d, shifted, hn::Set(d, by.multiplier)), hn::Set(d, by.right_shift));
}

template <class D>
HWY_INLINE void add_lanes(D d, const ScaledSum& p, const int8_t* a, const int8_t* b, int8_t* output) {
  const auto of_a = scaled(d, a, p.of_a, p.left_shift);
  const auto of_b = scaled(d, b, p.of_b, p.left_shift);
  const auto sum = p.b_sign > 0 ? hn::Add(of_a, of_b) : hn::Sub(of_a, of_b);
  const auto product = doubling_high_mul(d, hn::ShiftLeftSame(sum, p.shift_left), hn::Set(d, p.multiplier));
  const auto result = rounding_shift_right(d, product, hn::Set(d, p.shift_right));
  store_outputs(d, clamp_output(d, result, p.range), output);
}

HWY_NOINLINE void add_scaled_here(const ScaledSum& p) {
  const hn::CappedTag<int32_t, kBlock> d;
  constexpr int32_t kSumLanes = hn::MaxLanes(d);
  int32_t i = 0;
  for (; i + kSumLanes <= p.elements; i += kSumLanes) add_lanes(d, p, p.a + i, p.b + i, p.output + i);
  if (i == p.elements) return;
  const auto rest = static_cast<size_t>(p.elements - i);
  int8_t a[kSumLanes] = {}, b[kSumLanes] = {}, output[kSumLanes];
  memcpy(a, p.a + i, rest);
  memcpy(b, p.b + i, rest);
  add_lanes(d, p, a, b, output);
  memcpy(p.output + i, output, rest);
}

}  // namespace tmc::kernels::highway::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
