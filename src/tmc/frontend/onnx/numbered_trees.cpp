// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// Trees as lists of nodes, each with the number of its tree and its own in it.
#include <unordered_map>

#include "tmc/frontend/onnx/trees.hpp"
#include "tmc/ops/op/tree_ensemble.hpp"

namespace tmc::frontend::onnx_format {
namespace {

constexpr const char* kModes[] = {"BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"};

struct NodeLists {
  std::vector<int64_t> trees, numbers, features, yes, no, missing;
  std::vector<double> values;
  std::vector<std::string> modes;
  size_t count() const { return trees.size(); }
};

Result<NodeLists> read_lists(ImportContext& context) {
  const Attributes attributes = context.attributes();
  NodeLists lists;
  TMC_ASSIGN(lists.trees, attributes.integers("nodes_treeids"));
  TMC_ASSIGN(lists.numbers, attributes.integers("nodes_nodeids"));
  TMC_ASSIGN(lists.features, attributes.integers("nodes_featureids"));
  TMC_ASSIGN(lists.yes, attributes.integers("nodes_truenodeids"));
  TMC_ASSIGN(lists.no, attributes.integers("nodes_falsenodeids"));
  TMC_ASSIGN(lists.missing, attributes.integers("nodes_missing_value_tracks_true"));
  TMC_ASSIGN(lists.values, read_listed_reals(context, "nodes_values"));
  TMC_ASSIGN(lists.modes, attributes.texts("nodes_modes"));
  if (lists.missing.empty()) lists.missing.assign(lists.count(), 0);
  TMC_TRY(
      check_node_counts(lists.count(), {lists.numbers.size(), lists.features.size(), lists.yes.size(), lists.no.size(),
                                        lists.missing.size(), lists.values.size(), lists.modes.size()}));
  return lists;
}

Result<int32_t> mode_of(const std::string& name) {
  for (int32_t mode = 0; mode < ops::TreeEnsemble::kModes; ++mode) {
    if (name == kModes[mode]) return mode;
  }
  return error(Error::kMalformed, "a node has the mode '{}'", name);
}

// Nodes by the numbers that the file gives them: tests and leaves, in the order of the lists.
class Numbering {
 public:
  struct Place {
    int64_t index;
    bool is_leaf;
    bool has_parent = false;
  };

  Status add(int64_t tree, int64_t number, Place place) {
    if (trees_[tree].emplace(number, place).second) return {};
    return error(Error::kMalformed, "tree {} has two nodes {}", tree, number);
  }
  Result<Place*> find(int64_t tree, int64_t number) {
    const auto found = trees_[tree].find(number);
    if (found != trees_[tree].end()) return &found->second;
    return error(Error::kMalformed, "tree {} has no node {}, to which it leads", tree, number);
  }

 private:
  std::unordered_map<int64_t, std::unordered_map<int64_t, Place>> trees_;
};

class NumberedTrees {
 public:
  NumberedTrees(ImportContext& context, std::string target, int64_t targets)
      : context_(context), target_(std::move(target)) {
    trees_.targets = targets;
  }

  Result<FileTrees> run() {
    TMC_TRY(check_targets(context_, trees_.targets));
    TMC_ASSIGN(lists_, read_lists(context_));
    for (size_t i = 0; i < lists_.count(); ++i) TMC_TRY(add_node(i));
    for (size_t i = 0; i < lists_.count(); ++i) {
      if (!is_leaf(i)) TMC_TRY(connect(i));
    }
    TMC_TRY(find_roots());
    TMC_TRY(read_weights());
    return std::move(trees_);
  }

 private:
  bool is_leaf(size_t i) const { return lists_.modes[i] == "LEAF"; }

  Status add_node(size_t i) {
    if (is_leaf(i)) {
      trees_.leaves.emplace_back();
      return numbering_.add(lists_.trees[i], lists_.numbers[i], {std::ssize(trees_.leaves) - 1, true});
    }
    FileTest test;
    TMC_ASSIGN(const int32_t mode, mode_of(lists_.modes[i]));
    test.feature = lists_.features[i];
    test.comparisons = {compared(mode, lists_.values[i], lists_.missing[i] != 0)};
    if (test.feature < 0 || test.feature >= kMostTestedFeatures) {
      return error(Error::kMalformed, "a node tests feature {}", test.feature);
    }
    trees_.tests.push_back(test);
    return numbering_.add(lists_.trees[i], lists_.numbers[i], {std::ssize(trees_.tests) - 1, false});
  }

  Status connect(size_t i) {
    const int64_t tree = lists_.trees[i];
    TMC_ASSIGN(const Numbering::Place* self, numbering_.find(tree, lists_.numbers[i]));
    FileTest& test = trees_.tests[static_cast<size_t>(self->index)];
    const int64_t next[] = {lists_.yes[i], lists_.no[i]};
    for (const size_t side : {0U, 1U}) {
      TMC_ASSIGN(Numbering::Place * to, numbering_.find(tree, next[side]));
      if (to->has_parent) {
        return error(Error::kMalformed, "tree {} has node {} below two nodes", tree, next[side])
            .with_hint("export the model again");
      }
      to->has_parent = true;
      test.next[side] = to->index;
      test.is_leaf[side] = to->is_leaf;
    }
    return {};
  }

  // A tree begins at the node to which none leads. One that has none is a cycle.
  Status find_roots() {
    std::unordered_map<int64_t, int> roots;
    for (size_t i = 0; i < lists_.count(); ++i) {
      const int64_t tree = lists_.trees[i];
      int& count = roots[tree];
      TMC_ASSIGN(const Numbering::Place* place, numbering_.find(tree, lists_.numbers[i]));
      if (place->has_parent) continue;
      trees_.roots.push_back({place->index, place->is_leaf});
      if (++count > 1) return error(Error::kMalformed, "tree {} has several roots", tree);
    }
    for (const auto& [tree, count] : roots) {
      if (count == 0) return error(Error::kMalformed, "tree {} has no root: it is a cycle", tree);
    }
    return {};
  }

  Status read_weights() {
    const Attributes attributes = context_.attributes();
    TMC_ASSIGN(const std::vector<int64_t> trees, attributes.integers(target_ + "_treeids"));
    TMC_ASSIGN(const std::vector<int64_t> numbers, attributes.integers(target_ + "_nodeids"));
    TMC_ASSIGN(const std::vector<int64_t> targets, attributes.integers(target_ + "_ids"));
    TMC_ASSIGN(const std::vector<double> reals, read_listed_reals(context_, target_ + "_weights"));
    const std::vector<float> weights = rounded(reals);
    if (trees.size() != weights.size() || numbers.size() != weights.size() || targets.size() != weights.size()) {
      return error(Error::kMalformed, "its lists of weights differ in length");
    }
    for (size_t i = 0; i < weights.size(); ++i) {
      TMC_ASSIGN(const Numbering::Place* place, numbering_.find(trees[i], numbers[i]));
      if (targets[i] < 0 || targets[i] >= trees_.targets) {
        return error(Error::kMalformed, "a leaf has a weight for target {} of {}", targets[i], trees_.targets);
      }
      if (!place->is_leaf) continue;  // says nothing: a row never ends there
      trees_.leaves[static_cast<size_t>(place->index)].push_back({targets[i], weights[i], reals[i]});
    }
    TMC_ASSIGN(const std::vector<double> base, read_listed_reals(context_, "base_values"));
    trees_.base = rounded(base);
    return {};
  }

  ImportContext& context_;
  const std::string target_;
  NodeLists lists_;
  Numbering numbering_;
  FileTrees trees_;
};

}  // namespace

Result<FileTrees> read_numbered_trees(ImportContext& context, const std::string& target, int64_t targets) {
  return NumberedTrees(context, target, targets).run();
}

}  // namespace tmc::frontend::onnx_format
