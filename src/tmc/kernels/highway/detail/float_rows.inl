// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// multiply_float_rows, for the instruction set that is being compiled.

#if defined(TMC_HIGHWAY_FLOAT_ROWS) == defined(HWY_TARGET_TOGGLE)
#ifdef TMC_HIGHWAY_FLOAT_ROWS
#undef TMC_HIGHWAY_FLOAT_ROWS
#else
#define TMC_HIGHWAY_FLOAT_ROWS
#endif

HWY_BEFORE_NAMESPACE();
namespace tmc::kernels::highway::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using FloatLanes = hn::CappedTag<float, kOutputBlock>;
constexpr int32_t kFloatLanes = hn::MaxLanes(FloatLanes());
constexpr int32_t kFloatVectors = kOutputBlock / kFloatLanes;  // of a block
// Of one row as many sums go on at once as hide what an addition takes; of four, half as many blocks.
constexpr int32_t kMostFloatRows = 4;
constexpr int32_t kMostFloatBlocks = HWY_MAX(8 / kFloatVectors, 1);

// kRows rows by kBlocks blocks of outputs, the last of which may be cut.
template <int32_t kRows, int32_t kBlocks>
HWY_NOINLINE void multiply_float_tile(const FloatRows& p, const float* input, int32_t block, float* output) {
  const FloatLanes d;
  constexpr int32_t kSums = kBlocks * kFloatVectors;
  const int64_t block_floats = int64_t{kOutputBlock} * p.inputs;
  const float* weights = p.weights + block * block_floats;
  hn::Vec<FloatLanes> sums[kRows][kSums];
  for (auto& of_row : sums) {
    for (int32_t v = 0; v < kSums; ++v) of_row[v] = hn::LoadU(d, p.bias + block * kOutputBlock + v * kFloatLanes);
  }
  for (int32_t i = 0; i < p.inputs; ++i, weights += kOutputBlock) {
    hn::Vec<FloatLanes> w[kSums];
    for (int32_t v = 0; v < kSums; ++v) {
      w[v] = hn::LoadU(d, weights + v / kFloatVectors * block_floats + v % kFloatVectors * kFloatLanes);
    }
    for (int32_t r = 0; r < kRows; ++r) {
      const auto x = hn::Set(d, input[int64_t{r} * p.inputs + i]);
      for (int32_t v = 0; v < kSums; ++v) sums[r][v] = hn::Add(sums[r][v], hn::Mul(x, w[v]));
    }
  }
  const auto low = hn::Set(d, p.low), high = hn::Set(d, p.high);
  const int32_t outputs = HWY_MIN(p.outputs - block * kOutputBlock, kBlocks * kOutputBlock);
  for (int32_t r = 0; r < kRows; ++r, output += p.outputs) {
    float cut[kBlocks * kOutputBlock];
    float* const to = outputs < kBlocks * kOutputBlock ? cut : output;
    for (int32_t v = 0; v < kSums; ++v) {
      const auto above = hn::IfThenElse(hn::Lt(sums[r][v], low), low, sums[r][v]);
      hn::StoreU(hn::IfThenElse(hn::Lt(high, above), high, above), d, to + v * kFloatLanes);
    }
    if (to == cut) memcpy(output, cut, static_cast<size_t>(outputs) * sizeof(float));
  }
}

// A tile of `blocks` blocks, which are at most kBlocks.
template <int32_t kRows, int32_t kBlocks>
HWY_INLINE void multiply_float_blocks(const FloatRows& p, const float* input, int32_t block, int32_t blocks,
                                      float* output) {
  if constexpr (kBlocks > 1) {
    if (blocks < kBlocks) return multiply_float_blocks<kRows, kBlocks - 1>(p, input, block, blocks, output);
  }
  multiply_float_tile<kRows, kBlocks>(p, input, block, output);
}

// All blocks of kRows rows, in tiles of about the same size: a narrow one would wait for its sums.
template <int32_t kRows, int32_t kMostBlocks>
HWY_INLINE void multiply_float_row(const FloatRows& p, int32_t row) {
  const float* const input = p.input + int64_t{row} * p.inputs;
  float* const output = p.output + int64_t{row} * p.outputs;
  const int32_t blocks = float_blocks(p.outputs);
  for (int32_t block = 0, tiles = (blocks + kMostBlocks - 1) / kMostBlocks; block < blocks; --tiles) {
    const int32_t count = (blocks - block + tiles - 1) / tiles;
    multiply_float_blocks<kRows, kMostBlocks>(p, input, block, count, output + block * kOutputBlock);
    block += count;
  }
}

// The last tile begins earlier where rows are left over, and makes some of them again.
HWY_NOINLINE void multiply_float_rows_here(const FloatRows& p) {
  if (p.rows < kMostFloatRows) {
    for (int32_t row = 0; row < p.rows; ++row) multiply_float_row<1, kMostFloatBlocks>(p, row);
    return;
  }
  for (int32_t row = 0; row < p.rows; row += kMostFloatRows) {
    multiply_float_row<kMostFloatRows, HWY_MAX(kMostFloatBlocks / 2, 1)>(p, HWY_MIN(row, p.rows - kMostFloatRows));
  }
}

}  // namespace tmc::kernels::highway::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
