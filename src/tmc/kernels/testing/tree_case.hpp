// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of tree_ensemble_f32: trees at random, as such and as the kernel's constants.

#include <bit>
#include <limits>
#include <map>

#include "tmc/kernels/contract/tree_ensemble_f32.hpp"
#include "tmc/kernels/testing/implementation_case.hpp"

namespace tmc::kernels::testing {

struct TreeNode {
  bool is_leaf = true;
  int32_t feature = 0;
  float threshold = 0;
  bool missing_is_above = false;
  size_t below = 0, above = 0;  // nodes of the tree, behind this one
  int32_t target = 0;
  float weight = 0;
  std::vector<float> weights = {};  // dense
};

// The first node is the root.
using Tree = std::vector<TreeNode>;

struct TreeCase {
  TreeEnsembleF32::Params params{};
  std::vector<Tree> trees;
  std::vector<float> input, base;

  // With the number of slots and the depth of the trees set.
  Case implementation_case() const {
    std::vector<int32_t> slots, roots;
    std::vector<uint32_t> nodes;
    std::vector<float> weights;
    std::map<int32_t, uint32_t> numbers;
    const auto slot_of = [&](const TreeNode& node) {
      const int32_t code = 2 * node.feature + (node.missing_is_above ? 1 : 0);
      const auto [found, is_new] = numbers.emplace(code, static_cast<uint32_t>(slots.size()));
      if (is_new) slots.push_back(code);
      return found->second;
    };
    for (const Tree& tree : trees) {
      roots.push_back(static_cast<int32_t>(nodes.size() / 2));
      // A pair for every test, in the order of the nodes.
      std::vector<size_t> pair(tree.size());
      size_t next = roots.back() + 1;
      for (size_t i = 0; i < tree.size(); ++i) {
        pair[i] = next;
        if (!tree[i].is_leaf) next += 2;
      }
      nodes.resize(2 * next);
      const auto write = [&](size_t at, size_t index) {
        const TreeNode& node = tree[index];
        if (!node.is_leaf) {
          nodes[2 * at] = tree_key(std::bit_cast<uint32_t>(node.threshold));
          nodes[2 * at + 1] = slot_of(node) | static_cast<uint32_t>(pair[index] - at) << 16;
        } else if (params.dense == 0) {
          nodes[2 * at] = std::bit_cast<uint32_t>(node.weight);
          nodes[2 * at + 1] = static_cast<uint32_t>(node.target);
        } else {
          nodes[2 * at] = static_cast<uint32_t>(weights.size());
          weights.insert(weights.end(), node.weights.begin(), node.weights.end());
        }
      };
      write(static_cast<size_t>(roots.back()), 0);
      for (size_t i = 0; i < tree.size(); ++i) {
        if (tree[i].is_leaf) continue;
        write(pair[i], tree[i].below);
        write(pair[i] + 1, tree[i].above);
      }
    }
    if (slots.empty()) slots.push_back(0);
    if (weights.empty()) weights.push_back(0);
    TreeEnsembleF32::Params made = params;
    made.slots = static_cast<int32_t>(slots.size());
    Case out;
    out.kernel = find_kernel("tree_ensemble_f32");
    out.params = to_words(made);
    out.constants = {make_blob(DType::kI32, slots), make_blob(DType::kI32, roots), make_blob(DType::kU32, nodes),
                     make_blob(DType::kF32, weights), make_blob(DType::kF32, base)};
    out.inputs = {to_bytes(input)};
    out.output_bytes = sizeof(float) * static_cast<size_t>(params.batch * params.targets);
    return out;
  }
};

// A tree of up to that depth; `full`: of that depth everywhere. `target` below 0: any, of each leaf.
inline Tree any_tree(std::mt19937& rng, const TreeEnsembleF32::Params& p, int32_t depth, bool full, int32_t target) {
  const auto pick = [&](int32_t low, int32_t high) { return std::uniform_int_distribution<int32_t>(low, high)(rng); };
  const auto real = [&] { return static_cast<float>(pick(-6, 6)) / 4; };
  Tree tree(1);
  std::vector<std::pair<size_t, int32_t>> open = {{0, depth}};
  while (!open.empty()) {
    const auto [at, left] = open.back();
    open.pop_back();
    if (left == 0 || (!full && pick(0, 3) == 0)) {
      tree[at].target = target < 0 ? pick(0, p.targets - 1) : target;
      tree[at].weight = real();
      for (int32_t i = 0; i < p.targets; ++i) tree[at].weights.push_back(real());
      continue;
    }
    const size_t next = tree.size();
    tree.resize(next + 2);
    // Thresholds and inputs are often equal.
    tree[at] = {false, pick(0, p.features - 1), real() + 0.0F, pick(0, 1) == 1, next, next + 1};
    open.insert(open.end(), {{next, left - 1}, {next + 1, left - 1}});
  }
  return tree;
}

inline TreeCase any_tree_case(std::mt19937& rng) {
  const auto pick = [&](int32_t low, int32_t high) { return std::uniform_int_distribution<int32_t>(low, high)(rng); };
  TreeCase made;
  TreeEnsembleF32::Params& p = made.params;
  p = {pick(1, 3), pick(1, 9), pick(1, 3), pick(1, 8), 1, pick(1, 7), pick(0, 3) == 0 ? 1 : 0, pick(0, 3)};
  const bool full = pick(0, 1) == 1;
  const bool one_target = pick(0, 2) > 0;
  for (int32_t tree = 0; tree < p.trees; ++tree) {
    made.trees.push_back(any_tree(rng, p, p.depth, full || tree == 0, one_target ? tree % p.targets : -1));
  }
  for (int32_t i = 0; i < p.batch * p.features; ++i) {
    made.input.push_back(pick(0, 9) == 0 ? std::numeric_limits<float>::quiet_NaN()
                                         : static_cast<float>(pick(-6, 6)) / 4 * (pick(0, 1) == 0 ? 1.0F : -1.0F));
  }
  for (int32_t i = 0; i < p.targets; ++i) made.base.push_back(static_cast<float>(pick(-2, 2)));
  return made;
}

}  // namespace tmc::kernels::testing
