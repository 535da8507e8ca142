// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// multiply_taps, for the instruction set that is being compiled.

#if defined(TMC_HIGHWAY_DEPTHWISE) == defined(HWY_TARGET_TOGGLE)
#ifdef TMC_HIGHWAY_DEPTHWISE
#undef TMC_HIGHWAY_DEPTHWISE
#else
#define TMC_HIGHWAY_DEPTHWISE
#endif

HWY_BEFORE_NAMESPACE();
namespace tmc::kernels::highway::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Eight channels of two taps fill a register of bytes; wider ones would only be filled with more shuffles.
using TapSums = hn::CappedTag<int32_t, 8>;
using TapHalves = hn::Repartition<int16_t, TapSums>;
constexpr int32_t kTapLanes = hn::MaxLanes(TapSums());
constexpr int32_t kEight = 8 / kTapLanes;  // registers of sums of eight channels

// Adds two taps of eight channels, interleaved, times their weights.
template <class Bytes>
HWY_INLINE void accumulate_taps(Bytes both, const int16_t* weights, hn::Vec<TapSums>* sums) {
  const TapSums d;
  const TapHalves d16;
  const auto add = [&](auto x, int32_t v) {
    auto some = hn::Zero(d), rest = hn::Zero(d);  // in the order of the lanes only together
    some = hn::ReorderWidenMulAccumulate(d, x, hn::Load(d16, weights + 2 * kTapLanes * v), some, rest);
    sums[v] = hn::Add(sums[v], hn::RearrangeToOddPlusEven(some, rest));
  };
  if constexpr (kEight == 1) {
    add(hn::PromoteTo(d16, both), 0);
  } else {
    const hn::Half<hn::DFromV<Bytes>> half;
    add(hn::PromoteTo(d16, hn::LowerHalf(half, both)), 0);
    add(hn::PromoteTo(d16, hn::UpperHalf(half, both)), 1);
  }
}

// One pixel of kEights * 8 channels.
template <int32_t kEights>
HWY_INLINE void multiply_pixel(const DepthwiseRows& p, const int8_t* pixel, const int64_t* taps, const int16_t* weights,
                               const int32_t* record, int8_t* output) {
  const TapSums d;
  const hn::Full128<int8_t> bytes;
  hn::Vec<TapSums> sums[kEights * kEight];
  for (auto& sum : sums) sum = hn::Zero(d);
  for (int32_t pair = 0; pair < p.pairs; ++pair, weights += 2 * kBlock) {
    const auto first = hn::LoadU(bytes, pixel + taps[2 * pair]);
    const auto second = hn::LoadU(bytes, pixel + taps[2 * pair + 1]);
    accumulate_taps(hn::InterleaveLower(bytes, first, second), weights, sums);
    if constexpr (kEights == 2) {
      accumulate_taps(hn::InterleaveUpper(bytes, first, second), weights + kBlock, sums + kEight);
    }
  }
  for (int32_t v = 0; v < kEights * kEight; ++v) {
    store_outputs(d, requantize(d, sums[v], record + v * kTapLanes, p.range), output + v * kTapLanes);
  }
}

// All pixels of the block of channels that begins at `first`.
template <int32_t kEights>
HWY_NOINLINE void multiply_block(const DepthwiseRows& p, int32_t first, const int16_t* weights) {
  const int32_t count = HWY_MIN(p.channels - first, kEights * 8);
  const int32_t* const record = p.channel_records + int64_t{first / kBlock} * kRecord;
  int8_t* output = p.output + first;
  for (int32_t line = 0; line < p.rows.lines; ++line) {
    const int8_t* pixel = p.input + int64_t{line} * p.rows.line_stride + first;
    for (int32_t column = 0; column < p.rows.columns; ++column) {
      if (count == kEights * 8) {
        multiply_pixel<kEights>(p, pixel, p.taps, weights, record, output);
      } else {
        int8_t cut[kEights * 8];
        multiply_pixel<kEights>(p, pixel, p.taps, weights, record, cut);
        memcpy(output, cut, static_cast<size_t>(count));
      }
      pixel += p.rows.column_stride;
      output += p.channels;
    }
  }
}

HWY_NOINLINE void multiply_taps_here(const DepthwiseRows& p) {
  const TapHalves d16;
  const hn::Rebind<int8_t, TapHalves> d8;
  HWY_ALIGN int16_t weights[DepthwiseRows::kMostTaps * kBlock];
  for (int32_t first = 0; first < p.channels; first += kBlock) {
    const int8_t* const packed = p.weights + int64_t{first} * 2 * p.pairs;
    for (int32_t i = 0; i < 2 * kBlock * p.pairs; i += 2 * kTapLanes) {
      hn::Store(hn::PromoteTo(d16, hn::LoadU(d8, packed + i)), d16, weights + i);
    }
    if (p.channels - first > 8) {
      multiply_block<2>(p, first, weights);
    } else {
      multiply_block<1>(p, first, weights);
    }
  }
}

}  // namespace tmc::kernels::highway::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
