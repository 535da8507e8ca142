// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/attention.hpp"

#include "tmc/kernels/contract/attention.hpp"
#include "tmc/kernels/contract/attention_s8.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/attention.hpp"
#include "tmc/select/numerics/floating.hpp"

namespace tmc::select {
namespace {

using IntegerAttention = kernels::AttentionS8;

Status emit_attention_f32(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Attention>();
  kernels::AttentionF32::Params p{};
  set_attention_extents(lowering, p);
  p.scale = static_cast<float>(attention_scale(op, lowering.input(kAttentionQuery).type.shape));
  p.softcap = static_cast<float>(op.softcap);
  if (lowering.has_input(kAttentionMask) && lowering.input(kAttentionMask).type.dtype != DType::kBool) {
    TMC_TRY(require_dtype(lowering.input(kAttentionMask), DType::kF32));
  }
  return lowering.emit<kernels::AttentionF32>(p, {}, attention_inputs(lowering), {lowering.output_ref()});
}

Status refuse_attention(const ir::Value& value, const std::string& why, const char* hint) {
  return error(Error::kUnsupportedType, "'{}' {}", value.name, why).with_hint(hint);
}

// A mask of int8 attention is of bools, or adds scores in the kernel's units.
Status check_integer_mask(const Lowering& lowering) {
  if (!lowering.has_input(kAttentionMask)) return {};
  const ir::Value& mask = lowering.input(kAttentionMask);
  if (mask.type.dtype == DType::kBool) return {};
  TMC_ASSIGN(const Affine affine, affine_of(mask, DType::kI16));
  if (affine == Affine{static_cast<float>(ops::Attention::kScoreUnit), 0}) return {};
  return refuse_attention(mask, fmt::format("masks int8 attention in the scale {}", affine.scale),
                          "use bools, or int16 in the scale ln(2) / 64 with zero point 0");
}

// The products' factor, of which the kernel has the highest 31 bits.
Status set_score_factor(const Lowering& lowering, IntegerAttention::Params& p, double scale) {
  double factor = scale / ops::Attention::kScoreUnit;
  const ir::Value& query = lowering.input(kAttentionQuery);
  if (!(factor > 0) || !std::isfinite(factor))
    return refuse_attention(query, "has scores of a factor that is not positive", "keep the node in float");
  for (; factor >= 0.5; factor /= 2) ++p.score_shift;
  if (p.score_shift > 15 || int64_t{p.size} << p.score_shift > IntegerAttention::kMaxSize) {
    return refuse_attention(query, "has scales of queries and keys that are too large",
                            "requantise them with smaller scales");
  }
  p.score_multiplier = static_cast<int32_t>(std::min(std::round(std::ldexp(factor, 32)), double{INT32_MAX}));
  return {};
}

// Values to outputs. Where outputs have steps far larger than values, the multiplier has fewer bits.
Status set_output_factor(const Lowering& lowering, IntegerAttention::Params& p, const Affine& value,
                         const Affine& output) {
  constexpr int32_t kLeastShift = -8, kMostShift = 5;
  const double ratio = static_cast<double>(value.scale) / static_cast<double>(output.scale);
  static_cast<void>(std::frexp(ratio, &p.output_shift));
  if (!std::isfinite(ratio) || p.output_shift > kMostShift) {
    return refuse_attention(lowering.output(), "has a scale far below that of the values",
                            "quantise it with a larger scale");
  }
  p.output_shift = std::max(p.output_shift, kLeastShift);
  p.output_multiplier =
      static_cast<int32_t>(std::min(std::round(std::ldexp(ratio, 31 - p.output_shift)), double{INT32_MAX}));
  p.output_zero_point = output.zero_point;
  p.output_offset = static_cast<int32_t>(std::floor((output.zero_point - value.zero_point * ratio) * 256 + 128.5));
  return {};
}

// Of scores 0, 1, 2, ... units below the largest.
std::vector<int16_t> attention_exponentials() {
  std::vector<int16_t> table;
  for (int32_t below = 0; below < IntegerAttention::kExponentials - 1; ++below) {
    table.push_back(static_cast<int16_t>(std::round(INT16_MAX * std::exp(-below * ops::Attention::kScoreUnit))));
  }
  table.push_back(0);
  return table;
}

Status emit_attention_s8(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Attention>();
  const ir::Value& query = lowering.input(kAttentionQuery);
  TMC_ASSIGN(const Affine of_query, affine_of(query));
  TMC_ASSIGN(const Affine of_key, affine_of(lowering.input(kAttentionKey)));
  TMC_ASSIGN(const Affine of_value, affine_of(lowering.input(kAttentionValue)));
  TMC_ASSIGN(const Affine of_output, affine_of(lowering.output()));
  TMC_TRY(check_integer_mask(lowering));
  if (op.softcap > 0)
    return refuse_attention(query, "is int8, and its scores have a softcap", "keep the node in float");
  IntegerAttention::Params p{};
  set_attention_extents(lowering, p);
  p.query_zero_point = of_query.zero_point;
  p.exponentials = IntegerAttention::kExponentials;
  const double scale = attention_scale(op, query.type.shape) * static_cast<double>(of_query.scale);
  TMC_TRY(set_score_factor(lowering, p, scale * static_cast<double>(of_key.scale)));
  while (p.total_shift < IntegerAttention::kMaxTotalShift && p.keys > IntegerAttention::kMaxKeys << p.total_shift)
    ++p.total_shift;
  if (p.keys > IntegerAttention::kMaxKeys << p.total_shift) {
    return refuse_attention(lowering.input(kAttentionKey),
                            fmt::format("has {} keys, int8 attention takes {}", p.keys,
                                        IntegerAttention::kMaxKeys << IntegerAttention::kMaxTotalShift),
                            "keep the node in float");
  }
  TMC_TRY(set_output_factor(lowering, p, of_value, of_output));
  return lowering.emit<IntegerAttention>(p, {kernels::make_blob(DType::kI16, attention_exponentials())},
                                         attention_inputs(lowering), {lowering.output_ref()});
}

}  // namespace

Status lower_attention(Lowering& lowering) {
  if (is_float(lowering)) return emit_attention_f32(lowering);
  return emit_attention_s8(lowering);
}

}  // namespace tmc::select
