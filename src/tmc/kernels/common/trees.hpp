// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What implementations of tree_ensemble_f32 share: the keys of a row, and what becomes of a sum.

#include "tmc/kernels/contract/tree_ensemble_f32.hpp"

namespace tmc::kernels {

inline uint32_t bits_of_float(float value) {
  uint32_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  return bits;
}

inline float float_of_bits(uint32_t bits) {
  float value;
  __builtin_memcpy(&value, &bits, sizeof value);
  return value;
}

// Adding zero makes 0 of -0.
inline void fill_tree_keys(const float* row, const int32_t* slots, int32_t count, uint32_t* keys) {
  for (int32_t i = 0; i < count; ++i) {
    const int32_t slot = slots[i];
    const float value = row[slot >> 1] + 0.0F;
    const uint32_t missing = (slot & 1) != 0 ? kTreeKeyAbove : kTreeKeyBelow;
    keys[i] = value == value ? tree_key(bits_of_float(value)) : missing;
  }
}

// What comes out for a target, from the aggregate of its weights.
inline float finished_tree_score(const TreeEnsembleF32::Params& p, float score, float base) {
  if (p.aggregate == TreeEnsembleF32::kAverage) score /= static_cast<float>(p.trees);
  return score + base;
}

}  // namespace tmc::kernels
