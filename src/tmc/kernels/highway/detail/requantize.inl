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

// rounding_divide_by_pot, each lane by its own exponent in [0, 31], of values above INT32_MIN. Rounding half away from
// zero is rounding half up of what is one less where it is negative. `rounds` is 1 where the exponent is above 0, and
// `but_one` the exponent less that.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V rounding_shift_right(D d, V value, V but_one, V rounds) {
  const hn::RebindToUnsigned<D> du;
  const V is_negative = hn::BitCast(d, hn::ShiftRight<31>(hn::BitCast(du, value)));
  const V lowered = hn::Sub(value, hn::And(is_negative, rounds));
  return hn::Shr(hn::Add(hn::Shr(lowered, but_one), rounds), rounds);
}

// Int8 outputs from what requantisation gives, with the zero point added.
template <class D, class V = hn::Vec<D>>
HWY_INLINE void store_outputs(D /*d*/, V outputs, const OutputRange& range, int8_t* to) {
  const hn::Rebind<int8_t, D> d8;
  const auto low = hn::Set(d8, static_cast<int8_t>(range.low)), high = hn::Set(d8, static_cast<int8_t>(range.high));
  hn::StoreU(hn::Min(hn::Max(hn::DemoteTo(d8, outputs), low), high), d8, to);
}

// Which form of the requantisation a record and a range allow: any, the short one, or that for outputs of which none is
// below the zero point, for which negative sums need not be rounded exactly.
enum class Form { kAny, kShort, kShortPositive };

HWY_INLINE Form form_of(const int32_t* record, const OutputRange& range) {
  if (record[kShortRow * kBlock] == 0) return Form::kAny;
  return range.low < range.zero_point ? Form::kShort : Form::kShortPositive;
}

// Calls run(form) with the form as a constant.
template <class Run>
HWY_INLINE void with_form(const int32_t* record, const OutputRange& range, const Run& run) {
  switch (form_of(record, range)) {
    case Form::kAny:
      return run(std::integral_constant<Form, Form::kAny>());
    case Form::kShort:
      return run(std::integral_constant<Form, Form::kShort>());
    case Form::kShortPositive:
      return run(std::integral_constant<Form, Form::kShortPositive>());
  }
}

// A vector of sums, by the channels that begin at `record`.
template <Form kForm, class D>
class Requantize;

template <class D>
class Requantize<Form::kAny, D> {
 public:
  using V = hn::Vec<D>;

  HWY_INLINE void load(const int32_t* record, const OutputRange& range) {
    record_ = record;
    zero_point_ = range.zero_point;
  }

  HWY_INLINE V operator()(V sum) const {
    const D d;
    const V one = hn::Set(d, 1);
    const V left = hn::Sub(hn::LoadU(d, record_ + kLeftRow * kBlock), one);
    const V right = hn::LoadU(d, record_ + kRightRow * kBlock), rounds = hn::Min(right, one);
    const V product = doubling_high_mul(d, hn::Shl(sum, left), hn::LoadU(d, record_ + kMultiplierRow * kBlock));
    return hn::Add(rounding_shift_right(d, product, hn::Sub(right, rounds), rounds), hn::Set(d, zero_point_));
  }

 private:
  const int32_t* record_;
  int32_t zero_point_;
};

// Of sums that may be doubled and shifted to the left without an overflow: then the upper halves of the products are
// those of saturating_rounding_doubling_high_mul, once its rounding, that of the shift to the right and the zero point
// have been added to them. A negative product is rounded half down, as if one less. (A product of a negative sum that
// has been rounded to 0 becomes 0 either way.)
template <Form kForm, class D>
class Requantize {
 public:
  using V = hn::Vec<D>;
  using Wide = hn::Repartition<int64_t, D>;

  HWY_INLINE void load(const int32_t* record, const OutputRange& /*range*/) {
    const D d;
    const Wide wide;
    left_ = hn::LoadU(d, record + kLeftRow * kBlock);
    of_even_ = hn::LoadU(d, record + kMultiplierRow * kBlock);
    of_odd_ = upper_halves(of_even_);
    even_added_ = hn::BitCast(wide, hn::LoadU(d, record + kEvenRow * kBlock));
    odd_added_ = hn::BitCast(wide, hn::LoadU(d, record + kOddRow * kBlock));
    right_ = hn::LoadU(d, record + kRightRow * kBlock);
    rounds_ = hn::Min(right_, hn::Set(d, 1));
  }

  // All channels alike.
  HWY_INLINE void set(int32_t multiplier, int32_t left, int32_t right, int32_t zero_point) {
    const D d;
    left_ = hn::Set(d, left + 1);
    of_even_ = of_odd_ = hn::Set(d, multiplier);
    even_added_ = odd_added_ = hn::Set(Wide(), short_form_added(right, zero_point));
    right_ = hn::Set(d, right);
    rounds_ = hn::Min(right_, hn::Set(d, 1));
  }

  HWY_INLINE V operator()(V sum) const {
    const D d;
    const V shifted = hn::Shl(sum, left_);
    const auto even = hn::Add(hn::MulEven(shifted, of_even_), even_added_);
    const auto odd = hn::Add(hn::MulEven(upper_halves(shifted), of_odd_), odd_added_);
    V product = hn::OddEven(hn::BitCast(d, odd), upper_halves(hn::BitCast(d, even)));
    if constexpr (kForm == Form::kShort) product = hn::Sub(product, hn::And(hn::ShiftRight<31>(sum), rounds_));
    return hn::Shr(product, right_);
  }

 private:
  // Odd lanes, where the even ones are.
  static HWY_INLINE V upper_halves(V v) {
    const hn::Repartition<uint64_t, D> bits;
    return hn::BitCast(D(), hn::ShiftRight<32>(hn::BitCast(bits, v)));
  }

  V left_, of_even_, of_odd_, right_, rounds_;
  hn::Vec<Wide> even_added_, odd_added_;
};

}  // namespace tmc::kernels::highway::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
