// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/tree_ensemble.hpp"

#include <cmath>

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/post_transform.hpp"
#include "tmc/frontend/onnx/structured.hpp"
#include "tmc/frontend/onnx/trees.hpp"
#include "tmc/ops/op/cast.hpp"

namespace tmc::frontend::onnx_format {
namespace {

// The lists of the operator. Tests and leaves are numbered each by themselves.
struct TreeLists {
  std::vector<int64_t> features, yes, no, yes_is_leaf, no_is_leaf, missing, leaf_targets;
  std::vector<uint8_t> modes;
  std::vector<double> splits, leaf_weights, members;
};

Result<std::vector<uint8_t>> read_modes(ImportContext& context) {
  const auto* attribute = context.attributes().find("nodes_modes");
  if (attribute == nullptr) return std::vector<uint8_t>();
  TMC_ASSIGN(const Constant constant, read_constant(attribute->t(), context.folder(), context.budget()));
  if (constant.type.dtype == DType::kU8) return constant.data.to_vector<uint8_t>();
  return error(Error::kMalformed, "its nodes_modes are {}", dtype_name(constant.type.dtype));
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
  TMC_ASSIGN(lists.modes, read_modes(context));
  TMC_ASSIGN(lists.splits, read_real_tensor(context, "nodes_splits"));
  TMC_ASSIGN(lists.leaf_weights, read_real_tensor(context, "leaf_weights"));
  TMC_ASSIGN(lists.members, read_real_tensor(context, "membership_values"));
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
std::vector<double> next_members(const TreeLists& lists, size_t& at) {
  std::vector<double> members;
  while (at < lists.members.size() && !std::isnan(lists.members[at])) members.push_back(lists.members[at++]);
  ++at;
  return members;
}

Result<FileTest> read_test(const TreeLists& lists, size_t i, size_t& member) {
  FileTest test;
  test.feature = lists.features[i];
  test.next[0] = lists.yes[i];
  test.next[1] = lists.no[i];
  test.is_leaf[0] = lists.yes_is_leaf[i] != 0;
  test.is_leaf[1] = lists.no_is_leaf[i] != 0;
  const bool is_membership = lists.modes[i] == kMembership;
  // A member of a set is equal to the first, or else to the second, and so on.
  for (const double value : is_membership ? next_members(lists, member) : std::vector<double>{lists.splits[i]}) {
    const int32_t mode = is_membership ? ops::TreeEnsemble::kEqual : int32_t{lists.modes[i]};
    test.comparisons.push_back(compared(mode, value, lists.missing[i] != 0));
  }
  if (lists.modes[i] > kMembership || test.comparisons.empty()) {
    return error(Error::kMalformed, "node {} has the mode {}, or no members", i, lists.modes[i]);
  }
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
    trees.leaves.push_back({{lists.leaf_targets[i], static_cast<float>(lists.leaf_weights[i]), lists.leaf_weights[i]}});
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
  if (transform == PostTransform::kNone && compares_doubles(context, trees)) {
    TMC_ASSIGN(const ir::ValueId sums, append_trees_in_double(context, trees));
    return finish_copy(context, 0, sums);
  }
  TMC_ASSIGN(const ir::ValueId scores, append_trees(context, trees));
  const auto append = trees.targets == 1 ? &append_transformed_single : &append_transformed;
  TMC_ASSIGN(const ir::ValueId transformed, append(context, scores, transform));
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  // Numbers are of the type of the features.
  if (context.type(input).dtype == DType::kF64) return context.finish(ops::Cast{DType::kF64}, {transformed});
  return finish_copy(context, 0, transformed);
}

}  // namespace tmc::frontend::onnx_format
