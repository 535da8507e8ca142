// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Trees of doubles, by the trees of float32 that there are: a feature becomes its rank among the thresholds that it is
// compared with, which float32 holds, and a leaf its number, by which its weights are looked up. Comparisons and sums
// in double are for hosts alone.

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/frontend/onnx/structured.hpp"
#include "tmc/frontend/onnx/trees.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

bool is_float32(double number) {
  return std::isnan(number) || static_cast<double>(static_cast<float>(number)) == number;
}

Result<ValueId> append_doubles(ImportContext& context, const std::string& suffix, const Shape& shape,
                               const std::vector<double>& values) {
  TMC_TRY(context.budget().take_computed({DType::kF64, shape}));
  return context.graph().add_constant(context.first_output_name() + suffix, {DType::kF64, shape},
                                      ir::TensorData::of(std::span(values)));
}

// Of each feature, the thresholds in order.
class Ranks {
 public:
  explicit Ranks(FileTrees& trees) : trees_(trees) {
    for_comparisons([&](int64_t feature, FileTest::Comparison& comparison) {
      if (!std::isnan(comparison.exact)) thresholds_[feature].push_back(comparison.exact);
    });
    for (auto& [feature, list] : thresholds_) {
      std::ranges::sort(list);
      list.erase(std::unique(list.begin(), list.end()), list.end());  // not of ranges, which Clang 14 does not know
      most_ = std::max(most_, std::ssize(list));
    }
  }

  // A feature's rank is twice the number of thresholds below it, and one more where it is one itself.
  void rank_thresholds() {
    for_comparisons([&](int64_t feature, FileTest::Comparison& comparison) {
      if (std::isnan(comparison.exact)) return;
      const std::vector<double>& list = thresholds_[feature];
      const auto place = std::ranges::lower_bound(list, comparison.exact) - list.begin();
      comparison.threshold = static_cast<float>(2 * place + 1);
    });
  }

  // f32 [rows, features]; what is no number stays so.
  Result<ValueId> ranks_of(ImportContext& context, ValueId rows) const {
    const Shape shape = context.type(rows).shape;
    std::vector<double> table(static_cast<size_t>(std::max<int64_t>(shape[1] * most_, 0)),
                              std::numeric_limits<double>::quiet_NaN());
    for (const auto& [feature, list] : thresholds_) {
      if (feature < shape[1]) std::ranges::copy(list, table.begin() + feature * most_);
    }
    TMC_ASSIGN(const ValueId all, append_doubles(context, "_thresholds", Shape::of(1, shape[1], most_), table));
    TMC_ASSIGN(const ValueId each, reshaped(context, "_each", rows, Shape::of(shape[0], shape[1], 1)));
    TMC_ASSIGN(const ValueId reached, context.append("_reached", ops::GreaterOrEqual{}, {each, all}));
    TMC_ASSIGN(const ValueId passed, context.append("_passed", ops::Greater{}, {each, all}));
    TMC_ASSIGN(const ValueId first, as_dtype(context, "_reached_f32", reached, DType::kF32));
    TMC_ASSIGN(const ValueId second, as_dtype(context, "_passed_f32", passed, DType::kF32));
    TMC_ASSIGN(const ValueId both, context.append("_steps", ops::Add{}, {first, second}));
    TMC_ASSIGN(const ValueId ranks, context.append("_ranks", ops::ReduceSum{{2}, false}, {both}));
    TMC_ASSIGN(const ValueId is_missing, context.append("_is_missing", ops::IsNan{}, {rows}));
    const ValueId missing = context.append_scalar("_missing", std::numeric_limits<float>::quiet_NaN());
    return context.append("_ranks_or_missing", ops::Where{}, {is_missing, missing, ranks});
  }

 private:
  template <typename Use>
  void for_comparisons(const Use& use) {
    for (FileTest& test : trees_.tests) {
      for (FileTest::Comparison& comparison : test.comparisons) use(test.feature, comparison);
    }
  }

  FileTrees& trees_;
  std::map<int64_t, std::vector<double>> thresholds_;
  int64_t most_ = 1;
};

// The same trees, each with a target of its own and leaves that say their numbers: those of the file may be shared.
class NumberedLeaves {
 public:
  explicit NumberedLeaves(const FileTrees& trees) : trees_(trees), numbered_(trees) {
    numbered_.aggregate = "sum";
    numbered_.base.clear();
    numbered_.leaves.clear();
    numbered_.targets = std::ssize(trees.roots);
  }

  // kMalformed for what are no trees.
  Status run() {
    for (size_t tree = 0; tree < trees_.roots.size(); ++tree) {
      FileTrees::Root& root = numbered_.roots[tree];
      if (root.is_leaf) {
        root.index = add_leaf(tree, root.index);
      } else {
        TMC_TRY(add_below(tree, root.index));
      }
    }
    return {};
  }

  const FileTrees& trees() const { return numbered_; }
  // The file's leaf of each number.
  const std::vector<int64_t>& leaves() const { return leaves_; }

 private:
  int64_t add_leaf(size_t tree, int64_t leaf) {
    const int64_t number = std::ssize(leaves_);
    numbered_.leaves.push_back({{static_cast<int64_t>(tree), static_cast<float>(number)}});
    leaves_.push_back(leaf);
    return number;
  }

  Status add_below(size_t tree, int64_t root) {
    std::vector<int64_t> open = {root};
    while (!open.empty()) {
      const auto at = static_cast<size_t>(open.back());
      open.pop_back();
      if (++visits_ > trees_.tests.size())
        return error(Error::kMalformed, "a node is reached twice: these are no trees");
      for (const size_t side : {0U, 1U}) {
        const int64_t next = trees_.tests[at].next[side];
        if (trees_.tests[at].is_leaf[side]) {
          numbered_.tests[at].next[side] = add_leaf(tree, next);
        } else {
          open.push_back(next);
        }
      }
    }
    return {};
  }

  const FileTrees& trees_;
  FileTrees numbered_;
  std::vector<int64_t> leaves_;
  size_t visits_ = 0;
};

// f64 [rows, targets]: the weights of the leaves that the trees lead to, which are looked up by their numbers.
Result<ValueId> summed_weights(ImportContext& context, const FileTrees& trees, ValueId ranks) {
  NumberedLeaves numbered(trees);
  TMC_TRY(numbered.run());
  const std::vector<int64_t>& numbers = numbered.leaves();
  TMC_ASSIGN(ValueId leaves, frontend::append_trees(context.graph(), context.budget(),
                                                    context.first_output_name() + "_leaves", ranks, numbered.trees()));
  TMC_ASSIGN(leaves, as_dtype(context, "_leaf_numbers", leaves, DType::kI32));
  const Shape shape = Shape::of(std::ssize(numbers), trees.targets);
  TMC_TRY(context.budget().take_computed({DType::kF64, shape}));
  std::vector<double> weights(static_cast<size_t>(shape.elements()), 0);
  for (size_t number = 0; number < numbers.size(); ++number) {
    for (const LeafWeight& weight : trees.leaves[static_cast<size_t>(numbers[number])]) {
      weights[number * static_cast<size_t>(trees.targets) + static_cast<size_t>(weight.target)] += weight.exact;
    }
  }
  TMC_ASSIGN(const ValueId table, append_doubles(context, "_weights", shape, weights));
  TMC_ASSIGN(const ValueId found, context.append("_of_leaves", ops::Lookup{0}, {table, leaves}));
  TMC_ASSIGN(ValueId sums, context.append("_sums", ops::ReduceSum{{1}, false}, {found}));
  if (trees.aggregate == "average") {
    TMC_ASSIGN(const ValueId count,
               append_doubles(context, "_trees", Shape(), {static_cast<double>(trees.roots.size())}));
    TMC_ASSIGN(sums, context.append("_average", ops::Div{}, {sums, count}));
  }
  if (trees.base.empty()) return sums;
  const std::vector<double> base(trees.base.begin(), trees.base.end());
  TMC_ASSIGN(const ValueId added, append_doubles(context, "_base", Shape::of(trees.targets), base));
  return context.append("_with_base", ops::Add{}, {sums, added});
}

}  // namespace

bool compares_doubles(ImportContext& context, const FileTrees& trees) {
  const auto input = context.input(0);
  if (!input.ok() || context.type(*input).dtype != DType::kF64 || comes_from_f32(context, *input)) return false;
  return !std::ranges::all_of(trees.tests, [](const FileTest& test) {
    return std::ranges::all_of(test.comparisons, [](const auto& comparison) { return is_float32(comparison.exact); });
  });
}

Result<ValueId> append_trees_in_double(ImportContext& context, FileTrees trees) {
  TMC_ASSIGN(ValueId rows, context.input(0));
  const Shape shape = context.type(rows).shape;
  if (shape.rank() != 1 && shape.rank() != 2) {
    return error(Error::kUnsupportedShape, "its input has rank {}, not rows of features", shape.rank())
        .with_hint("reshape it to [rows, features]");
  }
  context.warn("its features and thresholds are doubles, which hosts alone compute with");
  TMC_ASSIGN(rows, reshaped(context, "_rows", rows, Shape::of(shape.rank() == 1 ? 1 : shape[0], shape.back())));
  Ranks ranks(trees);
  ranks.rank_thresholds();
  TMC_ASSIGN(const ValueId ranked, ranks.ranks_of(context, rows));
  constexpr size_t kMostNumbers = size_t{1} << 24;  // that float32 tells apart
  const bool adds = trees.aggregate == "sum" || trees.aggregate == "average";
  const bool is_scored = trees.base.empty() ||
                         std::ranges::all_of(scored_targets(trees), [](Scored one) { return one == Scored::kAlways; });
  if (adds && is_scored && 2 * trees.tests.size() < kMostNumbers) return summed_weights(context, trees, ranked);
  TMC_ASSIGN(const ValueId sums, frontend::append_trees(context.graph(), context.budget(),
                                                        context.first_output_name() + "_trees", ranked, trees));
  return as_dtype(context, "_sums_f64", sums, DType::kF64);
}

}  // namespace tmc::frontend::onnx_format
