// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// exp_f32 of base/math.hpp in vectors, with its bits, for the instruction set that is being compiled.

#if defined(TMC_HIGHWAY_EXPONENTIAL) == defined(HWY_TARGET_TOGGLE)
#ifdef TMC_HIGHWAY_EXPONENTIAL
#undef TMC_HIGHWAY_EXPONENTIAL
#else
#define TMC_HIGHWAY_EXPONENTIAL
#endif

HWY_BEFORE_NAMESPACE();
namespace tmc::kernels::highway::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// 2^exponent of a normal number.
template <class D, class I>
HWY_INLINE hn::Vec<D> power_of_two(D d, I exponent) {
  const hn::RebindToSigned<D> di;
  return hn::BitCast(d, hn::ShiftLeft<23>(hn::Add(exponent, hn::Set(di, 127))));
}

// 1 + r + r^2 * p(r), a product and a sum at a time.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V exponential_of_rest(D d, V r) {
  const auto step = [&](V p, float term) { return hn::Add(hn::Mul(p, r), hn::Set(d, term)); };
  V p = step(hn::Set(d, 1.9875691500e-4F), 1.3981999507e-3F);
  p = step(p, 8.3334519073e-3F);
  p = step(p, 4.1665795894e-2F);
  p = step(p, 1.6666665459e-1F);
  p = step(p, 5.0000001201e-1F);
  return hn::Add(hn::Add(hn::Mul(p, hn::Mul(r, r)), r), hn::Set(d, 1.0F));
}

template <class D, class V = hn::Vec<D>>
HWY_INLINE V exponential(D d, V x) {
  const hn::RebindToSigned<D> di;
  const V within = hn::Min(hn::Max(x, hn::Set(d, -104.0F)), hn::Set(d, 89.0F));
  const V scaled = hn::Mul(within, hn::Set(d, 1.44269504F));
  const V half = hn::Set(d, 0.5F);
  const auto k =
      hn::ConvertTo(di, hn::IfThenElse(hn::Lt(scaled, hn::Zero(d)), hn::Sub(scaled, half), hn::Add(scaled, half)));
  const V whole = hn::ConvertTo(d, k);
  const V r =
      hn::Add(hn::Sub(within, hn::Mul(whole, hn::Set(d, 0.693359375F))), hn::Mul(whole, hn::Set(d, 2.12194440e-4F)));
  // Half of k towards zero, since both factors are normal.
  const auto first = hn::ShiftRight<1>(hn::Sub(k, hn::ShiftRight<31>(k)));
  const V product = hn::Mul(exponential_of_rest(d, r), power_of_two(d, first));
  V result = hn::Mul(product, power_of_two(d, hn::Sub(k, first)));
  result = hn::IfThenElse(hn::Gt(x, hn::Set(d, 88.7228394F)), hn::Set(d, __builtin_inff()), result);
  result = hn::IfThenElse(hn::Lt(x, hn::Set(d, -103.972084F)), hn::Zero(d), result);
  return hn::IfThenElse(hn::Eq(x, x), result, x);
}

}  // namespace tmc::kernels::highway::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
