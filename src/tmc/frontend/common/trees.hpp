// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tree ensembles of all formats on their way to tree_ensemble (ops/op/tree_ensemble.hpp). The file is untrusted: what
// comes into the graph are trees, whose nodes lead to nodes behind them and never to one twice.

#include <functional>
#include <string>
#include <vector>

#include "tmc/frontend/common/constants.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend {

// One test of a feature, and where it leads: nodes, or leaves where `is_leaf` says so, by their numbers in the file's
// order. Most are one comparison; a set of categories takes several, of which the first that is true decides.
struct FileTest {
  struct Comparison {
    int32_t mode = 0;  // TreeEnsemble::Mode, and kMissingIsTrue
    float threshold = 0;
    size_t side = 0;   // where it leads when it is true
    double exact = 0;  // the file's threshold, of formats that have doubles
  };

  int64_t feature = 0;
  std::vector<Comparison> comparisons = {};  // one at least
  size_t otherwise = 1;                      // the side where none is true
  int64_t next[2] = {0, 0};
  bool is_leaf[2] = {false, false};
};

struct LeafWeight {
  int64_t target;
  float weight;
  double exact = 0;  // the file's weight, of formats that have doubles
};

struct FileTrees {
  std::vector<FileTest> tests;
  std::vector<std::vector<LeafWeight>> leaves;
  struct Root {
    int64_t index;
    bool is_leaf;  // of a tree that is nothing else
  };
  std::vector<Root> roots;
  std::vector<float> base;  // empty, or one for each target
  int64_t targets = 0;
  std::string aggregate = "sum";
};

// What a reader of a file has made of a node: the last of the leaves, or the last of the tests, which leads to these.
struct ReadNode {
  bool is_leaf = false;
  int64_t next[2] = {0, 0};
};
// Reads one tree from its root on by the file's numbers of nodes, each once; nodes that none leads to are not looked
// at. kMalformed for a node below two others, or a cycle; what `read` says.
Status read_tree(FileTrees& trees, int64_t root, const std::function<Result<ReadNode>(int64_t node)>& read);

constexpr int64_t kMostTestedFeatures = int64_t{1} << 29;

// The largest float at or below a number: what a float is compared with in its place, x <= t and x > t, for the same
// answer. Its like above: x >= t and x < t. Neither is given a NaN.
float float_below(double number);
float float_above(double number);

// Whether a feature is one of some categories, ascending and below 2^24, whose fractions do not count. `members` is
// the side of those that are, and of what is no number with `missing_is_member`. Category 0 begins at `begin_of_zero`.
void compare_categories(const std::vector<int64_t>& categories, size_t members, bool missing_is_member,
                        float begin_of_zero, FileTest& test);

// Appends the operator on rows f32 [rows, features]: [rows, targets]. Values are named `name` with suffixes.
// kMalformed for what are no trees, or tests of features that the rows have not.
Result<ir::ValueId> append_trees(ir::Graph& graph, ConstantBudget& budget, const std::string& name, ir::ValueId rows,
                                 const FileTrees& trees);

}  // namespace tmc::frontend
