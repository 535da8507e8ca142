// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tree ensembles of the domain ai.onnx.ml on their way to tree_ensemble (ops/op/tree_ensemble.hpp). The file is
// untrusted: what comes back are trees, whose nodes lead to nodes behind them and never to one twice.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// One test, and where it leads: nodes, or leaves where `is_leaf` says so, by their numbers in the file's order.
struct FileTest {
  int64_t feature = 0;
  int32_t mode = 0;
  float threshold = 0;
  int64_t next[2] = {0, 0};  // where it is true, where it is not
  bool is_leaf[2] = {false, false};
  std::vector<float> members = {};  // of a test for membership, in place of the threshold
};

struct LeafWeight {
  int64_t target;
  float weight;
};

// What all forms of the operator hold.
struct FileTrees {
  std::vector<FileTest> tests;
  std::vector<std::vector<LeafWeight>> leaves;
  struct Root {
    int64_t index;
    bool is_leaf;  // of a tree that is nothing else
  };
  std::vector<Root> roots;
  std::vector<float> base;
  int64_t targets = 0;
  std::string aggregate = "sum";
};

constexpr int32_t kMembership = 6;

// TreeEnsembleClassifier and TreeEnsembleRegressor: nodes by the numbers of trees and of nodes in them. `target` is
// what the attributes of weights begin with, "class" or "target"; `targets` is how many there are.
Result<FileTrees> read_numbered_trees(ImportContext& context, const std::string& target, int64_t targets);

// kMalformed where one of the other lists of nodes has not so many entries.
Status check_node_counts(size_t count, std::initializer_list<size_t> others);

// A list of reals that may be given as a tensor, in an attribute of that name with "_as_tensor" behind it.
Result<std::vector<float>> read_listed_reals(ImportContext& context, const std::string& name);

constexpr int64_t kMostTestedFeatures = int64_t{1} << 29;
// kMalformed where there are none, or more than a model has room for.
Status check_targets(ImportContext& context, int64_t targets);

// Appends the operator: [rows, targets].
Result<ir::ValueId> append_trees(ImportContext& context, const FileTrees& trees);

// Of each target, whether every row has a weight for it, some may have, or none has.
enum class Scored : uint8_t { kNever, kSometimes, kAlways };
std::vector<Scored> scored_targets(const FileTrees& trees);

}  // namespace tmc::frontend::onnx_format
