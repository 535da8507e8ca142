// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/tree_ensemble_f32.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tmc/kernels/testing/tree_case.hpp"

namespace tmc::kernels {
namespace {

using testing::TreeCase;

std::vector<float> floats(const std::vector<std::byte>& bytes) {
  std::vector<float> values(bytes.size() / sizeof(float));
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

// The contract from the text of the tree, in floats.
float expected_score(const TreeCase& of, size_t row, size_t target) {
  const TreeEnsembleF32::Params& p = of.params;
  const float* x = &of.input[row * static_cast<size_t>(p.features)];
  float score = 0;
  bool has_score = false;
  for (size_t tree = 0; tree < of.trees.size(); ++tree) {
    const testing::TreeNode* node = &of.trees[tree][0];
    while (!node->is_leaf) {
      const float value = x[node->feature];
      const bool above = std::isnan(value) ? node->missing_is_above : value >= node->threshold;
      node = &of.trees[tree][above ? node->above : node->below];
    }
    if (p.dense == 0 && node->target != static_cast<int32_t>(target)) continue;
    const float weight = p.dense == 0 ? node->weight : node->weights[target];
    const bool is_less = p.aggregate == TreeEnsembleF32::kMin ? weight < score : weight > score;
    if (p.aggregate <= TreeEnsembleF32::kAverage) score += weight;
    if (p.aggregate >= TreeEnsembleF32::kMin && (!has_score || is_less)) score = weight;
    has_score = true;
  }
  if (!has_score) return 0;
  if (p.aggregate == TreeEnsembleF32::kAverage) score /= static_cast<float>(p.trees);
  return score + of.base[target];
}

TEST(TreeEnsembleF32, FollowsTheTrees) {
  std::mt19937 rng(1);
  std::vector<std::string> tested;
  for (int round = 0; round < 300; ++round) {
    const TreeCase of = testing::any_tree_case(rng);
    const auto scores = floats(testing::expect_implementations_agree(of.implementation_case(), &tested));
    const auto targets = static_cast<size_t>(of.params.targets);
    for (size_t i = 0; i < scores.size(); ++i) {
      ASSERT_EQ(scores[i], expected_score(of, i / targets, i % targets)) << "round " << round << ", element " << i;
    }
  }
  testing::expect_all_were_tested(*find_kernel("tree_ensemble_f32"), tested);
}

TEST(TreeEnsembleF32, KeysAreOrderedAsNumbersAre) {
  const float numbers[] = {-INFINITY, -3e38F, -1, -1e-40F, 0, 1e-45F, 1e-40F, 1, 3e38F, INFINITY};
  uint32_t last = kTreeKeyBelow;
  for (const float number : numbers) {
    const uint32_t key = tree_key(std::bit_cast<uint32_t>(number));
    EXPECT_GT(key, last) << number;
    last = key;
  }
  EXPECT_GT(kTreeKeyAbove, last);
}

}  // namespace
}  // namespace tmc::kernels
