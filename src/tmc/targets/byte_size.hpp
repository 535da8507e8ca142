// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sizes as people write them: "512", "64K", "2M". K is 1,024, as in data sheets of memories.

#include <cstdint>
#include <string_view>

#include "tmc/base/host/status.hpp"

namespace tmc {

// kBadUsage unless `text` is a decimal number with an optional K, M or G, below 2^63.
Result<std::uint64_t> parse_byte_size(std::string_view text);

}  // namespace tmc
