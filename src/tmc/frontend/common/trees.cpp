// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/trees.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_set>

#include "tmc/ops/op/tree_ensemble.hpp"

namespace tmc::frontend {
namespace {

using ir::ValueId;
using ops::TreeEnsemble;

// The tables of the operator, written from the roots on: a test before what it leads to.
class TableWriter {
 public:
  explicit TableWriter(const FileTrees& trees) : trees_(trees), seen_(trees.tests.size(), false) {}

  Status run() {
    for (const FileTrees::Root& root : trees_.roots) {
      roots_.push_back(next_number());
      TMC_TRY(write({root.index, root.is_leaf}));
    }
    const auto unseen = std::ranges::find(seen_, false);
    if (unseen == seen_.end()) return {};
    return error(Error::kMalformed, "node {} is reached from no root: it is part of a cycle", unseen - seen_.begin())
        .with_hint("export the model again");
  }

  Result<ValueId> append(ir::Graph& graph, ConstantBudget& budget, const std::string& name, ValueId x) const {
    const int64_t features = graph.value(x).type.shape[1];
    if (most_feature_ >= features) {
      return error(Error::kMalformed, "it tests feature {}, its input has {}", most_feature_, features);
    }
    std::vector<ValueId> inputs = {x};
    const auto add = [&](const char* suffix, const Shape& shape, const auto& values) -> Status {
      using Element = typename std::remove_cvref_t<decltype(values)>::value_type;
      TMC_TRY(budget.take(values.size() * sizeof(Element)));
      const DType dtype = std::is_same_v<Element, float> ? DType::kF32 : DType::kI32;
      inputs.push_back(
          graph.add_constant(name + suffix, {dtype, shape}, ir::TensorData::of(std::span<const Element>(values))));
      return {};
    };
    TMC_TRY(add("_nodes", Shape::of(std::ssize(thresholds_), 4), nodes_));
    TMC_TRY(add("_thresholds", Shape::of(std::ssize(thresholds_)), thresholds_));
    TMC_TRY(add("_roots", Shape::of(std::ssize(roots_)), roots_));
    TMC_TRY(add("_weights", Shape::of(std::ssize(weights_)), weights_));
    TMC_TRY(add("_targets", Shape::of(std::ssize(targets_)), targets_));
    TMC_TRY(add("_base", Shape::of(trees_.targets), base()));
    return graph.append(name + "_trees", TreeEnsemble{trees_.aggregate}, std::move(inputs));
  }

 private:
  struct Item {
    int64_t index;
    bool is_leaf;
    std::vector<size_t> holes = {};  // words of `nodes_` that are to hold where it is
  };

  int32_t next_number() const { return static_cast<int32_t>(thresholds_.size()); }
  std::vector<float> base() const {
    return trees_.base.empty() ? std::vector<float>(static_cast<size_t>(trees_.targets), 0) : trees_.base;
  }

  // Without recursion: trees of a file may be as deep as it is long.
  Status write(Item root) {
    std::vector<Item> open;
    open.push_back(std::move(root));
    while (!open.empty()) {
      const Item item = std::move(open.back());
      open.pop_back();
      for (const size_t hole : item.holes) nodes_[hole] = next_number();
      if (item.is_leaf) {
        write_leaf(trees_.leaves[static_cast<size_t>(item.index)]);
        continue;
      }
      const auto test = static_cast<size_t>(item.index);
      if (seen_[test]) {
        return error(Error::kMalformed, "node {} is reached twice: its trees have a cycle, or share a node", test)
            .with_hint("export the model again");
      }
      seen_[test] = true;
      write_test(trees_.tests[test], open);
    }
    return {};
  }

  void write_node(int32_t a, int32_t b, int32_t c, int32_t d, float threshold) {
    nodes_.insert(nodes_.end(), {a, b, c, d});
    thresholds_.push_back(threshold);
  }

  void write_leaf(const std::vector<LeafWeight>& weights) {
    write_node(TreeEnsemble::kLeaf, static_cast<int32_t>(weights_.size()), static_cast<int32_t>(weights.size()), 0, 0);
    for (const LeafWeight& weight : weights) {
      weights_.push_back(weight.weight);
      targets_.push_back(static_cast<int32_t>(weight.target));
    }
    if (weights_.empty()) {
      weights_.push_back(0);
      targets_.push_back(0);
    }
  }

  // One comparison leads to the next where it is not true. What is written next is the side that the last one does not
  // end at, or the first.
  void write_test(const FileTest& test, std::vector<Item>& open) {
    most_feature_ = std::max(most_feature_, test.feature);
    std::vector<size_t> holes[2];
    for (const FileTest::Comparison& one : test.comparisons) {
      const int32_t number = next_number();
      const bool is_last = &one == &test.comparisons.back();
      write_node(static_cast<int32_t>(test.feature), one.mode, 0, is_last ? 0 : number + 1, one.threshold);
      holes[one.side].push_back(nodes_.size() - 2);
    }
    holes[test.otherwise].push_back(nodes_.size() - 1);
    for (const size_t side : {1U, 0U}) {
      open.push_back({test.next[side], test.is_leaf[side], std::move(holes[side])});
    }
  }

  const FileTrees& trees_;
  std::vector<bool> seen_;
  std::vector<int32_t> nodes_, roots_, targets_;
  std::vector<float> thresholds_, weights_;
  int64_t most_feature_ = -1;
};

}  // namespace

Status read_tree(FileTrees& trees, int64_t root, const std::function<Result<ReadNode>(int64_t node)>& read) {
  struct Open {
    int64_t test;
    int64_t next[2];
  };
  std::vector<Open> open;
  std::unordered_set<int64_t> seen;
  const auto place = [&](int64_t number) -> Result<FileTrees::Root> {
    if (!seen.insert(number).second) {
      return error(Error::kMalformed, "node {} is below two nodes, or in a cycle", number)
          .with_hint("save the model again");
    }
    TMC_ASSIGN(const ReadNode node, read(number));
    if (node.is_leaf) return FileTrees::Root{std::ssize(trees.leaves) - 1, true};
    open.push_back({std::ssize(trees.tests) - 1, {node.next[0], node.next[1]}});
    return FileTrees::Root{open.back().test, false};
  };
  TMC_ASSIGN(const FileTrees::Root first, place(root));
  trees.roots.push_back(first);
  while (!open.empty()) {
    const Open from = open.back();
    open.pop_back();
    for (const size_t side : {0U, 1U}) {
      TMC_ASSIGN(const FileTrees::Root to, place(from.next[side]));
      FileTest& test = trees.tests[static_cast<size_t>(from.test)];
      test.next[side] = to.index;
      test.is_leaf[side] = to.is_leaf;
    }
  }
  return {};
}

float float_below(double number) {
  const auto near = static_cast<float>(number);
  return static_cast<double>(near) > number ? std::nextafter(near, -std::numeric_limits<float>::infinity()) : near;
}

float float_above(double number) {
  return -float_below(-number);
}

void compare_categories(const std::vector<int64_t>& categories, size_t members, bool missing_is_member,
                        float begin_of_zero, FileTest& test) {
  test.otherwise = 1 - members;
  const auto add = [&](bool is_missing, float threshold, size_t side) {
    test.comparisons.push_back(
        {TreeEnsemble::kLess + (is_missing ? TreeEnsemble::kMissingIsTrue : 0), threshold, side});
  };
  if (categories.empty()) add(missing_is_member, -std::numeric_limits<float>::infinity(), members);
  // Runs of categories: below a run's begin is no member, and below its end is one.
  for (size_t i = 0; i < categories.size();) {
    const int64_t first = categories[i];
    int64_t end = first;
    for (; i < categories.size() && categories[i] == end; ++i) ++end;
    const bool decides_missing = test.comparisons.empty();
    add(decides_missing && !missing_is_member, first == 0 ? begin_of_zero : static_cast<float>(first), test.otherwise);
    add(decides_missing && missing_is_member, static_cast<float>(end), members);
  }
}

Result<ValueId> append_trees(ir::Graph& graph, ConstantBudget& budget, const std::string& name, ValueId rows,
                             const FileTrees& trees) {
  if (trees.roots.empty()) return error(Error::kMalformed, "it has no trees");
  if (!trees.base.empty() && std::ssize(trees.base) != trees.targets) {
    return error(Error::kMalformed, "it has {} base values for {} targets", trees.base.size(), trees.targets);
  }
  TableWriter writer(trees);
  TMC_TRY(writer.run());
  return writer.append(graph, budget, name, rows);
}

}  // namespace tmc::frontend
