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

// Operands are less than 2^28 once they are shifted to the left, so that the short form takes any of their scales, and
// their sum where its own is not above 1.
using Summands = hn::CappedTag<int32_t, kBlock>;
using ScaleSummands = Requantize<Form::kShort, Summands>;
constexpr int32_t kSummands = hn::MaxLanes(Summands());

HWY_INLINE bool is_short(const ScaledSum& p) {
  return p.shift_left == 0 && p.shift_right <= kMostShortRight;
}

template <bool kIsShort>
class AddLanes {
 public:
  explicit HWY_INLINE AddLanes(const ScaledSum& p) : p_(p) {
    of_a_.set(p.of_a.multiplier, p.left_shift, p.of_a.right_shift, 0);
    of_b_.set(p.of_b.multiplier, p.left_shift, p.of_b.right_shift, 0);
    if constexpr (kIsShort) of_sum_.set(p.multiplier, 0, p.shift_right, p.range.zero_point);
  }

  HWY_INLINE void operator()(const int8_t* a, const int8_t* b, int8_t* output) const {
    const Summands d;
    const auto of_a = of_a_(load(a, p_.of_a.zero_point)), of_b = of_b_(load(b, p_.of_b.zero_point));
    store_outputs(d, scale_sum(p_.b_sign > 0 ? hn::Add(of_a, of_b) : hn::Sub(of_a, of_b)), p_.range, output);
  }

 private:
  using V = hn::Vec<Summands>;

  static HWY_INLINE V load(const int8_t* from, int32_t zero_point) {
    const Summands d;
    const hn::Rebind<int8_t, Summands> d8;
    return hn::Sub(hn::PromoteTo(d, hn::LoadU(d8, from)), hn::Set(d, zero_point));
  }

  HWY_INLINE V scale_sum(V sum) const {
    if constexpr (kIsShort) return of_sum_(sum);
    const Summands d;
    const auto product = doubling_high_mul(d, hn::ShiftLeftSame(sum, p_.shift_left), hn::Set(d, p_.multiplier));
    const int32_t rounds = p_.shift_right > 0 ? 1 : 0;
    const auto scaled = rounding_shift_right(d, product, hn::Set(d, p_.shift_right - rounds), hn::Set(d, rounds));
    return hn::Add(scaled, hn::Set(d, p_.range.zero_point));
  }

  const ScaledSum& p_;
  ScaleSummands of_a_, of_b_, of_sum_;
};

template <bool kIsShort>
HWY_INLINE void add_all(const ScaledSum& p) {
  const AddLanes<kIsShort> add_lanes(p);
  int32_t i = 0;
  for (; i + kSummands <= p.elements; i += kSummands) add_lanes(p.a + i, p.b + i, p.output + i);
  if (i == p.elements) return;
  const auto rest = static_cast<size_t>(p.elements - i);
  int8_t a[kSummands] = {}, b[kSummands] = {}, output[kSummands];
  memcpy(a, p.a + i, rest);
  memcpy(b, p.b + i, rest);
  add_lanes(a, b, output);
  memcpy(p.output + i, output, rest);
}

HWY_NOINLINE void add_scaled_here(const ScaledSum& p) {
  if (is_short(p)) {
    add_all<true>(p);
  } else {
    add_all<false>(p);
  }
}

}  // namespace tmc::kernels::highway::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
