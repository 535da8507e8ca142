// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/xgboost/booster_trees.hpp"

#include <algorithm>
#include <map>

#include "tmc/frontend/xgboost/fields.hpp"
#include "tmc/ops/op/tree_ensemble.hpp"

namespace tmc::frontend::xgboost {
namespace {

using json::Value;

constexpr int64_t kMostCategories = int64_t{1} << 24;  // from there on XGBoost takes no number for one

// One tree of the file. Nodes that pruning left behind are reached from none.
class TreeReader {
 public:
  TreeReader(FileTrees& trees, int64_t target, float weight) : trees_(trees), target_(target), weight_(weight) {}

  Status run(const Value& tree) {
    TMC_TRY(read_lists(tree));
    TMC_TRY(read_categories(tree));
    if (left_.empty()) return malformed("has no nodes");
    return read_tree(trees_, 0, [this](int64_t node) { return read_node(node); });
  }

 private:
  static Status malformed(std::string_view what) {
    return error(Error::kMalformed, "it {}", what).with_hint("save the model again with XGBoost");
  }

  Status read_lists(const Value& tree) {
    TMC_ASSIGN(left_, integers(tree, "left_children"));
    TMC_ASSIGN(right_, integers(tree, "right_children"));
    TMC_ASSIGN(features_, integers(tree, "split_indices"));
    TMC_ASSIGN(conditions_, reals(tree, "split_conditions"));
    TMC_ASSIGN(default_left_, integers(tree, "default_left"));
    TMC_ASSIGN(types_, integers(tree, "split_type"));
    TMC_ASSIGN(vectors_, reals(tree, "leaf_weights"));
    TMC_ASSIGN(leaf_size_, integer(tree["tree_param"], "size_leaf_vector", 1));
    leaf_size_ = std::max<int64_t>(leaf_size_, 1);  // older releases write 0
    if (types_.empty()) types_.assign(left_.size(), 0);
    const bool is_whole = right_.size() == left_.size() && features_.size() == left_.size() &&
                          conditions_.size() == left_.size() && default_left_.size() == left_.size() &&
                          types_.size() == left_.size();
    if (!is_whole) return malformed("has lists of nodes that differ in length");
    if (leaf_size_ == 1) return {};
    if (leaf_size_ != trees_.targets) return malformed("has leaves for another number of targets");
    if (vectors_.empty()) {
      return error(Error::kUnsupportedOp, "its leaves are vectors in the form of an older release")
          .with_hint("load the model with a recent XGBoost and save it again");
    }
    return {};
  }

  Status read_categories(const Value& tree) {
    TMC_ASSIGN(const auto nodes, integers(tree, "categories_nodes"));
    TMC_ASSIGN(const auto segments, integers(tree, "categories_segments"));
    TMC_ASSIGN(const auto sizes, integers(tree, "categories_sizes"));
    TMC_ASSIGN(const auto categories, integers(tree, "categories"));
    if (segments.size() != nodes.size() || sizes.size() != nodes.size()) {
      return malformed("has lists of categories that differ in length");
    }
    const int64_t count = std::ssize(categories);
    int64_t all = 0;
    for (size_t i = 0; i < nodes.size(); ++i) {
      // A category stands for one node alone: all together are no more than the file has.
      if (segments[i] < 0 || sizes[i] < 0 || segments[i] > count || sizes[i] > count - segments[i] ||
          (all += sizes[i]) > count) {
        return malformed("has categories that are not there");
      }
      std::vector<int64_t>& own = categories_[nodes[i]];
      own.assign(categories.begin() + segments[i], categories.begin() + segments[i] + sizes[i]);
      std::ranges::sort(own);
      own.erase(std::unique(own.begin(), own.end()), own.end());
      if (!own.empty() && (own.front() < 0 || own.back() >= kMostCategories)) {
        return malformed("has a category that is none");
      }
    }
    return {};
  }

  Result<ReadNode> read_node(int64_t node) {
    if (node < 0 || node >= std::ssize(left_)) return malformed("leads to a node that is not there");
    const auto at = static_cast<size_t>(node);
    const bool is_leaf = left_[at] == -1;
    TMC_TRY(is_leaf ? add_leaf(at) : add_test(at));
    return ReadNode{is_leaf, {left_[at], right_[at]}};
  }

  Status add_leaf(size_t node) {
    std::vector<LeafWeight>& leaf = trees_.leaves.emplace_back();
    if (leaf_size_ == 1) {
      leaf.push_back({target_, weight_ * conditions_[node]});
      return {};
    }
    // The number of the leaf stands where the second child would. There are as many vectors as leaves.
    const int64_t count = std::ssize(vectors_) / leaf_size_;
    if (right_[node] < 0 || right_[node] >= count || ++leaf_count_ > count) {
      return malformed("has a leaf whose weights are not there");
    }
    for (int64_t target = 0; target < leaf_size_; ++target) {
      leaf.push_back({target, weight_ * vectors_[static_cast<size_t>(right_[node] * leaf_size_ + target)]});
    }
    return {};
  }

  Status add_test(size_t node) {
    using ops::TreeEnsemble;
    FileTest test;
    test.feature = features_[node];
    if (test.feature < 0 || test.feature >= kMostTestedFeatures) return malformed("tests a feature that is none");
    const bool missing_is_left = default_left_[node] != 0;
    if (types_[node] == 0) {
      const int32_t mode = TreeEnsemble::kLess + (missing_is_left ? TreeEnsemble::kMissingIsTrue : 0);
      test.comparisons = {{mode, conditions_[node], 0}};
    } else if (types_[node] == 1) {
      // The categories of a split go to the right.
      compare_categories(categories_[static_cast<int64_t>(node)], 1, !missing_is_left, 0, test);
    } else {
      return malformed("has a split of a type that is none");
    }
    trees_.tests.push_back(std::move(test));
    return {};
  }

  FileTrees& trees_;
  const int64_t target_;
  const float weight_;
  std::vector<int64_t> left_, right_, features_, default_left_, types_;
  std::vector<float> conditions_, vectors_;
  int64_t leaf_size_ = 1, leaf_count_ = 0;
  std::map<int64_t, std::vector<int64_t>> categories_;  // by node
};

}  // namespace

Result<FileTrees> read_booster_trees(const Value& model, int64_t targets, const std::vector<float>& weights) {
  FileTrees trees;
  trees.targets = targets;
  TMC_ASSIGN(const std::vector<int64_t> target_of, integers(model, "tree_info"));
  const auto* list = model["trees"].as<Value::Array>();
  const size_t count = list == nullptr ? 0 : list->size();
  if (count == 0 || target_of.size() != count || (!weights.empty() && weights.size() != count)) {
    return error(Error::kMalformed, "it has {} trees, {} targets and {} weights for them", count, target_of.size(),
                 weights.size());
  }
  for (size_t i = 0; i < count; ++i) {
    if (target_of[i] < 0 || target_of[i] >= targets) {
      return error(Error::kMalformed, "tree {} is for target {} of {}", i, target_of[i], targets);
    }
    TreeReader reader(trees, target_of[i], weights.empty() ? 1 : weights[i]);
    TMC_TRY(reader.run((*list)[i]).at_node(fmt::format("tree {}", i)));
  }
  return trees;
}

}  // namespace tmc::frontend::xgboost
