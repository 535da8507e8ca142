// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Requantisation of a vector of sums, for the instruction set that is being compiled.

#if defined(TMC_HIGHWAY_REQUANTIZE) == defined(HWY_TARGET_TOGGLE)
#ifdef TMC_HIGHWAY_REQUANTIZE
#undef TMC_HIGHWAY_REQUANTIZE
#else
#define TMC_HIGHWAY_REQUANTIZE
#endif

HWY_BEFORE_NAMESPACE();
namespace tmc::kernels::highway::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// saturating_rounding_doubling_high_mul for multipliers of 0 and more: for both signs of the product that is
// (product + 2^30) >> 31, and nothing saturates.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V doubling_high_mul(D d, V value, V multiplier) {
  const hn::Repartition<int64_t, D> wide;
  const hn::Repartition<uint64_t, D> bits;
  const auto half = hn::Set(wide, int64_t{1} << 30);
  const auto odd = [&](V v) { return hn::BitCast(d, hn::ShiftRight<32>(hn::BitCast(bits, v))); };
  const auto low = hn::BitCast(bits, hn::Add(hn::MulEven(value, multiplier), half));
  const auto high = hn::BitCast(bits, hn::Add(hn::MulEven(odd(value), odd(multiplier)), half));
  return hn::OddEven(hn::BitCast(d, hn::ShiftLeft<1>(high)), hn::BitCast(d, hn::ShiftRight<31>(low)));
}

// rounding_divide_by_pot, each lane by its own exponent in [0, 31].
template <class D, class V = hn::Vec<D>>
HWY_INLINE V rounding_shift_right(D d, V value, V exponent) {
  const V one = hn::Set(d, 1);
  const V mask = hn::Sub(hn::Shl(one, exponent), one);
  const hn::RebindToUnsigned<D> du;
  const V half = hn::BitCast(d, hn::ShiftRight<1>(hn::BitCast(du, mask)));
  const V threshold = hn::Sub(half, hn::ShiftRight<31>(value));
  const V up = hn::VecFromMask(d, hn::Gt(hn::And(value, mask), threshold));
  return hn::Sub(hn::Shr(value, exponent), up);
}

template <class D, class V = hn::Vec<D>>
HWY_INLINE V clamp_output(D d, V scaled, const OutputRange& range) {
  const V shifted = hn::Add(scaled, hn::Set(d, range.zero_point));
  return hn::Min(hn::Max(shifted, hn::Set(d, range.low)), hn::Set(d, range.high));
}

// Sums without bias of the channels that begin `first` after the record's.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V requantize(D d, V sum, const int32_t* record, const OutputRange& range) {
  const V with_bias = hn::Add(sum, hn::LoadU(d, record));
  const V shifted = hn::Shl(with_bias, hn::LoadU(d, record + 2 * kBlock));
  const V product = doubling_high_mul(d, shifted, hn::LoadU(d, record + kBlock));
  return clamp_output(d, rounding_shift_right(d, product, hn::LoadU(d, record + 3 * kBlock)), range);
}

// As int8.
template <class D, class V = hn::Vec<D>>
HWY_INLINE void store_outputs(D /*d*/, V outputs, int8_t* to) {
  const hn::Rebind<int8_t, D> d8;
  hn::StoreU(hn::DemoteTo(d8, outputs), d8, to);
}

}  // namespace tmc::kernels::highway::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
