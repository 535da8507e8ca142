// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sixteen slots are scored at once and get their exponentials at once; values are added up slot by slot, some elements
// of a head at once (detail/float_rows.hpp). Heads that share keys turn them once.

#include "tmc/kernels/contract/cached_attention.hpp"

namespace tmc::kernels::highway {

struct CachedAttentionF32 : ImplementationOf<kernels::CachedAttentionF32> {
  static bool applies(const Params& p);
  // Of full caches.
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.tokens * p.heads * p.slots * (10 + 0.5 * (p.size + p.value_size));
  }
  static void run(Params p, Buffers b);
};

}  // namespace tmc::kernels::highway
