// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants of the implementations of armv7em/tree_ensemble_f32_complete.hpp.

#include "tmc/kernels/armv7em/host/detail/complete_tree.hpp"
#include "tmc/kernels/armv7em/tree_ensemble_f32_complete.hpp"

namespace tmc::kernels::armv7em {

inline Blobs pack(Of<TreeEnsembleF32Complete>, const TreeEnsembleF32Complete::Params& p, Constants constants) {
  const auto trees = complete_trees(p, constants, 4 * int64_t{TreeEnsembleF32Complete::block_words(p)});
  if (!trees) return std::nullopt;
  std::vector<uint32_t> blocks;
  for (const CompleteTree& tree : *trees) {
    blocks.push_back(static_cast<uint32_t>(tree.target));
    blocks.insert(blocks.end(), tree.words.begin() + 1, tree.words.end());
    append_bytes(tree.slots.data(), tree.slots.size(), blocks);
  }
  const std::vector<int32_t> none = {0};
  return std::vector<Blob>{make_blob(DType::kI32, constants[0].to_vector<int32_t>()), make_blob(DType::kI32, none),
                           make_blob(DType::kU32, blocks), make_blob(DType::kF32, std::vector<float>{0}),
                           make_blob(DType::kF32, base_of_targets(constants, *trees))};
}

}  // namespace tmc::kernels::armv7em
