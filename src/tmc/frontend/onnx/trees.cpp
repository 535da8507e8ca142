// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/trees.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tmc/frontend/onnx/structured.hpp"
#include "tmc/ops/op/tree_ensemble.hpp"

namespace tmc::frontend::onnx_format {
namespace {

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

Result<std::vector<double>> read_real_tensor(ImportContext& context, const std::string& name) {
  const auto* attribute = context.attributes().find(name);
  if (attribute == nullptr) return std::vector<double>();
  TMC_ASSIGN(const Constant constant, read_constant(attribute->t(), context.folder(), context.budget()));
  if (constant.type.dtype == DType::kF64) return constant.data.to_vector<double>();
  if (constant.type.dtype == DType::kF32) {
    const std::vector<float> values = constant.data.to_vector<float>();
    return std::vector<double>(values.begin(), values.end());
  }
  return error(Error::kUnsupportedType, "its {} are {}", name, dtype_name(constant.type.dtype))
      .with_hint("train or export the model in float32");
}

Result<std::vector<double>> read_listed_reals(ImportContext& context, const std::string& name) {
  if (context.attributes().find(name + "_as_tensor") != nullptr) return read_real_tensor(context, name + "_as_tensor");
  TMC_ASSIGN(const std::vector<float> values, context.attributes().reals(name));
  return std::vector<double>(values.begin(), values.end());
}

std::vector<float> rounded(const std::vector<double>& values) {
  return {values.begin(), values.end()};
}

FileTest::Comparison compared(int32_t mode, double threshold, bool missing_is_true) {
  using ops::TreeEnsemble;
  const bool at_or_above = mode == TreeEnsemble::kLess || mode == TreeEnsemble::kGreaterOrEqual;
  float nearest = at_or_above ? float_above(threshold) : float_below(threshold);
  const bool is_equality = mode == TreeEnsemble::kEqual || mode == TreeEnsemble::kNotEqual;
  // No feature is equal to what is no float.
  if (is_equality && static_cast<double>(nearest) != threshold) nearest = std::numeric_limits<float>::quiet_NaN();
  return {mode + (missing_is_true ? TreeEnsemble::kMissingIsTrue : 0), nearest, 0, threshold};
}

Result<ir::ValueId> append_trees(ImportContext& context, const FileTrees& trees) {
  if (compares_doubles(context, trees)) {
    TMC_ASSIGN(const ir::ValueId sums, append_trees_in_double(context, trees));
    return as_dtype(context, "_rounded", sums, DType::kF32);
  }
  TMC_ASSIGN(const ir::ValueId rows, input_rows(context));
  return frontend::append_trees(context.graph(), context.budget(), context.first_output_name(), rows, trees);
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
