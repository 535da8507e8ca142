// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/trees.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tmc/ops/op/tree_ensemble.hpp"

namespace tmc::select {
namespace {

using Op = ops::TreeEnsemble;

// A test of feature 0 with leaves 1 and 2, of a table with room for changes.
struct Tables {
  std::vector<int32_t> nodes = {0, Op::kLess, 1, 2, -1, 0, 1, 0, -1, 1, 1, 0};
  std::vector<float> thresholds = {0.5F, 0, 0};
  std::vector<int32_t> roots = {0};
  std::vector<float> weights = {2, 3};
  std::vector<int32_t> targets = {0, 0};
  bool adds = true;

  Result<TreeForm> form() const {
    return make_tree_form({nodes, thresholds, roots, weights, targets, /*features=*/2, /*outputs=*/2, adds});
  }
  std::string refusal() const { return form().status().text(); }
};

TEST(TreeForm, HasAPairForEveryTest) {
  const TreeForm form = Tables().form().value();
  EXPECT_EQ(form.slots, std::vector<int32_t>{1});  // what is missing is not less
  EXPECT_EQ(form.roots, std::vector<int32_t>{0});
  EXPECT_EQ(form.nodes, (std::vector<uint32_t>{0xbf000000, 1 << 16, 0x40000000, 0, 0x40400000, 0}));
  EXPECT_EQ(form.depth, 1);
  EXPECT_FALSE(form.dense);
}

TEST(TreeForm, EqualityIsTwoTests) {
  Tables tables;
  tables.nodes[1] = Op::kEqual;
  const TreeForm form = tables.form().value();
  EXPECT_EQ(form.depth, 2);
  EXPECT_EQ(form.nodes.size(), 2 * 5);
  EXPECT_EQ(form.nodes[5], 1 | 1 << 16);  // the second test, in the other slot, just behind
  EXPECT_EQ(form.nodes[4], form.nodes[0] + 1);
}

TEST(TreeForm, ZerosAreOneNumber) {
  Tables tables;
  tables.thresholds[0] = 0;
  const TreeForm zero = tables.form().value();
  tables.thresholds[0] = -0.0F;
  EXPECT_EQ(tables.form().value().nodes, zero.nodes);
}

TEST(TreeForm, NothingIsLessThanNoNumber) {
  Tables tables;
  tables.thresholds[0] = std::numeric_limits<float>::quiet_NaN();
  const TreeForm form = tables.form().value();
  EXPECT_EQ(form.nodes[2], form.nodes[4]);
}

TEST(TreeForm, LeavesOfSeveralWeightsAreDense) {
  Tables tables;
  tables.nodes = {0, Op::kLess, 1, 2, -1, 0, 2, 0, -1, 0, 0, 0};
  tables.targets = {1, 0};
  const TreeForm form = tables.form().value();
  EXPECT_TRUE(form.dense);
  EXPECT_EQ(form.weights, (std::vector<float>{3, 2, 0, 0}));
  tables.adds = false;
  EXPECT_NE(tables.refusal().find("minimum or maximum"), std::string::npos);
}

TEST(TreeForm, RefusesWhatLeadsNowhereOrBack) {
  const auto refused = [](size_t word, int32_t value) {
    Tables tables;
    tables.nodes[word] = value;
    return tables.refusal();
  };
  EXPECT_NE(refused(0, 2).find("feature 2"), std::string::npos);
  EXPECT_NE(refused(0, -2).find("feature -2"), std::string::npos);
  EXPECT_NE(refused(1, 6).find("mode"), std::string::npos);
  EXPECT_NE(refused(1, -1).find("mode"), std::string::npos);
  EXPECT_NE(refused(2, 0).find("not behind it"), std::string::npos);
  EXPECT_NE(refused(3, 3).find("not behind it"), std::string::npos);
  EXPECT_NE(refused(5, 2).find("not there"), std::string::npos);
  EXPECT_NE(refused(6, -1).find("not there"), std::string::npos);
  EXPECT_NE(refused(6, std::numeric_limits<int32_t>::max()).find("not there"), std::string::npos);
  EXPECT_NE(refused(6, 2).find("two weights"), std::string::npos);
  Tables tables;
  tables.targets[1] = 2;
  EXPECT_NE(tables.refusal().find("target 2"), std::string::npos);
  tables = {};
  tables.roots[0] = 3;
  EXPECT_NE(tables.refusal().find("begins at node 3"), std::string::npos);
}

}  // namespace
}  // namespace tmc::select
