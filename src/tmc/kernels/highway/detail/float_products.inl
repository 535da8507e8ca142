// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// multiply_floats, for the instruction set that is being compiled.

#if defined(TMC_HIGHWAY_FLOAT_PRODUCTS) == defined(HWY_TARGET_TOGGLE)
#ifdef TMC_HIGHWAY_FLOAT_PRODUCTS
#undef TMC_HIGHWAY_FLOAT_PRODUCTS
#else
#define TMC_HIGHWAY_FLOAT_PRODUCTS
#endif

HWY_BEFORE_NAMESPACE();
namespace tmc::kernels::highway::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::CappedTag<float, kOutputBlock>;
constexpr int32_t kFloatLanes = hn::MaxLanes(Floats());
constexpr int32_t kFloatVectors = kOutputBlock / kFloatLanes;  // of a block

// Sums of a tile fill the 32 or 16 registers, but for those that hold weights and an input. With 28 sums GCC has a
// weight on the stack.
#if HWY_TARGET <= HWY_AVX3
constexpr int32_t kFloatTileRows = 12, kFloatTileBlocks = 2;
#elif HWY_ARCH_ARM_A64
constexpr int32_t kFloatTileRows = 6, kFloatTileBlocks = 1;
#else
constexpr int32_t kFloatTileRows = kFloatLanes >= 8 ? 6 : 2, kFloatTileBlocks = 1;
#endif

// The first `count` values of `vectors`, clamped.
template <int32_t kVectors>
HWY_INLINE void store_floats(const hn::Vec<Floats>* vectors, int32_t count, float low, float high, float* to) {
  const Floats d;
  for (int32_t v = 0; v < kVectors; ++v) {
    const auto value = hn::Min(hn::Max(vectors[v], hn::Set(d, low)), hn::Set(d, high));
    const int32_t left = count - v * kFloatLanes;
    if (left >= kFloatLanes) {
      hn::StoreU(value, d, to + v * kFloatLanes);
    } else if (left > 0) {
      float cut[kFloatLanes];
      hn::StoreU(value, d, cut);
      memcpy(to + v * kFloatLanes, cut, static_cast<size_t>(left) * sizeof(float));
    }
  }
}

// kRows rows by kBlocks blocks of outputs, the last of which may be cut.
template <int32_t kRows, int32_t kBlocks>
HWY_NOINLINE void multiply_float_tile(const FloatProducts& p, int32_t row, int32_t block) {
  const Floats d;
  constexpr int32_t kSums = kBlocks * kFloatVectors;
  hn::Vec<Floats> sums[kRows][kSums];
  for (int32_t v = 0; v < kSums; ++v) {
    const float* const bias = p.bias + int64_t{block} * kOutputBlock + v * kFloatLanes;
    const auto begin = p.bias == nullptr ? hn::Zero(d) : hn::LoadU(d, bias);
    for (int32_t r = 0; r < kRows; ++r) sums[r][v] = begin;
  }
  const int64_t block_floats = int64_t{p.runs} * p.values * kOutputBlock;
  const float* weights = p.weights + block * block_floats;
  for (int32_t run = 0; run < p.runs; ++run) {
    const float* from[kRows];
    for (int32_t r = 0; r < kRows; ++r) from[r] = p.begins[int64_t{run} * p.rows + row + r] + p.first;
    for (int32_t i = 0; i < p.values; ++i, weights += kOutputBlock) {
      hn::Vec<Floats> w[kSums];
      for (int32_t v = 0; v < kSums; ++v) {
        w[v] = hn::LoadU(d, weights + v / kFloatVectors * block_floats + v % kFloatVectors * kFloatLanes);
      }
      for (int32_t r = 0; r < kRows; ++r) {
        const auto x = hn::Set(d, from[r][i]);
        for (int32_t v = 0; v < kSums; ++v) sums[r][v] = hn::MulAdd(x, w[v], sums[r][v]);
      }
    }
  }
  const int32_t outputs = HWY_MIN(p.outputs - block * kOutputBlock, kBlocks * kOutputBlock);
  float* to = p.output + row * p.output_stride + block * kOutputBlock;
  for (int32_t r = 0; r < kRows; ++r, to += p.output_stride) {
    store_floats<kSums>(sums[r], outputs, p.low, p.high, to);
  }
}

// All rows from one on, in tiles of kRows and then of half as many.
template <int32_t kRows, int32_t kBlocks>
HWY_INLINE void multiply_float_block(const FloatProducts& p, int32_t row, int32_t block) {
  for (; row + kRows <= p.rows; row += kRows) multiply_float_tile<kRows, kBlocks>(p, row, block);
  if constexpr (kRows > 1) multiply_float_block<(kRows + 1) / 2, kBlocks>(p, row, block);
}

template <int32_t kRows, int32_t kBlocks>
HWY_INLINE void multiply_float_blocks(const FloatProducts& p) {
  const int32_t blocks = float_blocks(p.outputs);
  int32_t block = 0;
  for (; block + kBlocks <= blocks; block += kBlocks) multiply_float_block<kRows, kBlocks>(p, 0, block);
  for (; block < blocks; ++block) multiply_float_block<kRows, 1>(p, 0, block);
}

HWY_NOINLINE void multiply_floats_here(const FloatProducts& p) {
  if (p.rows == 1) return multiply_float_blocks<1, 4>(p);
  multiply_float_blocks<kFloatTileRows, kFloatTileBlocks>(p);
}

}  // namespace tmc::kernels::highway::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
