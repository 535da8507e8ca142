// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/cached_attention.hpp"

#include "tmc/kernels/contract/cached_attention.hpp"
#include "tmc/kernels/contract/cached_attention_s4.hpp"
#include "tmc/kernels/contract/cached_attention_s8_s4.hpp"
#include "tmc/kernels/contract/copy.hpp"
#include "tmc/select/numerics/attention_s8.hpp"
#include "tmc/select/numerics/floating.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {
namespace {

using Op = ops::CachedAttention;

// Outputs.
constexpr size_t kMean = 0, kNewKeys = 1, kNewValues = 2;

template <typename Params>
void set_extents(const Lowering& lowering, Params& p) {
  const auto& op = lowering.node().op.get<Op>();
  const Shape &query = lowering.input(Op::kQuery).type.shape, &value = lowering.input(Op::kValue).type.shape;
  const auto tokens = static_cast<int32_t>(value[0]);
  p.query_elements = elements_of(lowering.input(Op::kQuery));
  p.key_elements = elements_of(lowering.input(Op::kKey));
  p.value_elements = elements_of(lowering.input(Op::kValue));
  p.place_elements = elements_of(lowering.input(Op::kPlace));
  p.key_cache_elements = elements_of(lowering.input(Op::kKeyCache));
  p.value_cache_elements = elements_of(lowering.input(Op::kValueCache));
  p.output_elements = elements_of(lowering.output());
  p.tokens = tokens;
  p.heads = op.heads;
  p.kv_heads = op.kv_heads;
  p.size = static_cast<int32_t>(query[1] / op.heads);
  p.value_size = static_cast<int32_t>(value[1] / op.kv_heads);
  p.slots = static_cast<int32_t>(lowering.input(Op::kKeyCache).type.shape[0]);
  p.sinks = op.sinks;
  p.sink_query = p.query_elements - tokens * p.heads * p.size;
}

// The kernel finds the old caches in the new ones. Where those lie in the place of the old ones nothing is copied
// (select/state_places.hpp).
Status begin_as(Lowering& lowering, size_t output, size_t input) {
  const ir::Value& value = lowering.output(output);
  const auto bytes = static_cast<int32_t>(value.type.shape.elements() * dtype_bytes(value.type.dtype));
  return lowering.emit<kernels::Copy>({.rows = 1, .row_bytes = bytes, .input_stride = bytes, .output_stride = bytes},
                                      {}, {lowering.input_ref(input)}, {lowering.output_ref(output)});
}

std::vector<Ref> inputs_of(const Lowering& lowering) {
  return {lowering.input_ref(Op::kQuery), lowering.input_ref(Op::kKey), lowering.input_ref(Op::kValue),
          lowering.input_ref(Op::kPlace)};
}

std::vector<Ref> outputs_of(const Lowering& lowering) {
  return {lowering.output_ref(kNewKeys), lowering.output_ref(kNewValues), lowering.output_ref(kMean)};
}

// Rows are put into a cache as they are.
Status check_cache(const ir::Value& cache, const Affine& rows) {
  TMC_ASSIGN(const Affine affine, affine_of(cache));
  if (affine == rows) return {};
  return refuse_attention(cache, "is not in the scale of what is put into it", "requantise it to that scale");
}

Status emit_cached_attention_f32(Lowering& lowering) {
  const auto& op = lowering.node().op.get<Op>();
  kernels::CachedAttentionF32::Params p{};
  set_extents(lowering, p);
  p.scale = static_cast<float>(op.score_scale(p.size));
  return lowering.emit<kernels::CachedAttentionF32>(p, {}, inputs_of(lowering), outputs_of(lowering));
}

// Numbers of both integer kernels, of totals with so many fractional bits.
template <typename Params>
Status set_numbers(const Lowering& lowering, Params& p, int32_t fractional_bits) {
  const auto& op = lowering.node().op.get<Op>();
  const ir::Value &query = lowering.input(Op::kQuery), &key = lowering.input(Op::kKey);
  TMC_ASSIGN(const Affine of_query, affine_of(query));
  TMC_ASSIGN(const Affine of_key, affine_of(key));
  TMC_ASSIGN(Affine of_value, affine_of(lowering.input(Op::kValue)));
  TMC_ASSIGN(const Affine of_output, affine_of(lowering.output()));
  if (op.key_bits == 8) TMC_TRY(check_cache(lowering.input(Op::kKeyCache), of_key));
  set_extents(lowering, p);
  p.query_zero_point = of_query.zero_point;
  p.exponentials = kernels::AttentionS8::kExponentials;
  const double scale = op.score_scale(p.size) * static_cast<double>(of_query.scale);
  TMC_TRY(set_score_factor(query, p, scale * static_cast<double>(of_key.scale)));
  TMC_TRY(set_total_shift(key, p, p.slots));
  of_value.scale = std::ldexp(of_value.scale, fractional_bits);
  return set_output_factor(lowering.output(), p, of_value, of_output);
}

template <typename Contract>
Status emit_integers(Lowering& lowering, const typename Contract::Params& p) {
  return lowering.emit<Contract>(p, {kernels::make_blob(DType::kI16, attention_exponentials())}, inputs_of(lowering),
                                 outputs_of(lowering));
}

Status emit_cached_attention_s8(Lowering& lowering) {
  TMC_ASSIGN(const Affine of_value, affine_of(lowering.input(Op::kValue)));
  TMC_TRY(check_cache(lowering.input(Op::kValueCache), of_value));
  kernels::CachedAttentionS8::Params p{};
  TMC_TRY(set_numbers(lowering, p, 0));
  return emit_integers<kernels::CachedAttentionS8>(lowering, p);
}

// Of values in four bits. Sums are smaller as these have four bits less, so that 16 times as many slots go without a
// shift.
template <typename Contract>
Status emit_four_bits(Lowering& lowering) {
  constexpr int32_t kMultiplierBits = kernels::CachedAttentionS8S4::kMultiplierBits;
  TMC_ASSIGN(const Affine of_value, affine_of(lowering.input(Op::kValue)));
  if (of_value.zero_point != 0) {
    return refuse_attention(lowering.input(Op::kValue), "has a zero point, and values of four bits have none",
                            "quantise it symmetrically");
  }
  typename Contract::Params p{};
  TMC_TRY(set_numbers(lowering, p, kMultiplierBits));
  p.total_shift = std::max(0, p.total_shift - kMultiplierBits);
  return emit_integers<Contract>(lowering, p);
}

}  // namespace

Status lower_cached_attention(Lowering& lowering) {
  TMC_TRY(begin_as(lowering, kNewKeys, Op::kKeyCache));
  TMC_TRY(begin_as(lowering, kNewValues, Op::kValueCache));
  if (is_float(lowering)) return emit_cached_attention_f32(lowering);
  const auto& op = lowering.node().op.get<Op>();
  if (op.key_bits == 4) return emit_four_bits<kernels::CachedAttentionS4>(lowering);
  if (op.value_bits == 4) return emit_four_bits<kernels::CachedAttentionS8S4>(lowering);
  return emit_cached_attention_s8(lowering);
}

}  // namespace tmc::select
