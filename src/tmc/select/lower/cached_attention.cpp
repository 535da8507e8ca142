// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/cached_attention.hpp"

#include <cmath>
#include <numbers>

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

kernels::Blob exponentials() {
  return kernels::make_blob(DType::kI16, attention_exponentials());
}

template <typename Contract>
Status emit_integers(Lowering& lowering, const typename Contract::Params& p) {
  return lowering.emit<Contract>(p, {exponentials()}, inputs_of(lowering), outputs_of(lowering));
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
template <typename Params>
Status set_four_bit_numbers(const Lowering& lowering, Params& p) {
  constexpr int32_t kMultiplierBits = kernels::CachedAttentionS8S4::kMultiplierBits;
  TMC_ASSIGN(const Affine of_value, affine_of(lowering.input(Op::kValue)));
  if (of_value.zero_point != 0) {
    return refuse_attention(lowering.input(Op::kValue), "has a zero point, and values of four bits have none",
                            "quantise it symmetrically");
  }
  TMC_TRY(set_numbers(lowering, p, kMultiplierBits));
  p.total_shift = std::max(0, p.total_shift - kMultiplierBits);
  return {};
}

Status emit_cached_attention_s8_s4(Lowering& lowering) {
  kernels::CachedAttentionS8S4::Params p{};
  TMC_TRY(set_four_bit_numbers(lowering, p));
  return emit_integers<kernels::CachedAttentionS8S4>(lowering, p);
}

constexpr double kMostTurn = 127;

// Cosines and negative sines for each number of tokens that a key may be older than a query, at the elements of a pair.
std::vector<int8_t> turns_of(const Op& op, int32_t slots) {
  const size_t pairs = op.steps.size(), between = op.interleaved ? 1 : pairs;
  std::vector<int8_t> turns(static_cast<size_t>(slots) * 2 * pairs);
  for (size_t distance = 0; distance < static_cast<size_t>(slots); ++distance) {
    for (size_t i = 0; i < pairs; ++i) {
      const auto phase = static_cast<uint32_t>(distance * static_cast<uint64_t>(op.steps[i]));
      const double angle = std::ldexp(phase, -32) * 2 * std::numbers::pi;
      const size_t at = distance * 2 * pairs + (op.interleaved ? 2 * i : i);
      turns[at] = static_cast<int8_t>(std::lround(kMostTurn * std::cos(angle)));
      turns[at + between] = static_cast<int8_t>(std::lround(-kMostTurn * std::sin(angle)));
    }
  }
  return turns;
}

// Where keys came less their mean, the numbers of what it gives.
Status set_mean(const Lowering& lowering, kernels::CachedAttentionS4::Params& p) {
  const ir::Value& query = lowering.input(Op::kMeanQuery);
  TMC_ASSIGN(const Affine of_query, affine_of(query));
  if (of_query.zero_point != 0) return refuse_attention(query, "has a zero point", "quantise it symmetrically");
  const auto& op = lowering.node().op.get<Op>();
  kernels::CachedAttentionS4::Params of_mean{};
  of_mean.size = p.size;
  TMC_TRY(set_score_factor(query, of_mean, op.score_scale(p.size) * static_cast<double>(of_query.scale) / kMostTurn));
  p.mean_shift = of_mean.score_shift;
  p.mean_multiplier = of_mean.score_multiplier;
  return {};
}

Status emit_cached_attention_s4(Lowering& lowering) {
  kernels::CachedAttentionS4::Params p{};
  TMC_TRY(set_four_bit_numbers(lowering, p));
  const auto& op = lowering.node().op.get<Op>();
  const bool has_mean = !op.steps.empty();
  if (has_mean) TMC_TRY(set_mean(lowering, p));
  const std::vector<int8_t> turns = has_mean ? turns_of(op, p.slots) : std::vector<int8_t>{0};
  const size_t mean_query = has_mean ? Op::kMeanQuery : Op::kQuery;
  p.turns_elements = static_cast<int32_t>(turns.size());
  p.mean_query_elements = elements_of(lowering.input(mean_query));
  std::vector<Ref> inputs = inputs_of(lowering);
  inputs.push_back(lowering.input_ref(mean_query));
  return lowering.emit<kernels::CachedAttentionS4>(p, {exponentials(), kernels::make_blob(DType::kI8, turns)}, inputs,
                                                   outputs_of(lowering));
}

}  // namespace

Status lower_cached_attention(Lowering& lowering) {
  TMC_TRY(begin_as(lowering, kNewKeys, Op::kKeyCache));
  TMC_TRY(begin_as(lowering, kNewValues, Op::kValueCache));
  if (is_float(lowering)) return emit_cached_attention_f32(lowering);
  const auto& op = lowering.node().op.get<Op>();
  if (op.key_bits == 4) return emit_cached_attention_s4(lowering);
  if (op.value_bits == 4) return emit_cached_attention_s8_s4(lowering);
  return emit_cached_attention_s8(lowering);
}

}  // namespace tmc::select
