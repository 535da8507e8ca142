// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/tree_ensemble.hpp"

#include "tmc/kernels/contract/tree_ensemble_f32.hpp"
#include "tmc/select/lowering.hpp"
#include "tmc/select/numerics/trees.hpp"

namespace tmc::select {
namespace {

using ops::TreeEnsemble;

int32_t aggregate_of(const std::string& name) {
  using kernels::TreeEnsembleF32;
  if (name == "average") return TreeEnsembleF32::kAverage;
  if (name == "min") return TreeEnsembleF32::kMin;
  return name == "max" ? TreeEnsembleF32::kMax : TreeEnsembleF32::kSum;
}

template <typename T>
std::vector<T> table(Lowering& lowering, size_t input) {
  return lowering.input(input).data->to_vector<T>();
}

}  // namespace

Status lower_tree_ensemble(Lowering& lowering) {
  for (size_t input = TreeEnsemble::kNodes; input < TreeEnsemble::kInputs; ++input) {
    if (lowering.input(input).is_constant()) continue;
    return error(Error::kUnsupportedOp, "its table '{}' is computed at run time", lowering.input(input).name)
        .with_hint("make a constant of it");
  }
  const auto nodes = table<int32_t>(lowering, TreeEnsemble::kNodes);
  const auto thresholds = table<float>(lowering, TreeEnsemble::kThresholds);
  const auto roots = table<int32_t>(lowering, TreeEnsemble::kRoots);
  const auto weights = table<float>(lowering, TreeEnsemble::kWeights);
  const auto targets = table<int32_t>(lowering, TreeEnsemble::kTargets);
  auto base = table<float>(lowering, TreeEnsemble::kBase);
  for (float& value : base) value += 0.0F;  // -0 as 0, so that implementations need not tell sums of -0 from 0
  const Shape& shape = lowering.input(0).type.shape;
  const int32_t aggregate = aggregate_of(lowering.node().op.get<TreeEnsemble>().aggregate);
  const bool adds = aggregate <= kernels::TreeEnsembleF32::kAverage;
  TMC_ASSIGN(const TreeForm form,
             make_tree_form({nodes, thresholds, roots, weights, targets, shape[1], std::ssize(base), adds}));
  if (form.roots.empty()) return error(Error::kMalformed, "it has no trees").with_hint("export the model again");
  const kernels::TreeEnsembleF32::Params params{
      .batch = static_cast<int32_t>(shape[0]),
      .features = static_cast<int32_t>(shape[1]),
      .targets = static_cast<int32_t>(base.size()),
      .trees = static_cast<int32_t>(form.roots.size()),
      .slots = static_cast<int32_t>(form.slots.size()),
      .depth = form.depth,
      .dense = form.dense ? 1 : 0,
      .aggregate = aggregate,
  };
  return lowering.emit<kernels::TreeEnsembleF32>(
      params,
      {kernels::make_blob(DType::kI32, form.slots), kernels::make_blob(DType::kI32, form.roots),
       kernels::make_blob(DType::kU32, form.nodes), kernels::make_blob(DType::kF32, form.weights),
       kernels::make_blob(DType::kF32, base)},
      {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace tmc::select
