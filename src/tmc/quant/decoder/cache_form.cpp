// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/decoder/cache_form.hpp"

namespace tmc::quant {

Result<CacheForm> parse_cache_form(std::string_view text) {
  if (text == "int8") return CacheForm{};
  if (text == "int8:int4") return CacheForm{.value_bits = 4};
  if (text == "int4") return CacheForm{.key_bits = 4, .value_bits = 4};
  return error(Error::kBadUsage, "there are no caches of '{}'", text)
      .with_hint("use int8, int8:int4 for values in four bits, or int4 for keys in four bits too");
}

}  // namespace tmc::quant
