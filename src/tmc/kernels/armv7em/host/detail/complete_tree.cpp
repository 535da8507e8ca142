// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/armv7em/host/detail/complete_tree.hpp"

#include <algorithm>

namespace tmc::kernels::armv7em {
namespace {

class Filler {
 public:
  Filler(int32_t depth, const std::vector<uint32_t>& nodes) : places_(size_t{1} << depth), nodes_(nodes) {}

  std::optional<CompleteTree> fill(int32_t root) {
    CompleteTree tree;
    tree.words.assign(2 * places_, 0);
    tree.slots.assign(places_, 0);
    if (!fill(tree, static_cast<size_t>(root), 1)) return std::nullopt;
    return tree;
  }

 private:
  // A leaf that is met early fills all places below it: tests whose outcome does not matter.
  bool fill(CompleteTree& tree, size_t node, size_t place) {
    const uint32_t word = nodes_[2 * node + 1];
    const uint32_t next = word >> 16;
    if (next == 0) {
      const auto target = static_cast<int32_t>(word);
      if (tree.target >= 0 && target != tree.target) return false;
      tree.target = target;
      size_t first = place;
      size_t count = 1;
      for (; first < places_; first *= 2) count *= 2;
      std::fill_n(tree.words.begin() + static_cast<ptrdiff_t>(first), count, nodes_[2 * node]);
      return true;
    }
    tree.words[place] = nodes_[2 * node];
    tree.slots[place] = static_cast<uint8_t>(word & 0xffff);
    return fill(tree, node + next, 2 * place) && fill(tree, node + next + 1, 2 * place + 1);
  }

  const size_t places_;
  const std::vector<uint32_t>& nodes_;
};

}  // namespace

std::optional<std::vector<CompleteTree>> complete_trees(const TreeEnsembleF32::Params& p, Constants constants,
                                                        int64_t block_bytes) {
  const std::vector<int32_t> roots = constants[1].to_vector<int32_t>();
  const auto bytes = static_cast<double>(roots.size()) * static_cast<double>(block_bytes);
  if (bytes > 1.2 * static_cast<double>(constants[2].bytes.size())) return std::nullopt;
  const std::vector<uint32_t> nodes = constants[2].to_vector<uint32_t>();
  Filler filler(p.depth, nodes);
  std::vector<CompleteTree> trees;
  for (const int32_t root : roots) {
    std::optional<CompleteTree> tree = filler.fill(root);
    if (!tree) return std::nullopt;
    trees.push_back(std::move(*tree));
  }
  return trees;
}

std::vector<float> base_of_targets(Constants constants, const std::vector<CompleteTree>& trees) {
  std::vector<float> base = constants[4].to_vector<float>();
  for (size_t target = 0; target < base.size(); ++target) {
    const auto is_its = [&](const CompleteTree& tree) { return static_cast<size_t>(tree.target) == target; };
    if (std::ranges::none_of(trees, is_its)) base[target] = 0;
  }
  return base;
}

void append_bytes(const uint8_t* first, size_t count, std::vector<uint32_t>& words) {
  for (size_t at = 0; at < count; at += 4) {
    uint32_t word = 0;
    for (size_t i = 0; i < 4 && at + i < count; ++i) word |= uint32_t{first[at + i]} << (8 * i);
    words.push_back(word);
  }
}

}  // namespace tmc::kernels::armv7em
