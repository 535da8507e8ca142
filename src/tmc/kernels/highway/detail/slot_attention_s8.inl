// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// attend_to_slots_s8, for the instruction set that is being compiled. Behind products.inl.

#if defined(TMC_HIGHWAY_SLOT_ATTENTION_S8) == defined(HWY_TARGET_TOGGLE)
#ifdef TMC_HIGHWAY_SLOT_ATTENTION_S8
#undef TMC_HIGHWAY_SLOT_ATTENTION_S8
#else
#define TMC_HIGHWAY_SLOT_ATTENTION_S8
#endif

#if HWY_TARGET == HWY_AVX3_DL
// As in products.inl.
HWY_PUSH_ATTRIBUTES(HWY_TARGET_STR ",avx512vnni")
#else
HWY_BEFORE_NAMESPACE();
#endif
namespace tmc::kernels::highway::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using IntegerAttention = CachedAttentionS8::Params;
constexpr int32_t kSlots = AttentionS8::kRun;

// A run of slots that the heads of a group see.
struct IntegerRun {
  int32_t begin, count;
  const int8_t* values;                                        // of the first slot
  HWY_ALIGN int8_t keys[SlotAttentionS8::kMostSize * kSlots];  // [size / kQuad][kSlots][kQuad]
  HWY_ALIGN int32_t key_sums[kSlots];
};

// The weighted mean of a head, as far as it has come.
struct IntegerRow {
  AttentionState state;
  int32_t totals[CachedAttentionS8::kMostValueSize];
};

// The products of a query and the keys that begin with those of the first slot of some.
HWY_INLINE hn::Vec<Sums> products_of_keys(const int8_t* query, int32_t quads, const int8_t* keys) {
  auto sum = hn::Zero(Sums());
  for (int32_t quad = 0; quad < quads; ++quad, keys += kSlots * kQuad) {
    accumulate(prepare(load_inputs(query + quad * kQuad)), load_weights(keys), sum);
  }
  return sum;
}

// Puts quads of each key where those of the other slots lie, the last filled up with zeros.
HWY_INLINE void turn_integer_keys(int32_t size, const int8_t* key, int64_t width, IntegerRun& run) {
  const int32_t whole = size / kQuad, rest = size % kQuad;
  if (rest != 0 || run.count < kSlots) memset(run.keys, 0, static_cast<size_t>(round_up(size, kQuad) * kSlots));
  for (int32_t slot = 0; slot < run.count; ++slot, key += width) {
    int8_t* to = run.keys + slot * kQuad;
    for (int32_t quad = 0; quad < whole; ++quad, to += kSlots * kQuad) memcpy(to, key + quad * kQuad, kQuad);
    memcpy(to, key + whole * kQuad, static_cast<size_t>(rest));
  }
}

// What the offset of queries and their zero point multiply.
HWY_INLINE void add_up_keys(int32_t quads, IntegerRun& run) {
  const Sums d;
  const Inputs ones = prepare(hn::Set(d, 0x01010101));
  for (int32_t slot = 0; slot < kSlots; slot += kLanes) {
    auto sum = hn::Zero(d);
    for (int32_t quad = 0; quad < quads; ++quad) {
      accumulate(ones, load_weights(run.keys + (quad * kSlots + slot) * kQuad), sum);
    }
    hn::Store(sum, d, run.key_sums + slot);
  }
}

// (a * b + 2^31) >> 32
HWY_INLINE hn::Vec<Sums> rounded_high_product(hn::Vec<Sums> a, hn::Vec<Sums> b) {
  const Sums d;
  const hn::Repartition<int64_t, Sums> wide;
  const hn::Repartition<uint64_t, Sums> bits;
  const auto half = hn::Set(wide, int64_t{1} << 31);
  const auto upper = [&](hn::Vec<Sums> v) { return hn::BitCast(d, hn::ShiftRight<32>(hn::BitCast(bits, v))); };
  const auto even = hn::BitCast(d, hn::Add(hn::MulEven(a, b), half));
  const auto odd = hn::BitCast(d, hn::Add(hn::MulEven(upper(a), upper(b)), half));
  return hn::OddEven(odd, upper(even));
}

HWY_INLINE void score_integer_slots(const IntegerAttention& p, const IntegerRun& run, const int8_t* query,
                                    int32_t* scores) {
  const Sums d;
  int8_t filled_up[SlotAttentionS8::kMostSize];
  if (p.size % kQuad != 0) {
    // What lies behind a query meets zeros of the keys.
    memset(filled_up + p.size / kQuad * kQuad, 0, kQuad);
    memcpy(filled_up, query, static_cast<size_t>(p.size));
    query = filled_up;
  }
  const auto offset = hn::Set(d, p.query_zero_point + 128), multiplier = hn::Set(d, p.score_multiplier);
  for (int32_t slot = 0; slot < run.count; slot += kLanes) {
    const auto sum = products_of_keys(query, round_up(p.size, kQuad) / kQuad, run.keys + slot * kQuad);
    const auto product = hn::Sub(sum, hn::Mul(hn::Load(d, run.key_sums + slot), offset));
    hn::Store(rounded_high_product(hn::ShiftLeftSame(product, p.score_shift), multiplier), d, scores + slot);
  }
}

// What is past the run's end is hidden. Gives the largest.
HWY_INLINE int32_t score_integer_run(const IntegerAttention& p, const IntegerRun& run, const int8_t* query,
                                     int32_t* scores) {
  score_integer_slots(p, run, query, scores);
  if (p.sink_query != 0 && run.begin < p.sinks) {
    HWY_ALIGN int32_t of_sinks[kSlots];
    score_integer_slots(p, run, query + p.sink_query, of_sinks);
    memcpy(scores, of_sinks, static_cast<size_t>(HWY_MIN(p.sinks - run.begin, run.count)) * sizeof(int32_t));
  }
  for (int32_t slot = run.count; slot < kSlots; ++slot) scores[slot] = kHiddenScore;
  const Sums d;
  auto largest = hn::Load(d, scores);
  for (int32_t slot = kLanes; slot < kSlots; slot += kLanes) largest = hn::Max(largest, hn::Load(d, scores + slot));
  return hn::GetLane(hn::MaxOfLanes(d, largest));
}

// Scores become exponentials, which are added up.
HWY_INLINE void raise_integer_scores(const int16_t* exponentials, const IntegerRun& run, AttentionState& state,
                                     int32_t* scores) {
  const Sums d;
  const auto largest = hn::Set(d, state.largest), last = hn::Set(d, AttentionS8::kExponentials - 1);
  for (int32_t slot = 0; slot < kSlots; slot += kLanes) {
    hn::Store(hn::Min(hn::Sub(largest, hn::Load(d, scores + slot)), last), d, scores + slot);
  }
  int32_t sum = 0;
  for (int32_t slot = 0; slot < run.count; ++slot) {
    scores[slot] = exponentials[scores[slot]];
    sum += scores[slot];
  }
  state.sum += sum;
}

// Columns of values from `first` on, as many at a time as D has lanes. Gives where it has come to.
template <class D>
HWY_INLINE int32_t add_integer_columns(D d, const IntegerAttention& p, const IntegerRun& run, const int32_t* shares,
                                       int32_t first, int32_t* totals) {
  const hn::Rebind<int8_t, D> d8;
  const int32_t width = p.kv_heads * p.value_size;
  const auto lanes = static_cast<int32_t>(hn::Lanes(d));
  const auto half = hn::Set(d, (1 << p.total_shift) >> 1);
  for (; first + lanes <= p.value_size; first += lanes) {
    const int8_t* value = run.values + first;
    auto sum = half;
    for (int32_t slot = 0; slot < run.count; ++slot, value += width) {
      sum = hn::Add(sum, hn::Mul(hn::Set(d, shares[slot]), hn::PromoteTo(d, hn::LoadU(d8, value))));
    }
    // (Shr of one lane takes what is beyond it as part of the count.)
    hn::StoreU(hn::Add(hn::LoadU(d, totals + first), hn::ShiftRightSame(sum, p.total_shift)), d, totals + first);
  }
  return first;
}

HWY_INLINE void add_integer_run(const IntegerAttention& p, const int16_t* exponentials, const IntegerRun& run,
                                const int8_t* query, IntegerRow& row) {
  HWY_ALIGN int32_t scores[kSlots];
  const int32_t largest = score_integer_run(p, run, query, scores);
  begin_run(largest, exponentials, row.state, row.totals, p.value_size, 1);
  raise_integer_scores(exponentials, run, row.state, scores);
  int32_t done = add_integer_columns(hn::CappedTag<int32_t, 16>(), p, run, scores, 0, row.totals);
  done = add_integer_columns(hn::CappedTag<int32_t, 8>(), p, run, scores, done, row.totals);
  done = add_integer_columns(hn::CappedTag<int32_t, 4>(), p, run, scores, done, row.totals);
  add_integer_columns(hn::CappedTag<int32_t, 1>(), p, run, scores, done, row.totals);
}

HWY_NOINLINE void attend_to_slots_s8_here(const IntegerAttention& p, const CachedAttentionS8::Buffers& b, int32_t token,
                                          int32_t seen) {
  const int32_t group = p.heads / p.kv_heads, quads = round_up(p.size, kQuad) / kQuad;
  const int64_t key_width = int64_t{p.kv_heads} * p.size, value_width = int64_t{p.kv_heads} * p.value_size;
  IntegerRun run;
  IntegerRow rows[SlotAttentionS8::kMostGroup];
  for (int32_t kv_head = 0; kv_head < p.kv_heads; ++kv_head) {
    const int32_t first = token * p.heads + kv_head * group;
    for (int32_t i = 0; i < group; ++i) {
      rows[i].state = {};
      memset(rows[i].totals, 0, static_cast<size_t>(p.value_size) * sizeof(int32_t));
    }
    for (run.begin = 0; run.begin < seen; run.begin += kSlots) {
      run.count = HWY_MIN(seen - run.begin, kSlots);
      run.values = b.value_cache + run.begin * value_width + kv_head * p.value_size;
      turn_integer_keys(p.size, b.key_cache + run.begin * key_width + kv_head * p.size, key_width, run);
      add_up_keys(quads, run);
      for (int32_t i = 0; i < group; ++i) {
        add_integer_run(p, b.exponentials, run, b.query + (first + i) * p.size, rows[i]);
      }
    }
    for (int32_t i = 0; i < group; ++i) {
      finish_row(p, rows[i].state, rows[i].totals, 1, b.output + (first + i) * p.value_size);
    }
  }
}

}  // namespace tmc::kernels::highway::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
