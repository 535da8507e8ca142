// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Terms of what detail/move.hpp does.

#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

inline void append(CostFeatures& terms, const CostFeatures& more) {
  terms.insert(terms.end(), more.begin(), more.end());
}

// Blocks of sixteen bytes, words and bytes of `count` moves.
inline CostFeatures move_terms(double count, int32_t bytes, bool aligned) {
  const int32_t blocks = aligned ? bytes / 16 : 0;
  const int32_t left = bytes - 16 * blocks;
  return {count * blocks, count * (left / 4), count * (left % 4)};
}

inline CostFeatures fill_terms(double count, int32_t bytes) {
  return {count * (bytes / 16), count * (bytes % 16 / 4), count * (bytes % 4)};
}

}  // namespace tmc::kernels::armv7em
