// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/tree_ensemble.hpp"

#include <cmath>

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/post_transform.hpp"
#include "tmc/frontend/onnx/structured.hpp"
#include "tmc/frontend/onnx/trees.hpp"

namespace tmc::frontend::onnx_format {
namespace {

// The lists of the operator. Tests and leaves are numbered each by themselves.
struct TreeLists {
  std::vector<int64_t> features, yes, no, yes_is_leaf, no_is_leaf, missing, leaf_targets;
  std::vector<uint8_t> modes;
  std::vector<float> splits, leaf_weights, members;
};

template <typename T>
Result<std::vector<T>> read_tensor(ImportContext& context, const char* name, DType dtype) {
  const auto* attribute = context.attributes().find(name);
  if (attribute == nullptr) return std::vector<T>();
  TMC_ASSIGN(const Constant constant, read_constant(attribute->t(), context.folder(), context.budget()));
  if (constant.type.dtype == dtype) return constant.data.to_vector<T>();
  return error(Error::kUnsupportedType, "its {} are {}", name, dtype_name(constant.type.dtype))
      .with_hint("train or export the model in float32");
}

Result<TreeLists> read_tree_lists(ImportContext& context) {
  const Attributes attributes = context.attributes();
  TreeLists lists;
  TMC_ASSIGN(lists.features, attributes.integers("nodes_featureids"));
  TMC_ASSIGN(lists.yes, attributes.integers("nodes_truenodeids"));
  TMC_ASSIGN(lists.no, attributes.integers("nodes_falsenodeids"));
  TMC_ASSIGN(lists.yes_is_leaf, attributes.integers("nodes_trueleafs"));
  TMC_ASSIGN(lists.no_is_leaf, attributes.integers("nodes_falseleafs"));
  TMC_ASSIGN(lists.missing, attributes.integers("nodes_missing_value_tracks_true"));
  TMC_ASSIGN(lists.leaf_targets, attributes.integers("leaf_targetids"));
  TMC_ASSIGN(lists.modes, read_tensor<uint8_t>(context, "nodes_modes", DType::kU8));
  TMC_ASSIGN(lists.splits, read_tensor<float>(context, "nodes_splits", DType::kF32));
  TMC_ASSIGN(lists.leaf_weights, read_tensor<float>(context, "leaf_weights", DType::kF32));
  TMC_ASSIGN(lists.members, read_tensor<float>(context, "membership_values", DType::kF32));
  if (lists.missing.empty()) lists.missing.assign(lists.features.size(), 0);
  TMC_TRY(check_node_counts(lists.features.size(),
                            {lists.yes.size(), lists.no.size(), lists.yes_is_leaf.size(), lists.no_is_leaf.size(),
                             lists.missing.size(), lists.modes.size(), lists.splits.size()}));
  if (lists.leaf_targets.size() != lists.leaf_weights.size()) {
    return error(Error::kMalformed, "it has {} leaves and {} weights", lists.leaf_targets.size(),
                 lists.leaf_weights.size());
  }
  return lists;
}

// The members of the next test for membership, of which each list ends with what is no number.
std::vector<float> next_members(const TreeLists& lists, size_t& at) {
  std::vector<float> members;
  while (at < lists.members.size() && !std::isnan(lists.members[at])) members.push_back(lists.members[at++]);
  ++at;
  return members;
}

Result<FileTest> read_test(const TreeLists& lists, size_t i, size_t& member) {
  FileTest test;
  test.feature = lists.features[i];
  test.threshold = lists.splits[i];
  test.next[0] = lists.yes[i];
  test.next[1] = lists.no[i];
  test.is_leaf[0] = lists.yes_is_leaf[i] != 0;
  test.is_leaf[1] = lists.no_is_leaf[i] != 0;
  if (lists.modes[i] == kMembership) test.members = next_members(lists, member);
  if (lists.modes[i] > kMembership || (lists.modes[i] == kMembership && test.members.empty())) {
    return error(Error::kMalformed, "node {} has the mode {}, or no members", i, lists.modes[i]);
  }
  test.mode = lists.modes[i] + (lists.missing[i] != 0 ? ops::TreeEnsemble::kMissingIsTrue : 0);
  if (test.feature < 0 || test.feature >= kMostTestedFeatures) {
    return error(Error::kMalformed, "node {} tests feature {}", i, test.feature);
  }
  for (const size_t side : {0U, 1U}) {
    const size_t count = test.is_leaf[side] ? lists.leaf_targets.size() : lists.features.size();
    if (test.next[side] >= 0 && static_cast<size_t>(test.next[side]) < count) continue;
    return error(Error::kMalformed, "node {} leads to {} {} of {}", i, test.is_leaf[side] ? "leaf" : "node",
                 test.next[side], count);
  }
  return test;
}

Result<std::string> read_aggregate_number(ImportContext& context) {
  constexpr const char* kAggregates[] = {"average", "sum", "min", "max"};
  TMC_ASSIGN(const int64_t number, context.attributes().integer("aggregate_function", 1));
  if (number >= 0 && number < std::ssize(kAggregates)) return std::string(kAggregates[number]);
  return error(Error::kMalformed, "its aggregate_function is {}", number);
}

Result<FileTrees> read_trees(ImportContext& context) {
  FileTrees trees;
  TMC_ASSIGN(trees.targets, context.attributes().integer("n_targets", 1));
  TMC_TRY(check_targets(context, trees.targets));
  TMC_ASSIGN(const TreeLists lists, read_tree_lists(context));
  TMC_ASSIGN(trees.aggregate, read_aggregate_number(context));
  size_t member = 0;
  for (size_t i = 0; i < lists.features.size(); ++i) {
    TMC_ASSIGN(FileTest test, read_test(lists, i, member));
    trees.tests.push_back(std::move(test));
  }
  for (size_t i = 0; i < lists.leaf_targets.size(); ++i) {
    if (lists.leaf_targets[i] < 0 || lists.leaf_targets[i] >= trees.targets) {
      return error(Error::kMalformed, "leaf {} has the target {} of {}", i, lists.leaf_targets[i], trees.targets);
    }
    trees.leaves.push_back({{lists.leaf_targets[i], lists.leaf_weights[i]}});
  }
  TMC_ASSIGN(const std::vector<int64_t> roots, context.attributes().integers("tree_roots"));
  for (const int64_t root : roots) {
    if (root < 0 || root >= std::ssize(trees.tests)) return error(Error::kMalformed, "a tree begins at node {}", root);
    trees.roots.push_back({root, false});
  }
  return trees;
}

}  // namespace

// A number for every target of every row.
Status import_ml_tree_ensemble(ImportContext& context) {
  TMC_ASSIGN(const int64_t number, context.attributes().integer("post_transform", 0));
  TMC_ASSIGN(const PostTransform transform, post_transform_of(number));
  TMC_ASSIGN(const FileTrees trees, read_trees(context));
  TMC_ASSIGN(const ir::ValueId scores, append_trees(context, trees));
  const auto append = trees.targets == 1 ? &append_transformed_single : &append_transformed;
  TMC_ASSIGN(const ir::ValueId transformed, append(context, scores, transform));
  return finish_copy(context, 0, transformed);
}

}  // namespace tmc::frontend::onnx_format
