// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A box that may be taken by soft_non_max_suppression_f32. Freestanding.

#include <stdint.h>

namespace tmc::kernels::portable {

struct SoftCandidate {
  int32_t box;
  float score;
  int32_t compared;  // with so many of those that are taken
};

inline bool score_is_less(const SoftCandidate& a, const SoftCandidate& b) {
  return a.score < b.score;
}

}  // namespace tmc::kernels::portable
