// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/lightgbm/import_lightgbm.hpp"

#include "tmc/frontend/common/row_model.hpp"
#include "tmc/frontend/lightgbm/objective.hpp"
#include "tmc/frontend/lightgbm/section_trees.hpp"

namespace tmc::frontend {

bool is_lightgbm(std::string_view file) {
  return file.starts_with("tree\n") || file.starts_with("tree\r\n");
}

Result<ir::Graph> import_lightgbm(std::string_view file, const ImportOptions& options) {
  TMC_ASSIGN(const lightgbm::Sections sections, lightgbm::split_sections(file));
  const lightgbm::Section& header = sections.model;
  TMC_ASSIGN(const int64_t last_feature, header.integer("max_feature_idx", -1));
  TMC_ASSIGN(const int64_t targets, header.integer("num_tree_per_iteration", 1));
  if (last_feature < 0 || last_feature >= RowModel::kMostFeatures) {
    return error(Error::kUnsupportedShape, "its last feature has the number {}; up to {} are supported", last_feature,
                 RowModel::kMostFeatures)
        .at_node(RowModel::kInput)
        .with_hint("train it on the features that it needs");
  }
  if (targets < 1 || targets > std::ssize(sections.trees)) {
    return error(Error::kMalformed, "it has {} trees for {} targets", sections.trees.size(), targets);
  }
  TMC_ASSIGN(const lightgbm::Objective objective, lightgbm::read_objective(header.words("objective")));
  const std::vector<std::string_view> names = header.words("feature_names");
  TMC_ASSIGN(RowModel model, RowModel::make("lightgbm", last_feature + 1, {names.begin(), names.end()}, options));
  const bool is_average = header.has("average_output");
  TMC_ASSIGN(const FileTrees trees, lightgbm::read_section_trees(sections.trees, targets, is_average));
  TMC_ASSIGN(const ir::ValueId sums, model.append_trees(trees));
  return model.finish(sums, objective.link, objective.factor);
}

}  // namespace tmc::frontend
