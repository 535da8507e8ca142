// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The loops of int8 attention to slots, compiled for several instruction sets as those of int8_layers.hpp are. Keys are
// multiplied as weights of a layer are, of which the slots of a run are the outputs.

#include "tmc/kernels/contract/cached_attention.hpp"

namespace tmc::kernels::highway {

struct SlotAttentionS8 {
  static constexpr int32_t kMostSize = 256;  // of a key; a run of keys is turned on the stack
  static constexpr int32_t kMostGroup = 16;  // heads that share keys and values
};

// A token's heads over the slots that it sees (contract/cached_attention.hpp), where its keys and values are already.
void attend_to_slots_s8(const kernels::CachedAttentionS8::Params& p, const kernels::CachedAttentionS8::Buffers& b,
                        int32_t token, int32_t seen);

}  // namespace tmc::kernels::highway
