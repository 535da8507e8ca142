// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/post_transform.hpp"
#include "tmc/frontend/onnx/structured.hpp"
#include "tmc/frontend/onnx/trees.hpp"

namespace tmc::frontend::onnx_format {
namespace {

Result<std::string> read_aggregate(ImportContext& context) {
  TMC_ASSIGN(const std::string name, context.attributes().text("aggregate_function", "SUM"));
  if (name == "SUM") return std::string("sum");
  if (name == "AVERAGE") return std::string("average");
  if (name == "MIN") return std::string("min");
  if (name == "MAX") return std::string("max");
  return error(Error::kMalformed, "its aggregate_function is '{}'", name);
}

}  // namespace

// A number for every target of every row.
Status import_ml_tree_ensemble_regressor(ImportContext& context) {
  TMC_ASSIGN(const int64_t targets, context.attributes().integer("n_targets", 1));
  TMC_ASSIGN(const PostTransform transform, read_post_transform(context));
  TMC_ASSIGN(FileTrees trees, read_numbered_trees(context, "target", targets));
  TMC_ASSIGN(trees.aggregate, read_aggregate(context));
  TMC_ASSIGN(const ir::ValueId scores, append_trees(context, trees));
  const auto append = targets == 1 ? &append_transformed_single : &append_transformed;
  TMC_ASSIGN(const ir::ValueId transformed, append(context, scores, transform));
  return finish_copy(context, 0, transformed);
}

}  // namespace tmc::frontend::onnx_format
