// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Multipliers, shifts and tables of int8 attention (kernels/contract/attention_s8.hpp), of all keys at once or of those
// in slots.

#include <algorithm>
#include <cmath>

#include "tmc/kernels/contract/attention_s8_softcap.hpp"
#include "tmc/ops/op/attention.hpp"
#include "tmc/select/numerics/affine.hpp"

namespace tmc::select {

// kUnsupportedType about an operand of attention.
Status refuse_attention(const ir::Value& value, const std::string& why, const char* hint);

// Of scores 0, 1, 2, ... units below the largest.
std::vector<int16_t> attention_exponentials();

// Of scores 0, 32nds of the softcap, ... up to those that it limits.
std::vector<int16_t> attention_caps(double softcap);

// The products' factor, of which the kernel has the highest 31 bits. `scale`: of the product of a query's and a key's
// integers; `unit`: of what the kernel makes of it; `most_size`: of heads, times the shift.
template <typename Params>
Status set_score_factor(const ir::Value& query, Params& p, double scale, double unit = ops::Attention::kScoreUnit,
                        int32_t most_size = kernels::AttentionS8::kMaxSize) {
  double factor = scale / unit;
  if (!(factor > 0) || !std::isfinite(factor))
    return refuse_attention(query, "has scores of a factor that is not positive", "keep the node in float");
  for (; factor >= 0.5; factor /= 2) ++p.score_shift;
  if (p.score_shift > 15 || int64_t{p.size} << p.score_shift > most_size) {
    return refuse_attention(query, "has scales of queries and keys that are too large",
                            "requantise them with smaller scales");
  }
  p.score_multiplier = static_cast<int32_t>(std::min(std::round(std::ldexp(factor, 32)), double{INT32_MAX}));
  return {};
}

// As much as that many keys ask for.
template <typename Params>
Status set_total_shift(const ir::Value& key, Params& p, int32_t keys) {
  using Contract = kernels::AttentionS8;
  while (p.total_shift < Contract::kMaxTotalShift && keys > Contract::kMaxKeys << p.total_shift) ++p.total_shift;
  if (keys <= Contract::kMaxKeys << p.total_shift) return {};
  return refuse_attention(
      key, fmt::format("has {} keys, int8 attention takes {}", keys, Contract::kMaxKeys << Contract::kMaxTotalShift),
      "keep the node in float");
}

// Values to outputs. Where outputs have steps far larger than values, the multiplier has fewer bits.
template <typename Params>
Status set_output_factor(const ir::Value& result, Params& p, const Affine& value, const Affine& output) {
  constexpr int32_t kLeastShift = -8, kMostShift = 5;
  const double ratio = static_cast<double>(value.scale) / static_cast<double>(output.scale);
  static_cast<void>(std::frexp(ratio, &p.output_shift));
  if (!std::isfinite(ratio) || p.output_shift > kMostShift) {
    return refuse_attention(result, "has a scale far below that of the values", "quantise it with a larger scale");
  }
  p.output_shift = std::max(p.output_shift, kLeastShift);
  p.output_multiplier =
      static_cast<int32_t>(std::min(std::round(std::ldexp(ratio, 31 - p.output_shift)), double{INT32_MAX}));
  p.output_zero_point = output.zero_point;
  p.output_offset = static_cast<int32_t>(std::floor((output.zero_point - value.zero_point * ratio) * 256 + 128.5));
  return {};
}

}  // namespace tmc::select
