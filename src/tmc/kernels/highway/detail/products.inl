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

HWY_INLINE hn::Vec<Sums> plus_128(hn::Vec<Sums> inputs) {
  return hn::Xor(inputs, hn::Set(Sums(), static_cast<int32_t>(0x80808080u)));
}

// Four inputs plus 128 in every lane.
HWY_INLINE hn::Vec<Sums> load_inputs(const int8_t* from) {
  return plus_128(hn::Set(Sums(), load_quad(from)));
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
constexpr int32_t kMostRows = 6, kMostBlocks = 4, kMostBlocksOfOneRow = 8;
constexpr int32_t kNarrowRows = 12;  // of tiles of two blocks and less
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
constexpr int32_t kMostRows = kLanes >= 8 ? 4 : 2, kMostBlocks = 1, kMostBlocksOfOneRow = 4;
constexpr int32_t kNarrowRows = kMostRows;
#endif

// Where the quads of a row are, for a tile that reads them where they lie.
template <int32_t kRows>
struct RowsInPlace {
  const int8_t* input;
  Begins<kRows> begins;
  Runs runs;

  HWY_INLINE const int8_t* run(int32_t outer, int32_t inner) const {
    return input + int64_t{outer} * runs.outer_stride + int64_t{inner} * runs.inner_stride;
  }
  HWY_INLINE Inputs load(const int8_t* quad, int32_t row) const { return prepare(load_inputs(quad + begins.of[row])); }
};

#if HWY_TARGET != HWY_AVX3_DL
// And for one that reads them from where they were prepared, once for all blocks of outputs: as one run, the even
// halves of all rows before the odd ones.
constexpr int32_t kMostPrepared = 512;  // quads of a row

template <int32_t kRows>
struct PreparedRows {
  Runs runs;
  HWY_ALIGN int32_t even[kRows][kMostPrepared], odd[kRows][kMostPrepared];

  HWY_INLINE const int8_t* run(int32_t, int32_t) const { return reinterpret_cast<const int8_t*>(even); }
  HWY_INLINE Inputs load(const int8_t* quad, int32_t row) const {
    const Sums d;
    const Halves halves;
    quad += row * sizeof(even[0]);
    return {hn::BitCast(halves, hn::Set(d, load_quad(quad))),
            hn::BitCast(halves, hn::Set(d, load_quad(quad + sizeof(even))))};
  }

  HWY_INLINE void prepare_from(const RowsInPlace<kRows>& rows) {
    for (int32_t row = 0; row < kRows; ++row) {
      int32_t at = 0;
      for (int32_t outer = 0; outer < rows.runs.outer; ++outer) {
        for (int32_t inner = 0; inner < rows.runs.inner; ++inner, at += rows.runs.quads) {
          prepare_run(rows.run(outer, inner) + rows.begins.of[row], rows.runs.quads, row, at);
        }
      }
      runs = {1, 1, at, 0, 0};
    }
  }

 private:
  HWY_INLINE void prepare_run(const int8_t* from, int32_t quads, int32_t row, int32_t at) {
    const Sums d;
    const hn::Repartition<int8_t, Sums> bytes;
    int32_t i = 0;
    for (; i + kLanes <= quads; i += kLanes) {
      const Inputs x = prepare(plus_128(hn::BitCast(d, hn::LoadU(bytes, from + i * kQuad))));
      hn::StoreU(hn::BitCast(d, x.even), d, even[row] + at + i);
      hn::StoreU(hn::BitCast(d, x.odd), d, odd[row] + at + i);
    }
    for (; i < quads; ++i) {
      const Inputs x = prepare(load_inputs(from + i * kQuad));
      even[row][at + i] = hn::GetLane(hn::BitCast(d, x.even));
      odd[row][at + i] = hn::GetLane(hn::BitCast(d, x.odd));
    }
  }
};
#endif

// Requantises the sums of a block, which begin with the first of each row, and stores a row every `row_bytes`.
template <int32_t kRows, int32_t kSums>
HWY_INLINE void store_block(const hn::Vec<Sums> (&sums)[kRows][kSums], int32_t first, const int32_t* record,
                            const OutputRange& range, int8_t* to, int64_t row_bytes) {
  with_form(record, range, [&](auto form) {
    for (int32_t v = 0; v < kVectors; ++v) {
      Requantize<form(), Sums> requantize;
      requantize.load(record + v * kLanes, range);
      for (int32_t r = 0; r < kRows; ++r) {
        store_outputs(Sums(), requantize(sums[r][first + v]), range, to + r * row_bytes + v * kLanes);
      }
    }
  });
}

// kRows rows by kBlocks blocks of outputs, the last of which may be cut.
template <int32_t kRows, int32_t kBlocks, class Source>
HWY_NOINLINE void multiply_tile(const ProductRows& p, const Source& source, int32_t block, int8_t* output) {
  const Sums d;
  constexpr int32_t kSums = kBlocks * kVectors;
  hn::Vec<Sums> sums[kRows][kSums];
  const int32_t* const records = p.channels + int64_t{block} * kRecord;
  for (int32_t i = 0; i < kSums; ++i) {
    const auto bias = hn::LoadU(d, records + i / kVectors * kRecord + i % kVectors * kLanes + kBiasRow * kBlock);
    for (auto& of_row : sums) of_row[i] = bias;
  }
  const Runs runs = source.runs;
  const int64_t block_bytes = int64_t{kBlock} * kQuad * runs.quads * runs.inner * runs.outer;
  const int8_t* weights = p.weights + block * block_bytes;
  for (int32_t outer = 0; outer < runs.outer; ++outer) {
    for (int32_t inner = 0; inner < runs.inner; ++inner) {
      const int8_t* from = source.run(outer, inner);
      for (int32_t quad = 0; quad < runs.quads; ++quad) {
        Weights w[kSums];
        for (int32_t b = 0; b < kBlocks; ++b) {
          for (int32_t v = 0; v < kVectors; ++v) {
            w[b * kVectors + v] = load_weights(weights + b * block_bytes + v * kLanes * kQuad);
          }
        }
        for (int32_t r = 0; r < kRows; ++r) {
          const Inputs x = source.load(from, r);
          for (int32_t i = 0; i < kSums; ++i) accumulate(x, w[i], sums[r][i]);
        }
        weights += kBlock * kQuad;
        from += kQuad;
      }
    }
  }
  constexpr int32_t kOutputs = kBlocks * kBlock;
  const int32_t outputs = p.outputs - block * kBlock;
  int8_t cut[kRows * kOutputs];
  int8_t* const to = outputs < kOutputs ? cut : output;
  const int64_t row_bytes = outputs < kOutputs ? kOutputs : p.outputs;
  for (int32_t b = 0; b < kBlocks; ++b) {
    store_block(sums, b * kVectors, records + b * kRecord, p.range, to + b * kBlock, row_bytes);
  }
  for (int32_t r = 0; to == cut && r < kRows; ++r) {
    memcpy(output + int64_t{r} * p.outputs, cut + r * kOutputs, static_cast<size_t>(outputs));
  }
}

// The blocks from the given one on.
template <int32_t kRows, int32_t kBlocks, class Source>
HWY_INLINE void multiply_blocks(const ProductRows& p, const Source& source, int8_t* output, int32_t block = 0) {
  const int32_t blocks = round_up(p.outputs, kBlock) / kBlock;
  for (; block + kBlocks <= blocks; block += kBlocks) {
    multiply_tile<kRows, kBlocks>(p, source, block, output + block * kBlock);
  }
  if constexpr (kBlocks > 1) multiply_blocks<kRows, kBlocks / 2>(p, source, output, block);
}

// All blocks of kRows rows.
template <int32_t kBlocks, int32_t kRows>
HWY_INLINE void multiply_tiles(const ProductRows& p, const Begins<kRows>& begins, int8_t* output) {
  const RowsInPlace<kRows> rows{p.input, begins, p.runs};
#if HWY_TARGET != HWY_AVX3_DL
  const int64_t quads = int64_t{p.runs.outer} * p.runs.inner * p.runs.quads;
  if (kRows > 1 && p.outputs > kBlocks * kBlock && quads <= kMostPrepared) {
    PreparedRows<kRows> prepared;
    prepared.prepare_from(rows);
    return multiply_blocks<kRows, kBlocks>(p, prepared, output);
  }
#endif
  multiply_blocks<kRows, kBlocks>(p, rows, output);
}

template <int32_t kTileRows, int32_t kTileBlocks>
HWY_INLINE void multiply_all(const ProductRows& p) {
  for_each_tile<kTileRows>(p.rows, [&p]<int32_t kRows>(const Begins<kRows>& begins, int32_t row) {
    constexpr int32_t kBlocks = kRows == 1 ? kMostBlocksOfOneRow : kTileBlocks;
    multiply_tiles<kBlocks>(p, begins, p.output + int64_t{row} * p.outputs);
  });
}

HWY_NOINLINE void multiply_rows_here(const ProductRows& p) {
  if (kNarrowRows > kMostRows && p.outputs <= 2 * kBlock && p.rows.lines * p.rows.columns >= kNarrowRows) {
    multiply_all<kNarrowRows, HWY_MIN(2, kMostBlocks)>(p);
  } else {
    multiply_all<kMostRows, kMostBlocks>(p);
  }
}

}  // namespace tmc::kernels::highway::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
