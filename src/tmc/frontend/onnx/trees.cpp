// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/trees.hpp"

#include <algorithm>

#include "tmc/frontend/onnx/structured.hpp"
#include "tmc/ops/op/tree_ensemble.hpp"

namespace tmc::frontend::onnx_format {
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

  Result<ValueId> append(ImportContext& context) const {
    TMC_ASSIGN(const ValueId x, input_rows(context));
    const int64_t features = context.type(x).shape[1];
    if (most_feature_ >= features) {
      return error(Error::kMalformed, "it tests feature {}, its input has {}", most_feature_, features);
    }
    std::vector<ValueId> inputs = {x};
    TMC_ASSIGN(inputs.emplace_back(), integers(context, "_nodes", Shape::of(std::ssize(thresholds_), 4), nodes_));
    TMC_ASSIGN(inputs.emplace_back(), reals(context, "_thresholds", thresholds_));
    TMC_ASSIGN(inputs.emplace_back(), integers(context, "_roots", Shape::of(std::ssize(roots_)), roots_));
    TMC_ASSIGN(inputs.emplace_back(), reals(context, "_weights", weights_));
    TMC_ASSIGN(inputs.emplace_back(), integers(context, "_targets", Shape::of(std::ssize(targets_)), targets_));
    TMC_ASSIGN(inputs.emplace_back(), reals(context, "_base", base()));
    return context.append("_trees", TreeEnsemble{trees_.aggregate}, std::move(inputs));
  }

 private:
  struct Item {
    int64_t index;
    bool is_leaf;
    size_t hole = 0;  // word of `nodes_` that is to hold where it is; 0: of a root
  };

  int32_t next_number() const { return static_cast<int32_t>(thresholds_.size()); }
  std::vector<float> base() const {
    return trees_.base.empty() ? std::vector<float>(static_cast<size_t>(trees_.targets), 0) : trees_.base;
  }

  static Result<ValueId> reals(ImportContext& context, const std::string& suffix, const std::vector<float>& values) {
    return append_reals(context, suffix, Shape::of(std::ssize(values)), values);
  }
  static Result<ValueId> integers(ImportContext& context, const std::string& suffix, const Shape& shape,
                                  const std::vector<int32_t>& values) {
    TMC_TRY(context.budget().take(values.size() * sizeof(int32_t)));
    return context.graph().add_constant(context.first_output_name() + suffix, {DType::kI32, shape},
                                        ir::TensorData::of(std::span<const int32_t>(values)));
  }

  // Without recursion: trees of a file may be as deep as it is long.
  Status write(Item root) {
    std::vector<Item> open = {root};
    while (!open.empty()) {
      const Item item = open.back();
      open.pop_back();
      if (item.hole != 0) nodes_[item.hole] = next_number();
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

  void write_test(const FileTest& test, std::vector<Item>& open) {
    most_feature_ = std::max(most_feature_, test.feature);
    const auto feature = static_cast<int32_t>(test.feature);
    std::vector<float> thresholds = {test.threshold};
    int32_t mode = test.mode;
    if (mode % TreeEnsemble::kMissingIsTrue == kMembership) {
      thresholds = test.members;
      mode += TreeEnsemble::kEqual - kMembership;
    }
    // A member of a set is equal to the first, or else to the second, and so on: all lead to the same node where it is.
    std::vector<size_t> holes;
    for (size_t i = 0; i < thresholds.size(); ++i) {
      const int32_t number = next_number();
      const bool is_last = i + 1 == thresholds.size();
      write_node(feature, mode, 0, is_last ? 0 : number + 1, thresholds[i]);
      holes.push_back(nodes_.size() - 2);
    }
    open.push_back({test.next[1], test.is_leaf[1], nodes_.size() - 1});
    open.push_back({test.next[0], test.is_leaf[0], holes.back()});
    // What is written next is where they lead when it is true.
    for (const size_t hole : holes) nodes_[hole] = next_number();
  }

  const FileTrees& trees_;
  std::vector<bool> seen_;
  std::vector<int32_t> nodes_, roots_, targets_;
  std::vector<float> thresholds_, weights_;
  int64_t most_feature_ = -1;
};

// Of each target, how many of the leaves of a tree have a weight for it. The tree has been appended: it is one.
void count_weights(const FileTrees& trees, const FileTrees::Root& root, std::vector<int64_t>& weights,
                   int64_t& leaves) {
  std::vector<FileTrees::Root> open = {root};
  while (!open.empty()) {
    const FileTrees::Root at = open.back();
    open.pop_back();
    if (at.is_leaf) {
      ++leaves;
      for (const LeafWeight& weight : trees.leaves[static_cast<size_t>(at.index)]) {
        ++weights[static_cast<size_t>(weight.target)];
      }
      continue;
    }
    const FileTest& test = trees.tests[static_cast<size_t>(at.index)];
    for (const size_t side : {0U, 1U}) open.push_back({test.next[side], test.is_leaf[side]});
  }
}

}  // namespace

Status check_targets(ImportContext& context, int64_t targets) {
  if (targets < 1 || targets > INT32_MAX) return error(Error::kMalformed, "it has {} targets", targets);
  return context.budget().take_computed({DType::kF32, Shape::of(targets)});
}

Status check_node_counts(size_t count, std::initializer_list<size_t> others) {
  for (const size_t other : others) {
    if (other != count) return error(Error::kMalformed, "its lists of nodes have {} and {} entries", count, other);
  }
  return {};
}

Result<std::vector<float>> read_listed_reals(ImportContext& context, const std::string& name) {
  const auto* tensor = context.attributes().find(name + "_as_tensor");
  if (tensor == nullptr) return context.attributes().reals(name);
  TMC_ASSIGN(const Constant constant, read_constant(tensor->t(), context.folder(), context.budget()));
  if (constant.type.dtype == DType::kF32) return constant.data.to_vector<float>();
  return error(Error::kUnsupportedType, "its {} are {}", name, dtype_name(constant.type.dtype))
      .with_hint("train or export the model in float32");
}

Result<ValueId> append_trees(ImportContext& context, const FileTrees& trees) {
  if (trees.roots.empty()) return error(Error::kMalformed, "it has no trees");
  if (!trees.base.empty() && std::ssize(trees.base) != trees.targets) {
    return error(Error::kMalformed, "it has {} base values for {} targets", trees.base.size(), trees.targets);
  }
  TableWriter writer(trees);
  TMC_TRY(writer.run());
  return writer.append(context);
}

std::vector<Scored> scored_targets(const FileTrees& trees) {
  std::vector<Scored> scored(static_cast<size_t>(trees.targets), Scored::kNever);
  for (const FileTrees::Root& root : trees.roots) {
    std::vector<int64_t> weights(scored.size(), 0);
    int64_t leaves = 0;
    count_weights(trees, root, weights, leaves);
    for (size_t target = 0; target < scored.size(); ++target) {
      const Scored here = weights[target] == 0        ? Scored::kNever
                          : weights[target] == leaves ? Scored::kAlways
                                                      : Scored::kSometimes;
      scored[target] = std::max(scored[target], here);
    }
  }
  return scored;
}

}  // namespace tmc::frontend::onnx_format
