// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What implementations take for granted of the values of their constants, where others would have them shift by more
// than a word has or divide by nothing: beside how many bytes they read (constant_bytes.hpp).

#include <span>

#include "tmc/engine/constant_bytes.hpp"

namespace tmc::engine {

// Of a constant that is as long as the implementation reads.
bool portable_values_hold(const NamedParams& p, std::string_view name, std::span<const uint8_t> bytes);
bool highway_values_hold(const NamedParams& p, std::string_view name, std::span<const uint8_t> bytes);

}  // namespace tmc::engine
