// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The slots of a run are scored as outputs of a layer are, whose inputs are the query, and values are added up slot by
// slot, some elements of a head at once (detail/slot_attention_s8.hpp). Heads that share keys turn them once.

#include "tmc/kernels/contract/cached_attention.hpp"

namespace tmc::kernels::highway {

struct CachedAttentionS8 : ImplementationOf<kernels::CachedAttentionS8> {
  static bool applies(const Params& p);
  // Of full caches.
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.tokens * p.heads * p.slots * (6 + 0.3 * (p.size + p.value_size));
  }
  static void run(Params p, Buffers b);
};

}  // namespace tmc::kernels::highway
