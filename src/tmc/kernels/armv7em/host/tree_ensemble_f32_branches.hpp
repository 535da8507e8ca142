// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants of the implementation of armv7em/tree_ensemble_f32_branches.hpp.

#include "tmc/kernels/armv7em/host/detail/complete_tree.hpp"
#include "tmc/kernels/armv7em/tree_ensemble_f32_branches.hpp"

namespace tmc::kernels::armv7em {

// A threshold among signed keys. The key of -0 is one below that of 0, and both are at least 0.
constexpr uint32_t signed_threshold(uint32_t key) {
  constexpr uint32_t kZero = tree_key(0);
  return (key == kZero ? key - 1 : key) ^ 0x80000000;
}

inline void append_subtree(const CompleteTree& tree, size_t place, int32_t height, std::vector<uint32_t>& block) {
  if (height == 1) {
    block.insert(block.end(), {signed_threshold(tree.words[place]), tree.words[2 * place], tree.words[2 * place + 1]});
    return;
  }
  block.insert(block.end(), {tree.slots[place] * uint32_t{sizeof(int32_t)}, signed_threshold(tree.words[place])});
  append_subtree(tree, 2 * place, height - 1, block);
  append_subtree(tree, 2 * place + 1, height - 1, block);
}

inline Blobs pack(Of<TreeEnsembleF32Branches>, const TreeEnsembleF32Branches::Params& p, Constants constants) {
  const auto trees = complete_trees(p, constants, tree_block_bytes(p.depth));
  if (!trees) return std::nullopt;
  std::vector<uint32_t> blocks;
  std::vector<int32_t> counts;  // of the trees of a target
  for (int32_t target = 0; target < p.targets; ++target) {
    counts.push_back(0);
    for (const CompleteTree& tree : *trees) {
      if (tree.target != target) continue;
      ++counts.back();
      append_subtree(tree, 1, p.depth, blocks);
      const size_t lowest = tree.slots.size() / 2;
      append_bytes(tree.slots.data() + lowest, lowest, blocks);
    }
  }
  std::vector<int32_t> slots = constants[0].to_vector<int32_t>();
  for (size_t i = 0; i < static_cast<size_t>(p.slots); ++i) {
    slots.push_back(slots[i] & 1);
    slots[i] = (slots[i] >> 1) * static_cast<int32_t>(sizeof(float));
  }
  return std::vector<Blob>{make_blob(DType::kI32, slots), make_blob(DType::kI32, counts),
                           make_blob(DType::kU32, blocks), make_blob(DType::kF32, std::vector<float>{0}),
                           make_blob(DType::kF32, base_of_targets(constants, *trees))};
}

}  // namespace tmc::kernels::armv7em
