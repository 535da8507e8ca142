// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/trees.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include "tmc/kernels/contract/tree_ensemble_f32.hpp"
#include "tmc/ops/op/tree_ensemble.hpp"

namespace tmc::select {
namespace {

using ops::TreeEnsemble;

constexpr int64_t kMostSteps = 0xffff;  // of `next`, and of the numbers of slots
constexpr int64_t kMostDenseWeights = int64_t{1} << 26;
// The least key that a number above infinity would have: what is no number is at least that or below all.
constexpr uint32_t kKeyBeyondInfinity = 0xff800001;

// Where a test leads: to another test, or to a leaf, which is a node of the table.
struct Edge {
  bool is_leaf;
  int32_t index;
};

struct Test {
  uint32_t key;
  uint32_t slot;
  Edge below, above;
};

class TreeForming {
 public:
  explicit TreeForming(const TreeTables& tables)
      : tables_(tables), count_(static_cast<int32_t>(tables.thresholds.size())) {}

  Result<TreeForm> run() {
    TMC_TRY(number_tests());
    TMC_TRY(check_leaves());
    for (int32_t node = 0; node < count_; ++node) {
      if (!is_leaf(node)) TMC_TRY(add_tests(node));
    }
    if (slots_.empty()) form_.slots.push_back(0);  // kernels have one slot at least
    find_depth();
    TMC_TRY(place());
    return std::move(form_);
  }

 private:
  int32_t word(int32_t node, size_t index) const { return tables_.nodes[4 * static_cast<size_t>(node) + index]; }
  bool is_leaf(int32_t node) const { return word(node, 0) == TreeEnsemble::kLeaf; }
  int32_t mode(int32_t node) const { return word(node, 1) % TreeEnsemble::kMissingIsTrue; }
  bool takes_two(int32_t node) const {
    return mode(node) >= TreeEnsemble::kEqual && !std::isnan(tables_.thresholds[static_cast<size_t>(node)]);
  }

  Status check_node(int32_t node) const {
    const int32_t modes = word(node, 1);
    if (word(node, 0) < 0 || word(node, 0) >= tables_.features) {
      return error(Error::kMalformed, "node {} tests feature {} of {}", node, word(node, 0), tables_.features);
    }
    if (modes < 0 || modes >= 2 * TreeEnsemble::kMissingIsTrue || mode(node) >= TreeEnsemble::kModes) {
      return error(Error::kMalformed, "node {} has the mode {}", node, modes);
    }
    for (const size_t child : {2U, 3U}) {
      if (word(node, child) > node && word(node, child) < count_) continue;
      return error(Error::kMalformed, "node {} leads to node {}, which is not behind it", node, word(node, child));
    }
    return {};
  }

  // Tests in the order of the nodes, so that they lead to such with a higher number.
  Status number_tests() {
    int32_t tests = 0;
    for (int32_t node = 0; node < count_; ++node) {
      first_.push_back(tests);
      if (is_leaf(node)) continue;
      TMC_TRY(check_node(node));
      tests += takes_two(node) ? 2 : 1;
    }
    for (const int32_t root : tables_.roots) {
      if (root < 0 || root >= count_) return error(Error::kMalformed, "a tree begins at node {} of {}", root, count_);
    }
    return {};
  }

  std::span<const int32_t> targets_of(int32_t leaf) const {
    return tables_.targets.subspan(static_cast<size_t>(word(leaf, 1)), static_cast<size_t>(word(leaf, 2)));
  }

  Status check_leaf(int32_t leaf) const {
    const int64_t begin = word(leaf, 1);
    const int64_t weights = word(leaf, 2);
    if (begin < 0 || weights < 0 || begin + weights > std::ssize(tables_.weights)) {
      return error(Error::kMalformed, "leaf {} has weights that are not there", leaf);
    }
    std::vector<int32_t> targets(targets_of(leaf).begin(), targets_of(leaf).end());
    std::ranges::sort(targets);
    if (std::ranges::adjacent_find(targets) != targets.end()) {
      return error(Error::kMalformed, "leaf {} has two weights for one target", leaf);
    }
    if (!targets.empty() && (targets.front() < 0 || targets.back() >= tables_.outputs)) {
      return error(Error::kMalformed, "leaf {} has a weight for target {} of {}", leaf, targets.back(),
                   tables_.outputs);
    }
    return {};
  }

  Status check_leaves() {
    int64_t leaves = 0;
    bool all_have_one = true, all_have_all = true;
    for (int32_t node = 0; node < count_; ++node) {
      if (!is_leaf(node)) continue;
      TMC_TRY(check_leaf(node));
      ++leaves;
      all_have_one = all_have_one && word(node, 2) == 1;
      all_have_all = all_have_all && word(node, 2) == tables_.outputs;
    }
    form_.dense = !all_have_one;
    if (form_.dense && !tables_.adds && !all_have_all) {
      return error(Error::kUnsupportedOp, "it takes a minimum or maximum, and its leaves have weights for some targets")
          .with_hint("give every leaf a weight for each target, or for one");
    }
    if (form_.dense && (tables_.outputs > kMostSteps || leaves * tables_.outputs > kMostDenseWeights)) {
      return error(Error::kUnsupportedShape, "it has {} leaves with weights for {} targets", leaves, tables_.outputs)
          .with_hint("export fewer or smaller trees");
    }
    return {};
  }

  uint32_t slot(int32_t node, bool missing_is_above) {
    const int32_t code = 2 * word(node, 0) + (missing_is_above ? 1 : 0);
    const auto [found, is_new] = slots_.emplace(code, static_cast<uint32_t>(form_.slots.size()));
    if (is_new) form_.slots.push_back(code);
    return found->second;
  }

  Edge edge(int32_t node) const {
    return is_leaf(node) ? Edge{true, node} : Edge{false, first_[static_cast<size_t>(node)]};
  }

  Status add_tests(int32_t node) {
    const float threshold = tables_.thresholds[static_cast<size_t>(node)];
    const bool missing_is_true = word(node, 1) >= TreeEnsemble::kMissingIsTrue;
    const Edge yes = edge(word(node, 2));
    const Edge no = edge(word(node, 3));
    const auto test = [&](uint32_t key, bool missing_is_above, Edge below, Edge above) {
      tests_.push_back({key, slot(node, missing_is_above), below, above});
    };
    if (std::isnan(threshold)) {
      // No number compares with it; none is unequal to it.
      const Edge always = mode(node) == TreeEnsemble::kNotEqual ? yes : no;
      test(kKeyBeyondInfinity, true, always, missing_is_true ? yes : always);
    } else {
      // -0 as 0.
      const uint32_t key = kernels::tree_key(std::bit_cast<uint32_t>(threshold + 0.0F));
      switch (mode(node)) {
        case TreeEnsemble::kLessOrEqual:
          test(key + 1, !missing_is_true, yes, no);
          break;
        case TreeEnsemble::kLess:
          test(key, !missing_is_true, yes, no);
          break;
        case TreeEnsemble::kGreaterOrEqual:
          test(key, missing_is_true, no, yes);
          break;
        case TreeEnsemble::kGreater:
          test(key + 1, missing_is_true, no, yes);
          break;
        default:
          add_equality(node, key, yes, no, missing_is_true);
      }
    }
    if (form_.slots.size() <= static_cast<size_t>(kMostSteps)) return {};
    return error(Error::kUnsupportedShape, "it tests more than {} features", kMostSteps)
        .with_hint("leave out the features that hardly matter");
  }

  // At least t, and not at least the next number above t. What is missing is unequal.
  void add_equality(int32_t node, uint32_t key, Edge yes, Edge no, bool missing_is_true) {
    const bool is_equality = mode(node) == TreeEnsemble::kEqual;
    const Edge equal = is_equality ? yes : no;
    const Edge unequal = is_equality ? no : yes;
    const bool missing_is_equal = is_equality && missing_is_true;
    const auto second = static_cast<int32_t>(tests_.size()) + 1;
    tests_.push_back({key, slot(node, missing_is_equal), unequal, Edge{false, second}});
    tests_.push_back({key + 1, slot(node, !missing_is_equal), equal, unequal});
  }

  void find_depth() {
    std::vector<int32_t> depth(tests_.size(), 1);
    for (size_t i = tests_.size(); i-- > 0;) {
      for (const Edge& next : {tests_[i].below, tests_[i].above}) {
        if (!next.is_leaf) depth[i] = std::max(depth[i], depth[static_cast<size_t>(next.index)] + 1);
      }
      form_.depth = std::max(form_.depth, depth[i]);
    }
  }

  // A pair of nodes for every test, in their order, and before it the root that begins there: steps are short so.
  Status place() {
    std::vector<bool> is_root(tests_.size(), false);
    for (const int32_t root : tables_.roots) {
      if (!is_leaf(root)) is_root[static_cast<size_t>(first_[static_cast<size_t>(root)])] = true;
    }
    int64_t position = 0;
    for (size_t i = 0; i < tests_.size(); ++i) {
      position += is_root[i] ? 1 : 0;
      pairs_.push_back(position);
      position += 2;
    }
    form_.nodes.assign(2 * static_cast<size_t>(position), 0);
    for (size_t i = 0; i < tests_.size(); ++i) {
      if (is_root[i]) TMC_TRY(write(pairs_[i] - 1, {false, static_cast<int32_t>(i)}));
      TMC_TRY(write(pairs_[i], tests_[i].below));
      TMC_TRY(write(pairs_[i] + 1, tests_[i].above));
    }
    return place_roots(position);
  }

  Status place_roots(int64_t position) {
    for (const int32_t root : tables_.roots) {
      if (!is_leaf(root)) {
        const auto test = static_cast<size_t>(first_[static_cast<size_t>(root)]);
        form_.roots.push_back(static_cast<int32_t>(pairs_[test] - 1));
        continue;
      }
      form_.nodes.resize(form_.nodes.size() + 2);
      TMC_TRY(write(position, {true, root}));
      form_.roots.push_back(static_cast<int32_t>(position++));
    }
    if (form_.weights.empty()) form_.weights.push_back(0);
    return {};
  }

  Status write(int64_t position, const Edge& to) {
    uint32_t* node = &form_.nodes[2 * static_cast<size_t>(position)];
    if (to.is_leaf) {
      write_leaf(to.index, node);
      return {};
    }
    const Test& test = tests_[static_cast<size_t>(to.index)];
    const int64_t steps = pairs_[static_cast<size_t>(to.index)] - position;
    if (steps > kMostSteps) {
      return error(Error::kUnsupportedShape, "a tree has more than {} nodes", kMostSteps)
          .with_hint("limit the depth or the leaves of the trees");
    }
    node[0] = test.key;
    node[1] = test.slot | static_cast<uint32_t>(steps) << 16;
    return {};
  }

  void write_leaf(int32_t leaf, uint32_t* node) {
    const auto begin = static_cast<size_t>(word(leaf, 1));
    const std::span<const int32_t> targets = targets_of(leaf);
    if (!form_.dense) {
      node[0] = std::bit_cast<uint32_t>(tables_.weights[begin]);
      node[1] = static_cast<uint32_t>(targets[0]);
      return;
    }
    const auto [found, is_new] = dense_.emplace(leaf, static_cast<uint32_t>(form_.weights.size()));
    node[0] = found->second;
    if (!is_new) return;
    form_.weights.resize(form_.weights.size() + static_cast<size_t>(tables_.outputs), 0);
    for (size_t i = 0; i < targets.size(); ++i) {
      form_.weights[found->second + static_cast<size_t>(targets[i])] = tables_.weights[begin + i];
    }
  }

  const TreeTables& tables_;
  const int32_t count_;
  TreeForm form_;
  std::vector<int32_t> first_;  // test of each node
  std::vector<Test> tests_;
  std::vector<int64_t> pairs_;  // place of each test's
  std::map<int32_t, uint32_t> slots_;
  std::map<int32_t, uint32_t> dense_;  // place of the weights of each leaf
};

}  // namespace

Result<TreeForm> make_tree_form(const TreeTables& tables) {
  return TreeForming(tables).run();
}

}  // namespace tmc::select
