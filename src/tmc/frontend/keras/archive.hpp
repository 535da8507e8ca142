// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// An entry of a .keras file, which is a zip archive, unpacked. The archive is untrusted: no more is unpacked than
// `most_bytes`, whatever it says of its sizes. kMalformed where it is damaged or has no such entry.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::frontend::keras {

Result<std::vector<std::byte>> unpack(std::span<const std::byte> archive, const std::string& entry, size_t most_bytes);

}  // namespace tmc::frontend::keras
