// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The loops of quantize.hpp, for the instruction set that is being compiled.

#if defined(TMC_HIGHWAY_QUANTIZE) == defined(HWY_TARGET_TOGGLE)
#ifdef TMC_HIGHWAY_QUANTIZE
#undef TMC_HIGHWAY_QUANTIZE
#else
#define TMC_HIGHWAY_QUANTIZE
#endif

HWY_BEFORE_NAMESPACE();
namespace tmc::kernels::highway::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using ManyFloats = hn::CappedTag<float, 16>;
using OneFloat = hn::CappedTag<float, 1>;

// round_f32 of base/math.hpp.
template <class D, class V = hn::Vec<D>>
HWY_INLINE hn::Vec<hn::RebindToSigned<D>> rounded_away(D d, V value) {
  const hn::RebindToSigned<D> di;
  const auto one_where = [&](auto mask) {
    return hn::And(hn::VecFromMask(di, hn::RebindMask(di, mask)), hn::Set(di, 1));
  };
  const auto whole = hn::ConvertTo(di, value);
  const V rest = hn::Sub(value, hn::ConvertTo(d, whole));
  const auto up = one_where(hn::Ge(rest, hn::Set(d, 0.5F))), down = one_where(hn::Le(rest, hn::Set(d, -0.5F)));
  return hn::Sub(hn::Add(whole, up), down);
}

template <class D>
HWY_INLINE void divide_floats(D d, const DividedFloats& p, int32_t first) {
  const hn::RebindToSigned<D> di;
  const hn::Rebind<int8_t, D> d8;
  const auto quotient = hn::Div(hn::LoadU(d, p.input + first), hn::Set(d, p.scale));
  const auto limit = hn::Set(d, 0x1p20F), number = hn::IfThenElseZero(hn::Eq(quotient, quotient), quotient);
  const auto within = hn::Min(hn::Max(number, hn::Neg(limit)), limit);
  const auto whole = p.ties_to_even ? hn::NearestInt(within) : rounded_away(d, within);
  hn::StoreU(hn::DemoteTo(d8, hn::Add(whole, hn::Set(di, p.zero_point))), d8, p.output + first);
}

HWY_NOINLINE void quantize_divided_here(const DividedFloats& p) {
  const ManyFloats d;
  const auto lanes = static_cast<int32_t>(hn::Lanes(d));
  int32_t i = 0;
  for (; i + lanes <= p.elements; i += lanes) divide_floats(d, p, i);
  for (; i < p.elements; ++i) divide_floats(OneFloat(), p, i);
}

HWY_NOINLINE FloatRange range_of_floats_here(const float* input, int32_t elements) {
  const ManyFloats d;
  const auto lanes = static_cast<int32_t>(hn::Lanes(d));
  auto low = hn::Zero(d), high = hn::Zero(d);
  int32_t i = 0;
  for (; i + lanes <= elements; i += lanes) {
    const auto value = hn::LoadU(d, input + i);
    low = hn::IfThenElse(hn::Lt(value, low), value, low);
    high = hn::IfThenElse(hn::Lt(high, value), value, high);
  }
  FloatRange range{hn::GetLane(hn::MinOfLanes(d, low)), hn::GetLane(hn::MaxOfLanes(d, high))};
  for (; i < elements; ++i) {
    range.low = min_f32(range.low, input[i]);
    range.high = max_f32(range.high, input[i]);
  }
  return range;
}

// A product and a sum at a time.
template <class D>
HWY_INLINE void multiply_floats(D d, const MultipliedFloats& p, int32_t first) {
  const hn::Rebind<int8_t, D> d8;
  const auto product = hn::Mul(hn::LoadU(d, p.input + first), hn::Set(d, p.inverse));
  const auto whole = rounded_away(d, hn::Add(product, hn::Set(d, static_cast<float>(p.zero_point))));
  const auto saturated = hn::DemoteTo(d8, whole);
  hn::StoreU(hn::Max(saturated, hn::Set(d8, static_cast<int8_t>(p.low))), d8, p.output + first);
}

HWY_NOINLINE void quantize_multiplied_here(const MultipliedFloats& p) {
  const ManyFloats d;
  const auto lanes = static_cast<int32_t>(hn::Lanes(d));
  int32_t left = p.elements;
  for (; left >= lanes; left -= lanes) multiply_floats(d, p, left - lanes);
  for (; left > 0; --left) multiply_floats(OneFloat(), p, left - 1);
}

}  // namespace tmc::kernels::highway::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
