// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Opens an untrusted image on a host, with words for what a device has a Fault for.

#include <cstddef>
#include <span>

#include "tmc/base/host/status.hpp"
#include "tmc/image/image.hpp"

namespace tmc::image {

// Whether the constants are what their hash says, which takes time that grows with them.
enum class Constants : uint8_t { kTrusted, kHashed };

// The image in `bytes`, opened and its records checked. Bytes at a multiple of 64. kMalformed with the record that does
// not hold.
Result<Image> open(std::span<const std::byte> bytes, Constants constants = Constants::kTrusted);

}  // namespace tmc::image
