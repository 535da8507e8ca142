// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// multiply_rows, for the instruction set that is being compiled.

#if defined(TMC_HIGHWAY_PRODUCTS) == defined(HWY_TARGET_TOGGLE)
#ifdef TMC_HIGHWAY_PRODUCTS
#undef TMC_HIGHWAY_PRODUCTS
#else
#define TMC_HIGHWAY_PRODUCTS
#endif

#if HWY_TARGET == HWY_AVX3_DL
// Processors of this name have it, which Highway does not tell the compiler; of two attributes Clang takes the outer
// one.
HWY_PUSH_ATTRIBUTES(HWY_TARGET_STR ",avx512vnni")
#else
HWY_BEFORE_NAMESPACE();
#endif
namespace tmc::kernels::highway::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Sums = hn::CappedTag<int32_t, kBlock>;
constexpr int32_t kLanes = hn::MaxLanes(Sums());
constexpr int32_t kVectors = kBlock / kLanes;  // of a block

HWY_INLINE int32_t load_quad(const int8_t* from) {
  int32_t quad;
  memcpy(&quad, from, sizeof(quad));
  return quad;
}

// Four inputs plus 128 in every lane.
HWY_INLINE hn::Vec<Sums> load_inputs(const int8_t* from) {
  const Sums d;
  return hn::Xor(hn::Set(d, load_quad(from)), hn::Set(d, static_cast<int32_t>(0x80808080u)));
}

#if HWY_TARGET == HWY_AVX3_DL
using Inputs = hn::Vec<Sums>;
HWY_INLINE Inputs prepare(hn::Vec<Sums> inputs) {
  return inputs;
}
using Weights = hn::Vec<Sums>;
HWY_INLINE Weights load_weights(const int8_t* from) {
  const Sums d;
  return hn::BitCast(d, hn::LoadU(hn::Repartition<int8_t, Sums>(), from));
}
HWY_INLINE void accumulate(const Inputs& x, const Weights& w, hn::Vec<Sums>& sum) {
  sum.raw = _mm512_dpbusd_epi32(sum.raw, x.raw, w.raw);
}
constexpr int32_t kMostRows = 8, kMostBlocks = 2;
#else
// Bytes 0 and 2 of each quad, then 1 and 3, as 16 bits: what is multiplied in pairs of these saturates nowhere.
using Halves = hn::Repartition<int16_t, Sums>;
struct Inputs {
  hn::Vec<Halves> even, odd;
};
using Weights = Inputs;
HWY_INLINE Inputs prepare(hn::Vec<Sums> inputs) {
  const Halves d;
  const hn::RebindToUnsigned<Halves> du;
  const auto x = hn::BitCast(du, inputs);
  return {hn::BitCast(d, hn::And(x, hn::Set(du, uint16_t{0xFF}))), hn::BitCast(d, hn::ShiftRight<8>(x))};
}
HWY_INLINE Weights load_weights(const int8_t* from) {
  const Halves d;
  const auto w = hn::BitCast(d, hn::LoadU(hn::Repartition<int8_t, Sums>(), from));
  return {hn::ShiftRight<8>(hn::ShiftLeft<8>(w)), hn::ShiftRight<8>(w)};
}
// Which product goes into which of two sums, each instruction set decides: only both together are in the order of the
// lanes, so they begin at zero.
HWY_INLINE void accumulate(const Inputs& x, const Weights& w, hn::Vec<Sums>& sum) {
  const Sums d;
  hn::Vec<Sums> some = hn::Zero(d), rest = hn::Zero(d);
  some = hn::ReorderWidenMulAccumulate(d, x.even, w.even, some, rest);
  some = hn::ReorderWidenMulAccumulate(d, x.odd, w.odd, some, rest);
  sum = hn::Add(sum, hn::RearrangeToOddPlusEven(some, rest));
}
constexpr int32_t kMostRows = kLanes >= 8 ? 4 : 2, kMostBlocks = 1;
#endif

// Where `kRows` rows begin, in bytes from the input.
template <int32_t kRows>
struct Begins {
  int64_t of[kRows];
};

template <int32_t kRows>
HWY_INLINE Begins<kRows> begins_from(const Rows& rows, int32_t row) {
  Begins<kRows> begins;
  int32_t line = row / rows.columns, column = row % rows.columns;
  for (int64_t& begin : begins.of) {
    begin = int64_t{line} * rows.line_stride + int64_t{column} * rows.column_stride;
    if (++column == rows.columns) ++line, column = 0;
  }
  return begins;
}

// kRows rows by kBlocks blocks of outputs, the last of which may be cut.
template <int32_t kRows, int32_t kBlocks>
HWY_NOINLINE void multiply_tile(const ProductRows& p, const Begins<kRows> begins, int32_t block, int8_t* output) {
  const Sums d;
  constexpr int32_t kSums = kBlocks * kVectors;
  hn::Vec<Sums> sums[kRows][kSums];
  for (auto& of_row : sums) {
    for (auto& sum : of_row) sum = hn::Zero(d);
  }
  const Runs& runs = p.runs;
  const int64_t block_bytes = int64_t{kBlock} * kQuad * runs.quads * runs.inner * runs.outer;
  const int8_t* weights = p.weights + block * block_bytes;
  for (int32_t outer = 0; outer < runs.outer; ++outer) {
    for (int32_t inner = 0; inner < runs.inner; ++inner) {
      const int8_t* from = p.input + int64_t{outer} * runs.outer_stride + int64_t{inner} * runs.inner_stride;
      for (int32_t quad = 0; quad < runs.quads; ++quad) {
        Weights w[kSums];
        for (int32_t b = 0; b < kBlocks; ++b) {
          for (int32_t v = 0; v < kVectors; ++v) {
            w[b * kVectors + v] = load_weights(weights + b * block_bytes + v * kLanes * kQuad);
          }
        }
        for (int32_t r = 0; r < kRows; ++r) {
          const Inputs x = prepare(load_inputs(from + begins.of[r]));
          for (int32_t i = 0; i < kSums; ++i) accumulate(x, w[i], sums[r][i]);
        }
        weights += kBlock * kQuad;
        from += kQuad;
      }
    }
  }
  const int32_t* const records = p.channels + int64_t{block} * kRecord;
  const int32_t outputs = HWY_MIN(p.outputs - block * kBlock, kBlocks * kBlock);
  for (int32_t r = 0; r < kRows; ++r, output += p.outputs) {
    int8_t cut[kBlocks * kBlock];
    int8_t* const to = outputs < kBlocks * kBlock ? cut : output;
    for (int32_t i = 0; i < kSums; ++i) {
      const int32_t* record = records + i / kVectors * kRecord + i % kVectors * kLanes;
      store_outputs(d, requantize(d, sums[r][i], record, p.range), to + i * kLanes);
    }
    if (to == cut) memcpy(output, cut, static_cast<size_t>(outputs));
  }
}

// All blocks of kRows rows.
template <int32_t kRows, int32_t kBlocks>
HWY_INLINE void multiply_blocks(const ProductRows& p, int32_t row) {
  const Begins<kRows> begins = begins_from<kRows>(p.rows, row);
  int8_t* const output = p.output + int64_t{row} * p.outputs;
  const int32_t blocks = round_up(p.outputs, kBlock) / kBlock;
  int32_t block = 0;
  for (; block + kBlocks <= blocks; block += kBlocks) {
    multiply_tile<kRows, kBlocks>(p, begins, block, output + block * kBlock);
  }
  for (; block < blocks; ++block) multiply_tile<kRows, 1>(p, begins, block, output + block * kBlock);
}

// The last tile begins earlier where rows are left over, and makes some of them again.
HWY_NOINLINE void multiply_rows_here(const ProductRows& p) {
  const int32_t count = p.rows.lines * p.rows.columns;
  if (count < kMostRows) {
    for (int32_t row = 0; row < count; ++row) multiply_blocks<1, 4>(p, row);
    return;
  }
  for (int32_t row = 0; row < count; row += kMostRows) {
    multiply_blocks<kMostRows, kMostBlocks>(p, HWY_MIN(row, count - kMostRows));
  }
}

}  // namespace tmc::kernels::highway::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
