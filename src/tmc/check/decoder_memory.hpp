// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the stream of a decoder takes of memory, as a formula: its caches grow with the window, nothing else does. So
// the largest window that fits is known from one plan.

#include <cstdint>
#include <optional>
#include <string>

#include "tmc/pipeline/compile.hpp"

namespace tmc::check {

using pipeline::Compilation;

struct DecoderMemory {
  int64_t layers = 0;
  int64_t window = 0;  // W, slots
  int64_t sinks = 0;   // S, of these
  int64_t kv_heads = 0;
  int64_t size = 0;           // elements of a head's key and of its value
  int64_t element_bytes = 0;  // of the caches, but for what has four bits
  int64_t key_bits = 0, value_bits = 0;
  int64_t pair_bytes_of_keys = 0, pair_bytes_of_values = 0;  // in a layer, of two slots
  int64_t cache_bytes = 0;                                   // of all layers, each cache up to a multiple of 16
  int64_t arena_bytes = 0;                                   // with the caches
  int64_t machine_bytes = 0;                                 // of a TokenStream
  int64_t weights_bytes = 0;                                 // in flash
  // Of a board: what its memory has for the arena, and the largest window with which the arena is no larger.
  std::optional<int64_t> room_bytes = std::nullopt, largest_window = std::nullopt;

  // Of two slots in all layers.
  int64_t pair_bytes() const { return layers * (pair_bytes_of_keys + pair_bytes_of_values); }
  int64_t other_bytes() const { return arena_bytes - cache_bytes; }
  int64_t ram_bytes() const { return arena_bytes + machine_bytes; }
  // The largest window with an arena of at most so many bytes; 0 where there is none.
  int64_t largest_window_in(int64_t bytes) const;
};

// Of a placed program; nothing where the model is no decoder, or one whose layers differ.
std::optional<DecoderMemory> decoder_memory(const Compilation& compilation);

// Of a decoder: kDoesNotFit where the arena is larger than any memory of the board has room for, kBudgetExceeded where
// it is larger than `ram_bytes`, with the numbers and the largest window that fits.
Status check_window(const Compilation& compilation, std::optional<int64_t> ram_bytes = std::nullopt);

}  // namespace tmc::check
