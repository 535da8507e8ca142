// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Linked trees (contract/tree_ensemble_f32.hpp) filled up to one depth.

#include <optional>
#include <vector>

#include "tmc/kernels/contract/tree_ensemble_f32.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// The root is at place 1, what follows the test at place i at 2 * i and, where the key is at least the threshold,
// 2 * i + 1. Leaves are places 2^depth and up.
struct CompleteTree {
  int32_t target = -1;
  std::vector<uint32_t> words;  // [2^(depth + 1)] by places: thresholds, then the bits of weights
  std::vector<uint8_t> slots;   // [2^depth] by places
};

// Every tree of the model's constants; nullopt where the leaves of a tree have several targets, or where blocks of
// `block_bytes` would be a fifth larger than the linked trees. Slots are below 256.
std::optional<std::vector<CompleteTree>> complete_trees(const TreeEnsembleF32::Params& p, Constants constants,
                                                        int64_t block_bytes);

// The model's base values, 0 for targets without trees.
std::vector<float> base_of_targets(Constants constants, const std::vector<CompleteTree>& trees);

// Bytes, four to a word, the first the lowest, up to a whole word.
void append_bytes(const uint8_t* first, size_t count, std::vector<uint32_t>& words);

}  // namespace tmc::kernels::armv7em
