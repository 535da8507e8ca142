// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// SHA-256 (FIPS 180-4) of bytes in memory: names content, guards nothing secret.

#include <string>
#include <string_view>

namespace tmc {

// 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace tmc
