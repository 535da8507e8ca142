// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// From a model image to the Program that it was written from. An image is untrusted: here everything is looked at, also
// whether operands are as large as a kernel's Params say, which a device takes on trust.

#include <cstddef>
#include <span>

#include "tmc/base/host/status.hpp"
#include "tmc/image/image.hpp"
#include "tmc/program/program.hpp"

namespace tmc::backend::image {

// Whether the constants are what their hash says, which takes time that grows with them.
enum class Constants : uint8_t { kTrusted, kHashed };

// The image in `bytes`, opened and its records checked. Bytes at a multiple of 64. kMalformed with the record that does
// not hold.
Result<tmc::image::Image> open(std::span<const std::byte> bytes, Constants constants = Constants::kTrusted);

// kMalformed: it does not hold what a run relies on. kUnsupportedOp: it names a kernel that this version does not have.
Result<program::Program> read(const tmc::image::Image& image);

}  // namespace tmc::backend::image
