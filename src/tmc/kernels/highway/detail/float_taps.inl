// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// multiply_float_taps, for the instruction set that is being compiled.

#if defined(TMC_HIGHWAY_FLOAT_TAPS) == defined(HWY_TARGET_TOGGLE)
#ifdef TMC_HIGHWAY_FLOAT_TAPS
#undef TMC_HIGHWAY_FLOAT_TAPS
#else
#define TMC_HIGHWAY_FLOAT_TAPS
#endif

HWY_BEFORE_NAMESPACE();
namespace tmc::kernels::highway::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Channels that a tile takes at a time: a block, where that many are left.
template <class D>
constexpr int32_t tap_channels(D d) {
  return hn::MaxLanes(d) == kFloatLanes ? kOutputBlock : static_cast<int32_t>(hn::MaxLanes(d));
}

// Some channels of kRows rows.
template <int32_t kRows, class D>
HWY_INLINE void multiply_float_tap_tile(D d, const FloatTaps& p, int32_t row, int32_t first) {
  constexpr int32_t kLanes = hn::MaxLanes(D()), kVectors = tap_channels(D()) / kLanes;
  hn::Vec<D> sums[kRows][kVectors];
  for (int32_t v = 0; v < kVectors; ++v) {
    for (int32_t r = 0; r < kRows; ++r) sums[r][v] = hn::LoadU(d, p.bias + first + v * kLanes);
  }
  const float* weights = p.weights + int64_t{first / kOutputBlock} * p.taps * kOutputBlock + first % kOutputBlock;
  const float* const* begins = p.begins + row;
  for (int32_t tap = 0; tap < p.taps; ++tap, weights += kOutputBlock, begins += p.rows) {
    for (int32_t v = 0; v < kVectors; ++v) {
      const auto w = hn::LoadU(d, weights + v * kLanes);
      for (int32_t r = 0; r < kRows; ++r) {
        sums[r][v] = hn::MulAdd(hn::LoadU(d, begins[r] + first + v * kLanes), w, sums[r][v]);
      }
    }
  }
  float* to = p.output + int64_t{row} * p.channels + first;
  for (int32_t r = 0; r < kRows; ++r, to += p.channels) {
    for (int32_t v = 0; v < kVectors; ++v) {
      hn::StoreU(hn::Min(hn::Max(sums[r][v], hn::Set(d, p.low)), hn::Set(d, p.high)), d, to + v * kLanes);
    }
  }
}

// All rows from one on, in tiles of kRows and then of half as many.
template <int32_t kRows, class D>
HWY_INLINE void multiply_float_tap_rows(D d, const FloatTaps& p, int32_t row, int32_t first) {
  for (; row + kRows <= p.rows; row += kRows) multiply_float_tap_tile<kRows>(d, p, row, first);
  if constexpr (kRows > 1) multiply_float_tap_rows<kRows / 2>(d, p, row, first);
}

// All channels from one on that fill vectors of that size. There are as many sums as a fused multiply-add takes time.
template <class D>
HWY_INLINE int32_t multiply_float_tap_channels(D d, const FloatTaps& p, int32_t first) {
  constexpr int32_t kChannels = tap_channels(D()), kVectors = kChannels / static_cast<int32_t>(hn::MaxLanes(D()));
  for (; first + kChannels <= p.channels; first += kChannels) multiply_float_tap_rows<8 / kVectors>(d, p, 0, first);
  return first;
}

HWY_NOINLINE void multiply_float_taps_here(const FloatTaps& p) {
  int32_t first = multiply_float_tap_channels(Floats(), p, 0);
  if constexpr (kFloatLanes > 4) first = multiply_float_tap_channels(hn::CappedTag<float, 4>(), p, first);
  multiply_float_tap_channels(hn::CappedTag<float, 1>(), p, first);
}

}  // namespace tmc::kernels::highway::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
