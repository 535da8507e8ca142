// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// multiply_taps, for the instruction set that is being compiled.

#if defined(TMC_HIGHWAY_DEPTHWISE) == defined(HWY_TARGET_TOGGLE)
#ifdef TMC_HIGHWAY_DEPTHWISE
#undef TMC_HIGHWAY_DEPTHWISE
#else
#define TMC_HIGHWAY_DEPTHWISE
#endif

#if HWY_TARGET == HWY_AVX3_DL
HWY_PUSH_ATTRIBUTES(HWY_TARGET_STR ",avx512vnni")  // as in products.inl
#else
HWY_BEFORE_NAMESPACE();
#endif
namespace tmc::kernels::highway::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Sums of kPixels pixels of some channels.
template <class D, int32_t kPixels, int32_t kVectors>
using PixelSums = hn::Vec<D>[kPixels][kVectors];

#if HWY_TARGET == HWY_AVX3_DL
// Four taps of sixteen channels fill a register of bytes, and are multiplied and added up by one instruction.
using TapSums = hn::CappedTag<int32_t, kBlock>;
using TapWeight = int8_t;
using TapBytes = hn::Repartition<int8_t, TapSums>;
constexpr int32_t kPixelsAtOnce = 4;

// Of a last pair without another one the quads have weights of 0.
HWY_INLINE void unpack_weights(const int8_t* packed, int32_t pairs, TapWeight* weights) {
  const TapBytes bytes;
  const hn::Repartition<uint32_t, TapSums> quads;
  const hn::Half<hn::Repartition<uint16_t, TapSums>> halves;
  const auto load_pair = [&](int32_t pair) {
    const hn::Half<TapBytes> half;
    return hn::PromoteTo(quads, hn::BitCast(halves, hn::LoadU(half, packed + pair * 2 * kBlock)));
  };
  for (int32_t pair = 0; pair < pairs; pair += 2, weights += kQuad * kBlock) {
    auto quad = load_pair(pair);
    if (pair + 1 < pairs) quad = hn::Or(quad, hn::ShiftLeft<16>(load_pair(pair + 1)));
    hn::Store(hn::BitCast(bytes, quad), bytes, weights);
  }
}

HWY_INLINE hn::Vec<TapSums> add_products(hn::Vec<TapSums> sums, hn::Vec<TapBytes> x, const TapWeight* weights) {
  sums.raw = _mm512_dpbusd_epi32(sums.raw, x.raw, hn::Load(TapBytes(), weights).raw);
  return sums;
}

// Inputs are multiplied plus 128, and 128 times the weights taken off.
HWY_INLINE hn::Vec<TapSums> first_sums(hn::Vec<TapSums> bias, int32_t pairs, const TapWeight* weights) {
  auto offset = hn::Zero(TapSums());
  for (int32_t pair = 0; pair < pairs; pair += 2, weights += kQuad * kBlock) {
    offset = add_products(offset, hn::Set(TapBytes(), INT8_MIN), weights);
  }
  return hn::Sub(bias, offset);
}

// The four bytes of a channel side by side, from four taps.
HWY_INLINE hn::Vec<TapBytes> load_quads(const int8_t* pixel, const int64_t* taps) {
  const hn::Half<TapBytes> two;
  const hn::Half<decltype(two)> one;
  const auto load_two = [&](int32_t tap) {
    return hn::Combine(two, hn::LoadU(one, pixel + taps[tap + 1]), hn::LoadU(one, pixel + taps[tap]));
  };
  HWY_ALIGN static constexpr auto kOrder = [] {
    std::array<uint8_t, kQuad * kBlock> order{};
    for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<uint8_t>(i % kQuad * kBlock + i / kQuad);
    return order;
  }();
  auto x = hn::Combine(TapBytes(), load_two(2), load_two(0));
  x.raw = _mm512_permutexvar_epi8(_mm512_load_si512(kOrder.data()), x.raw);
  return hn::Xor(x, hn::Set(TapBytes(), INT8_MIN));
}

template <int32_t kPixels>
HWY_INLINE void accumulate_taps(const DepthwiseRows& p, const int8_t* input, const Begins<kPixels>& begins,
                                const TapWeight* weights, PixelSums<TapSums, kPixels, 1>& sums) {
  for (int32_t pair = 0; pair < p.pairs; pair += 2, weights += kQuad * kBlock) {
    for (int32_t i = 0; i < kPixels; ++i) {
      sums[i][0] = add_products(sums[i][0], load_quads(input + begins.of[i], p.taps + 2 * pair), weights);
    }
  }
}
#else
// Eight channels of two taps fill a register of 16 bits.
using TapSums = hn::CappedTag<int32_t, 8>;
using TapWeight = int16_t;
using TapHalves = hn::Repartition<TapWeight, TapSums>;
constexpr int32_t kEight = 8 / hn::MaxLanes(TapSums());  // registers of sums of eight channels
constexpr int32_t kHalves = hn::MaxLanes(TapHalves());
constexpr int32_t kPixelsAtOnce = kEight == 1 ? 2 : 1;

HWY_INLINE void unpack_weights(const int8_t* packed, int32_t pairs, TapWeight* weights) {
  const TapHalves d;
  const hn::Rebind<int8_t, TapHalves> bytes;
  for (int32_t i = 0; i < 2 * kBlock * pairs; i += kHalves) {
    hn::Store(hn::PromoteTo(d, hn::LoadU(bytes, packed + i)), d, weights + i);
  }
}

HWY_INLINE hn::Vec<TapSums> first_sums(hn::Vec<TapSums> bias, int32_t /*pairs*/, const TapWeight* /*weights*/) {
  return bias;
}

// Adds two taps of eight channels, interleaved, times their weights.
template <class Bytes>
HWY_INLINE void add_products(Bytes both, const TapWeight* weights, hn::Vec<TapSums>* sums) {
  const TapSums d;
  const TapHalves d16;
  const auto add = [&](auto x, int32_t v) {
    auto some = hn::Zero(d), rest = hn::Zero(d);  // in the order of the lanes only together
    some = hn::ReorderWidenMulAccumulate(d, x, hn::Load(d16, weights + kHalves * v), some, rest);
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

template <int32_t kPixels, int32_t kVectors>
HWY_INLINE void accumulate_taps(const DepthwiseRows& p, const int8_t* input, const Begins<kPixels>& begins,
                                const TapWeight* weights, PixelSums<TapSums, kPixels, kVectors>& sums) {
  const hn::Full128<int8_t> bytes;
  for (int32_t pair = 0; pair < p.pairs; ++pair, weights += 2 * kBlock) {
    for (int32_t i = 0; i < kPixels; ++i) {
      const int8_t* const pixel = input + begins.of[i];
      const auto first = hn::LoadU(bytes, pixel + p.taps[2 * pair]);
      const auto second = hn::LoadU(bytes, pixel + p.taps[2 * pair + 1]);
      add_products(hn::InterleaveLower(bytes, first, second), weights, sums[i]);
      if constexpr (kVectors > kEight) {
        add_products(hn::InterleaveUpper(bytes, first, second), weights + kBlock, sums[i] + kEight);
      }
    }
  }
}
#endif

constexpr int32_t kTapLanes = hn::MaxLanes(TapSums());

// All pixels of the kVectors vectors of channels that begin at `first`.
template <int32_t kVectors, Form kForm>
HWY_INLINE void multiply_channels(const DepthwiseRows& p, int32_t first, const TapWeight* weights,
                                  const int32_t* record) {
  const TapSums d;
  const auto count = static_cast<size_t>(HWY_MIN(p.channels - first, kVectors * kTapLanes));
  hn::Vec<TapSums> bias[kVectors];
  Requantize<kForm, TapSums> requantize[kVectors];
  for (int32_t v = 0; v < kVectors; ++v) {
    const int32_t* const of_vector = record + v * kTapLanes;
    bias[v] = first_sums(hn::LoadU(d, of_vector + kBiasRow * kBlock), p.pairs, weights);
    requantize[v].load(of_vector, p.range);
  }
  for_each_tile<kPixelsAtOnce>(p.rows, [&]<int32_t kPixels>(const Begins<kPixels>& begins, int32_t row) {
    PixelSums<TapSums, kPixels, kVectors> sums;
    for (auto& of_pixel : sums) {
      for (int32_t v = 0; v < kVectors; ++v) of_pixel[v] = bias[v];
    }
    accumulate_taps(p, p.input + first, begins, weights, sums);
    for (int32_t i = 0; i < kPixels; ++i) {
      int8_t* const output = p.output + int64_t{row + i} * p.channels + first;
      int8_t cut[kVectors * kTapLanes];
      int8_t* const to = count < sizeof(cut) ? cut : output;
      for (int32_t v = 0; v < kVectors; ++v) {
        store_outputs(d, requantize[v](sums[i][v]), p.range, to + v * kTapLanes);
      }
      if (to == cut) memcpy(output, cut, count);
    }
  });
}

template <int32_t kVectors>
HWY_NOINLINE void multiply_block(const DepthwiseRows& p, int32_t first, const TapWeight* weights) {
  const int32_t* const record = p.channel_records + int64_t{first / kBlock} * kRecord;
  with_form(record, p.range, [&](auto form) { multiply_channels<kVectors, form()>(p, first, weights, record); });
}

HWY_NOINLINE void multiply_taps_here(const DepthwiseRows& p) {
  HWY_ALIGN TapWeight weights[DepthwiseRows::kMostTaps * kBlock];
  for (int32_t first = 0; first < p.channels; first += kBlock) {
    unpack_weights(p.weights + int64_t{first} * 2 * p.pairs, p.pairs, weights);
    constexpr int32_t kAll = kBlock / kTapLanes, kHalf = HWY_MAX(8 / kTapLanes, 1);
    if (p.channels - first > kHalf * kTapLanes) {
      multiply_block<kAll>(p, first, weights);
    } else {
      multiply_block<kHalf>(p, first, weights);
    }
  }
}

}  // namespace tmc::kernels::highway::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
