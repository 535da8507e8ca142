// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Base64 with padding (RFC 4648, section 4), for bytes in JSON.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tmc {

std::string to_base64(std::span<const std::byte> bytes);
// Nothing where the text is no canonical base64: wrong length, other characters, or spare bits that are not zero.
std::optional<std::vector<std::byte>> from_base64(std::string_view text);

}  // namespace tmc
