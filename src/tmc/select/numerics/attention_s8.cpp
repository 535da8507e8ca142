// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/attention_s8.hpp"

namespace tmc::select {

Status refuse_attention(const ir::Value& value, const std::string& why, const char* hint) {
  return error(Error::kUnsupportedType, "'{}' {}", value.name, why).with_hint(hint);
}

std::vector<int16_t> attention_exponentials() {
  using Contract = kernels::AttentionS8;
  std::vector<int16_t> table;
  for (int32_t below = 0; below < Contract::kExponentials - 1; ++below) {
    table.push_back(static_cast<int16_t>(std::round(INT16_MAX * std::exp(-below * ops::Attention::kScoreUnit))));
  }
  table.push_back(0);
  return table;
}

std::vector<int16_t> attention_caps(double softcap) {
  using Contract = kernels::AttentionS8Softcap;
  constexpr double kStep = 1.0 / (1 << (Contract::kSoftcapBits - Contract::kStepBits));
  std::vector<int16_t> table;
  for (int32_t n = 0; n < Contract::kCaps; ++n) {
    table.push_back(static_cast<int16_t>(std::round(softcap * std::tanh(n * kStep) / ops::Attention::kScoreUnit)));
  }
  return table;
}

}  // namespace tmc::select
