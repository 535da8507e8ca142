// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// attend_to_slots, for the instruction set that is being compiled.

#if defined(TMC_HIGHWAY_SLOT_ATTENTION) == defined(HWY_TARGET_TOGGLE)
#ifdef TMC_HIGHWAY_SLOT_ATTENTION
#undef TMC_HIGHWAY_SLOT_ATTENTION
#else
#define TMC_HIGHWAY_SLOT_ATTENTION
#endif

HWY_BEFORE_NAMESPACE();
namespace tmc::kernels::highway::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr int32_t kRun = 32;  // slots
using SlotLanes = hn::CappedTag<float, kRun>;
constexpr int32_t kSlotLanes = hn::MaxLanes(SlotLanes());

// A run of slots that the heads of a group see.
struct SlotRun {
  int32_t begin, count, kv_head;
  HWY_ALIGN float keys[SlotAttention::kMostSize * kRun];  // [size][kRun]
};

// The weighted mean of a head, as far as it has come.
struct SlotRow {
  float largest = -__builtin_inff(), sum = 0;
};

// Four elements of four keys, `width` apart.
HWY_INLINE void turn_four(const float* from, int64_t width, float* to) {
  const hn::CappedTag<float, 4> d;
  const auto a = hn::LoadU(d, from), b = hn::LoadU(d, from + width);
  const auto c = hn::LoadU(d, from + 2 * width), e = hn::LoadU(d, from + 3 * width);
  const auto ab = hn::InterleaveLower(d, a, b), ce = hn::InterleaveLower(d, c, e);
  const auto ab_above = hn::InterleaveUpper(d, a, b), ce_above = hn::InterleaveUpper(d, c, e);
  hn::StoreU(hn::ConcatLowerLower(d, ce, ab), d, to);
  hn::StoreU(hn::ConcatUpperUpper(d, ce, ab), d, to + kRun);
  hn::StoreU(hn::ConcatLowerLower(d, ce_above, ab_above), d, to + 2 * kRun);
  hn::StoreU(hn::ConcatUpperUpper(d, ce_above, ab_above), d, to + 3 * kRun);
}

// Keys of a run, so that a vector holds an element of each of some slots.
HWY_INLINE void turn_keys(const SlotAttention& p, SlotRun& run) {
  const int64_t width = int64_t{p.kv_heads} * p.size;
  const float* const keys = p.keys + run.begin * width + run.kv_head * p.size;
  const int32_t whole = run.count / 4 * 4, quads = p.size / 4 * 4;
  for (int32_t slot = 0; slot < whole; slot += 4) {
    for (int32_t i = 0; i < quads; i += 4) turn_four(keys + slot * width + i, width, run.keys + i * kRun + slot);
  }
  for (int32_t slot = 0; slot < kRun; ++slot) {
    for (int32_t i = slot < whole ? quads : 0; i < p.size; ++i) {
      run.keys[i * kRun + slot] = slot < run.count ? keys[slot * width + i] : 0;
    }
  }
}

HWY_INLINE void score_slots(const SlotAttention& p, const SlotRun& run, const float* query, float* scores) {
  const SlotLanes d;
  for (int32_t slot = 0; slot < run.count; slot += kSlotLanes) {
    auto product = hn::Zero(d);
    for (int32_t i = 0; i < p.size; ++i) {
      product = hn::Add(product, hn::Mul(hn::Set(d, query[i]), hn::Load(d, run.keys + i * kRun + slot)));
    }
    hn::Store(hn::Mul(product, hn::Set(d, p.scale)), d, scores + slot);
  }
}

// What is past the run's end scores nothing. Gives the largest.
HWY_INLINE float score_run(const SlotAttention& p, const SlotRun& run, const float* query, float* scores) {
  score_slots(p, run, query, scores);
  if (p.sink_query != 0 && run.begin < p.sinks) {
    HWY_ALIGN float of_sinks[kRun];
    score_slots(p, run, query + p.sink_query, of_sinks);
    memcpy(scores, of_sinks, static_cast<size_t>(HWY_MIN(p.sinks - run.begin, run.count)) * sizeof(float));
  }
  for (int32_t slot = run.count; slot < kRun; ++slot) scores[slot] = -__builtin_inff();
  const SlotLanes d;
  auto largest = hn::Set(d, -__builtin_inff());
  for (int32_t slot = 0; slot < run.count; slot += kSlotLanes) {
    const auto score = hn::Load(d, scores + slot);
    largest = hn::IfThenElse(hn::Gt(score, largest), score, largest);
  }
  return hn::GetLane(hn::MaxOfLanes(d, largest));
}

// exponential(x) of one number.
HWY_INLINE float exponential_of_one(float x) {
  const hn::CappedTag<float, 1> d;
  return hn::GetLane(exponential(d, hn::Set(d, x)));
}

HWY_INLINE void raise_row(const SlotAttention& p, float largest, SlotRow& row, float* output) {
  if (!(largest > row.largest)) return;
  const float factor = exponential_of_one(row.largest - largest);
  row.largest = largest;
  row.sum *= factor;
  for (int32_t i = 0; i < p.value_size; ++i) output[i] *= factor;
}

// Scores less the largest become shares.
HWY_INLINE void make_shares(const SlotRun& run, float largest, float* scores) {
  const SlotLanes d;
  for (int32_t slot = 0; slot < run.count; slot += kSlotLanes) {
    hn::Store(exponential(d, hn::Sub(hn::Load(d, scores + slot), hn::Set(d, largest))), d, scores + slot);
  }
}

// Some heads at once: sums of the same number wait for each other, those of two heads do not.
template <int32_t kHeads>
struct Shares {
  HWY_ALIGN float of[kHeads][kRun];
};

// Columns of values from `first` on, as many at a time as D has lanes. Gives where it has come to.
template <class D, int32_t kHeads>
HWY_INLINE int32_t add_columns(D d, const SlotAttention& p, const SlotRun& run, const Shares<kHeads>& shares,
                               int32_t first, float* output) {
  const int64_t width = int64_t{p.kv_heads} * p.value_size;
  const auto lanes = static_cast<int32_t>(hn::Lanes(d));
  for (; first + lanes <= p.value_size; first += lanes) {
    const float* value = p.values + run.begin * width + run.kv_head * p.value_size + first;
    hn::Vec<D> sums[kHeads];
    for (int32_t i = 0; i < kHeads; ++i) sums[i] = hn::LoadU(d, output + i * p.value_size + first);
    for (int32_t slot = 0; slot < run.count; ++slot, value += width) {
      const auto x = hn::LoadU(d, value);
      for (int32_t i = 0; i < kHeads; ++i) sums[i] = hn::Add(sums[i], hn::Mul(hn::Set(d, shares.of[i][slot]), x));
    }
    for (int32_t i = 0; i < kHeads; ++i) hn::StoreU(sums[i], d, output + i * p.value_size + first);
  }
  return first;
}

template <int32_t kHeads>
HWY_INLINE void add_values(const SlotAttention& p, const SlotRun& run, const Shares<kHeads>& shares, SlotRow* rows,
                           float* output) {
  float sums[kHeads];
  for (int32_t i = 0; i < kHeads; ++i) sums[i] = rows[i].sum;
  for (int32_t slot = 0; slot < run.count; ++slot) {
    for (int32_t i = 0; i < kHeads; ++i) sums[i] += shares.of[i][slot];
  }
  for (int32_t i = 0; i < kHeads; ++i) rows[i].sum = sums[i];
  int32_t done = add_columns(hn::CappedTag<float, 16>(), p, run, shares, 0, output);
  done = add_columns(hn::CappedTag<float, 8>(), p, run, shares, done, output);
  done = add_columns(hn::CappedTag<float, 4>(), p, run, shares, done, output);
  add_columns(hn::CappedTag<float, 1>(), p, run, shares, done, output);
}

// kHeads heads of a group.
template <int32_t kHeads>
HWY_INLINE void add_run(const SlotAttention& p, const SlotRun& run, const float* query, SlotRow* rows, float* output) {
  Shares<kHeads> shares;
  for (int32_t i = 0; i < kHeads; ++i) {
    const float largest = score_run(p, run, query + i * p.size, shares.of[i]);
    raise_row(p, largest, rows[i], output + i * p.value_size);
  }
  for (int32_t i = 0; i < kHeads; ++i) make_shares(run, rows[i].largest, shares.of[i]);
  add_values(p, run, shares, rows, output);
}

HWY_NOINLINE void attend_to_slots_here(const SlotAttention& p) {
  const int32_t group = p.heads / p.kv_heads;
  SlotRun run;
  for (int32_t i = 0; i < p.heads * p.value_size; ++i) p.output[i] = 0;
  for (run.kv_head = 0; run.kv_head < p.kv_heads; ++run.kv_head) {
    SlotRow rows[SlotAttention::kMostGroup];
    const int32_t head = run.kv_head * group;
    float* const output = p.output + head * p.value_size;
    for (run.begin = 0; run.begin < p.seen; run.begin += kRun) {
      run.count = HWY_MIN(p.seen - run.begin, kRun);
      turn_keys(p, run);
      const float* const query = p.query + head * p.size;
      int32_t i = 0;
      for (; i + 2 <= group; i += 2) add_run<2>(p, run, query + i * p.size, rows + i, output + i * p.value_size);
      if (i < group) add_run<1>(p, run, query + i * p.size, rows + i, output + i * p.value_size);
    }
    for (int32_t i = 0; i < group * p.value_size; ++i) output[i] /= rows[i / p.value_size].sum;
  }
}

}  // namespace tmc::kernels::highway::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
