// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/attention.hpp"

#include "tmc/kernels/contract/attention.hpp"
#include "tmc/select/numerics/attention.hpp"
#include "tmc/select/numerics/attention_s8.hpp"
#include "tmc/select/numerics/floating.hpp"

namespace tmc::select {
namespace {

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

// All Params that contracts with and without a softcap share, but for the factor of products, which is given.
template <typename Params>
Result<double> set_attention_s8(Lowering& lowering, Params& p) {
  const auto& op = lowering.node().op.get<ops::Attention>();
  const ir::Value& query = lowering.input(kAttentionQuery);
  TMC_ASSIGN(const Affine of_query, affine_of(query));
  TMC_ASSIGN(const Affine of_key, affine_of(lowering.input(kAttentionKey)));
  TMC_ASSIGN(const Affine of_value, affine_of(lowering.input(kAttentionValue)));
  TMC_ASSIGN(const Affine of_output, affine_of(lowering.output()));
  TMC_TRY(check_integer_mask(lowering));
  set_attention_extents(lowering, p);
  p.query_zero_point = of_query.zero_point;
  p.exponentials = kernels::AttentionS8::kExponentials;
  TMC_TRY(set_total_shift(lowering.input(kAttentionKey), p, p.keys));
  TMC_TRY(set_output_factor(lowering.output(), p, of_value, of_output));
  const double scale = attention_scale(op, query.type.shape) * static_cast<double>(of_query.scale);
  return scale * static_cast<double>(of_key.scale);
}

Status emit_attention_s8(Lowering& lowering) {
  kernels::AttentionS8::Params p{};
  TMC_ASSIGN(const double scale, set_attention_s8(lowering, p));
  TMC_TRY(set_score_factor(lowering.input(kAttentionQuery), p, scale));
  return lowering.emit<kernels::AttentionS8>(p, {kernels::make_blob(DType::kI16, attention_exponentials())},
                                             attention_inputs(lowering), {lowering.output_ref()});
}

Status emit_attention_s8_softcap(Lowering& lowering, double softcap) {
  using Contract = kernels::AttentionS8Softcap;
  const ir::Value& query = lowering.input(kAttentionQuery);
  if (softcap > ops::Attention::kMostIntegerSoftcap) {
    return refuse_attention(
        query, fmt::format("is int8, and its scores have a softcap above {}", ops::Attention::kMostIntegerSoftcap),
        "keep the node in float");
  }
  Contract::Params p{};
  TMC_ASSIGN(const double scale, set_attention_s8(lowering, p));
  TMC_TRY(set_score_factor(query, p, scale, std::ldexp(softcap, -Contract::kSoftcapBits), Contract::kMaxSize));
  TMC_ASSIGN(const Affine of_key, affine_of(lowering.input(kAttentionKey)));
  p.key_zero_point = of_key.zero_point;
  p.caps = Contract::kCaps;
  return lowering.emit<Contract>(p,
                                 {kernels::make_blob(DType::kI16, attention_exponentials()),
                                  kernels::make_blob(DType::kI16, attention_caps(softcap))},
                                 attention_inputs(lowering), {lowering.output_ref()});
}

}  // namespace

Status lower_attention(Lowering& lowering) {
  if (is_float(lowering)) return emit_attention_f32(lowering);
  const double softcap = lowering.node().op.get<ops::Attention>().softcap;
  return softcap > 0 ? emit_attention_s8_softcap(lowering, softcap) : emit_attention_s8(lowering);
}

}  // namespace tmc::select
