// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// multiply_hybrid_row, for the instruction set that is being compiled. Behind products.inl.

#if defined(TMC_HIGHWAY_HYBRID) == defined(HWY_TARGET_TOGGLE)
#ifdef TMC_HIGHWAY_HYBRID
#undef TMC_HIGHWAY_HYBRID
#else
#define TMC_HIGHWAY_HYBRID
#endif

#if HWY_TARGET == HWY_AVX3_DL
// As in products.inl.
HWY_PUSH_ATTRIBUTES(HWY_TARGET_STR ",avx512vnni")
#else
HWY_BEFORE_NAMESPACE();
#endif
namespace tmc::kernels::highway::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// A product or a sum at a time, as the contract has them.
HWY_INLINE void store_hybrid_outputs(const HybridRow& p, hn::Vec<Sums> sum, int32_t first, float* to) {
  const hn::RebindToFloat<Sums> d;
  const auto scaled =
      hn::Mul(hn::Mul(hn::ConvertTo(d, sum), hn::LoadU(d, p.weight_scale + first)), hn::Set(d, p.scale));
  const auto value = hn::Add(scaled, hn::LoadU(d, p.bias + first));
  const auto low = hn::Set(d, p.low), high = hn::Set(d, p.high);
  const auto above = hn::IfThenElse(hn::Lt(value, low), low, value);
  hn::StoreU(hn::IfThenElse(hn::Lt(high, above), high, above), d, to);
}

// kBlocks blocks of outputs, the last of which may be cut.
template <int32_t kBlocks>
HWY_INLINE void multiply_hybrid_blocks(const HybridRow& p, const int8_t* weights, int32_t block) {
  const Sums d;
  constexpr int32_t kSums = kBlocks * kVectors;
  const int64_t block_bytes = int64_t{kBlock} * kQuad * p.quads;
  weights += block * block_bytes;
  hn::Vec<Sums> sums[kSums];
  for (auto& sum : sums) sum = hn::Zero(d);
  for (int32_t quad = 0; quad < p.quads; ++quad, weights += kBlock * kQuad) {
    const Inputs x = prepare(load_inputs(p.input + quad * kQuad));
    for (int32_t v = 0; v < kSums; ++v) {
      accumulate(x, load_weights(weights + v / kVectors * block_bytes + v % kVectors * kLanes * kQuad), sums[v]);
    }
  }
  HWY_ALIGN float outputs[kBlocks * kBlock];
  // What the offset of inputs, and their zero point, add to a sum.
  const auto offset = hn::Set(d, p.zero_point + 128);
  for (int32_t v = 0; v < kSums; ++v) {
    const int32_t first = block * kBlock + v * kLanes;
    int32_t of_weights[kLanes];
    memcpy(of_weights, p.weights + int64_t{first} * int64_t{sizeof(int32_t)}, sizeof of_weights);
    const auto sum = hn::Sub(sums[v], hn::Mul(hn::LoadU(d, of_weights), offset));
    store_hybrid_outputs(p, sum, first, outputs + v * kLanes);
  }
  const int32_t count = HWY_MIN(p.outputs - block * kBlock, kBlocks * kBlock);
  memcpy(p.output + block * kBlock, outputs, static_cast<size_t>(count) * sizeof(float));
}

HWY_NOINLINE void multiply_hybrid_row_here(const HybridRow& p) {
  constexpr int32_t kMost = HWY_MAX(4 / kVectors, 1);
  const int32_t blocks = round_up(p.outputs, kBlock) / kBlock;
  const int8_t* const weights = p.weights + int64_t{blocks} * kBlock * int64_t{sizeof(int32_t)};
  int32_t block = 0;
  for (; block + kMost <= blocks; block += kMost) multiply_hybrid_blocks<kMost>(p, weights, block);
  for (; block < blocks; ++block) multiply_hybrid_blocks<1>(p, weights, block);
}

}  // namespace tmc::kernels::highway::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
