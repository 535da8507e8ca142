// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "tmc/base/host/status.hpp"

namespace tmc::quant {

// What a quantised decoder keeps of tokens: keys and values are int8, or values have four bits with a multiplier for
// each token and head (kernels/contract/cached_attention_s8_s4.hpp), and then keys may have too, with a zero point
// besides (kernels/contract/cached_attention_s4.hpp).
struct CacheForm {
  int32_t key_bits = 8, value_bits = 8;
};

// "int8", "int8:int4" (keys and values), "int4". kBadUsage for anything else.
Result<CacheForm> parse_cache_form(std::string_view text);

}  // namespace tmc::quant
