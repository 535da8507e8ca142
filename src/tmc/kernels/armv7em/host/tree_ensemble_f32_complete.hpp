// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants of the implementations of armv7em/tree_ensemble_f32_complete.hpp.

#include "tmc/kernels/armv7em/tree_ensemble_f32_complete.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Blocks of complete trees from linked ones; refused where the leaves of a tree have several targets, or where trees
// are so far from complete that filling them up costs a fifth more flash.
class CompleteTrees {
 public:
  CompleteTrees(const TreeEnsembleF32Complete::Params& p, std::vector<uint32_t> nodes)
      : places_(static_cast<size_t>(TreeEnsembleF32Complete::places(p))),
        nodes_(std::move(nodes)),
        has_weights_(static_cast<size_t>(p.targets), false) {}

  // False where it has leaves for several targets.
  bool add(int32_t root) {
    target_ = -1;
    block_.assign(2 * places_, 0);
    slots_.assign(places_, 0);
    if (!fill(static_cast<size_t>(root), 1)) return false;
    block_[0] = static_cast<uint32_t>(target_);
    has_weights_[block_[0]] = true;
    blocks_.insert(blocks_.end(), block_.begin(), block_.end());
    for (size_t i = 0; i < places_; i += 4) {
      uint32_t word = 0;
      for (size_t byte = 0; byte < 4; ++byte) word |= uint32_t{slots_[i + byte]} << (8 * byte);
      blocks_.push_back(word);
    }
    return true;
  }
  const std::vector<uint32_t>& blocks() const { return blocks_; }
  bool has_weights(size_t target) const { return has_weights_[target]; }

 private:
  // A leaf that is met early fills all places below it: tests whose outcome does not matter.
  bool fill(size_t node, size_t place) {
    const uint32_t next = nodes_[2 * node + 1] >> 16;
    if (next == 0) {
      const auto target = static_cast<int64_t>(nodes_[2 * node + 1]);
      if (target_ >= 0 && target != target_) return false;
      target_ = target;
      size_t first = place;
      size_t count = 1;
      for (; first < places_; first *= 2) count *= 2;
      for (size_t i = 0; i < count; ++i) block_[first + i] = nodes_[2 * node];
      return true;
    }
    block_[place] = nodes_[2 * node];
    slots_[place] = static_cast<uint8_t>(nodes_[2 * node + 1] & 0xffff);
    return fill(node + next, 2 * place) && fill(node + next + 1, 2 * place + 1);
  }

  const size_t places_;
  const std::vector<uint32_t> nodes_;
  std::vector<bool> has_weights_;  // of each target: some tree
  int64_t target_ = -1;
  std::vector<uint32_t> block_, blocks_;
  std::vector<uint8_t> slots_;
};

inline Blobs pack(Of<TreeEnsembleF32Complete>, const TreeEnsembleF32Complete::Params& p, Constants constants) {
  const std::vector<int32_t> roots = constants[1].to_vector<int32_t>();
  const auto words = static_cast<double>(roots.size()) * TreeEnsembleF32Complete::block_words(p);
  if (words > 1.2 * static_cast<double>(constants[2].bytes.size() / sizeof(uint32_t))) return std::nullopt;
  CompleteTrees trees(p, constants[2].to_vector<uint32_t>());
  for (const int32_t root : roots) {
    if (!trees.add(root)) return std::nullopt;
  }
  // A target without trees is 0.
  std::vector<float> base = constants[4].to_vector<float>();
  for (size_t target = 0; target < base.size(); ++target) {
    if (!trees.has_weights(target)) base[target] = 0;
  }
  const std::vector<int32_t> none = {0};
  return std::vector<Blob>{make_blob(DType::kI32, constants[0].to_vector<int32_t>()), make_blob(DType::kI32, none),
                           make_blob(DType::kU32, trees.blocks()), make_blob(DType::kF32, std::vector<float>{0}),
                           make_blob(DType::kF32, base)};
}

}  // namespace tmc::kernels::armv7em
