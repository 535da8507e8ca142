// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/xgboost/import_xgboost.hpp"

#include <algorithm>

#include "tmc/frontend/common/row_model.hpp"
#include "tmc/frontend/xgboost/booster_trees.hpp"
#include "tmc/frontend/xgboost/fields.hpp"
#include "tmc/frontend/xgboost/objective.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend {
namespace {

using ir::ValueId;
using json::Value;
namespace fields = xgboost;

constexpr int64_t kMostTargets = 65'536;

// Of every target, what its sum begins with.
Result<std::vector<float>> read_base(const Value& parameters, const xgboost::Objective& objective, int64_t targets) {
  TMC_ASSIGN(std::vector<float> base, fields::one_or_more_reals(parameters, "base_score"));
  for (float& score : base) {
    TMC_ASSIGN(score, xgboost::base_sum(objective, score));
  }
  if (base.size() == 1) base.resize(static_cast<size_t>(targets), base.front());
  if (std::ssize(base) == targets) return base;
  return error(Error::kMalformed, "it has {} base scores for {} targets", base.size(), targets);
}

// Weights [features + 1, targets], of which the last are biases. What is missing counts as 0.
Result<ValueId> append_linear(RowModel& model, const Value& booster, int64_t features, const std::vector<float>& base) {
  TMC_ASSIGN(const std::vector<float> weights, fields::reals(booster["model"], "weights"));
  const int64_t targets = std::ssize(base);
  if (std::ssize(weights) != (features + 1) * targets) {
    return error(Error::kMalformed, "it has {} weights for {} features and {} targets", weights.size(), features,
                 targets);
  }
  std::vector<float> rows, bias;
  for (int64_t target = 0; target < targets; ++target) {
    for (int64_t i = 0; i < features; ++i) rows.push_back(weights[static_cast<size_t>(i * targets + target)]);
    bias.push_back(base[static_cast<size_t>(target)] + weights[static_cast<size_t>(features * targets + target)]);
  }
  TMC_ASSIGN(const ValueId matrix, model.append_constant("coefficients", Shape::of(targets, features), rows));
  TMC_ASSIGN(const ValueId offset, model.append_constant("intercepts", Shape::of(targets), bias));
  TMC_ASSIGN(const ValueId zero, model.append_constant("nothing", Shape(), {0}));
  TMC_ASSIGN(const ValueId is_missing, model.append("is_missing", ops::IsNan{}, {model.rows()}));
  TMC_ASSIGN(const ValueId known, model.append("known", ops::Where{}, {is_missing, zero, model.rows()}));
  return model.append("linear", ops::FullyConnected{}, {known, matrix, offset});
}

Result<ValueId> append_trees(RowModel& model, const Value& booster, const std::string& kind,
                             const std::vector<float>& base) {
  const Value& trees_of = kind == "dart" ? booster["gbtree"] : booster;
  TMC_ASSIGN(const std::vector<float> weights, fields::reals(booster, "weight_drop"));
  TMC_ASSIGN(FileTrees trees, xgboost::read_booster_trees(trees_of["model"], std::ssize(base), weights));
  trees.base = base;
  return model.append_trees(trees);
}

// What XGBoost calls features that have no names.
std::vector<std::string> usual_names(int64_t features) {
  std::vector<std::string> names;
  if (features > RowModel::kMostFeatures) return names;
  for (int64_t i = 0; i < features; ++i) names.push_back(fmt::format("f{}", i));
  return names;
}

// The scikit-learn interface stops at the best iteration, Booster.predict and this do not.
void warn_of_best_iteration(const Value& learner, const ImportOptions& options) {
  const auto* best = learner["attributes"]["best_iteration"].as<std::string>();
  if (best == nullptr) return;
  options.warn(
      fmt::format("its best iteration is {}; all trees of the file are used, as Booster.predict does. Save "
                  "booster[:{} + 1] for the trees up to the best",
                  *best, *best));
}

}  // namespace

Result<ir::Graph> import_xgboost(std::string_view file, const ImportOptions& options) {
  TMC_ASSIGN(const Value root, json::parse(file));
  const Value& learner = root["learner"];
  if (learner.is_null()) {
    return error(Error::kMalformed, "it is JSON, but no model of XGBoost: it has no 'learner'")
        .with_hint("save the model with Booster.save_model('model.json')");
  }
  const Value& parameters = learner["learner_model_param"];
  TMC_ASSIGN(const int64_t features, fields::integer(parameters, "num_feature"));
  TMC_ASSIGN(const int64_t classes, fields::integer(parameters, "num_class", 0));
  TMC_ASSIGN(const int64_t outputs, fields::integer(parameters, "num_target", 1));
  const int64_t targets = std::max({classes, outputs, int64_t{1}});
  if (targets > kMostTargets) {
    return error(Error::kUnsupportedShape, "it has {} targets; {} are supported", targets, kMostTargets)
        .at_node(RowModel::kOutput)
        .with_hint("train a model for fewer");
  }
  TMC_ASSIGN(const std::string objective_name, fields::text(learner["objective"], "name"));
  TMC_ASSIGN(const xgboost::Objective objective, xgboost::find_objective(objective_name));
  TMC_ASSIGN(const std::vector<float> base, read_base(parameters, objective, targets));
  TMC_ASSIGN(std::vector<std::string> columns, fields::texts(learner, "feature_names"));
  if (columns.empty()) columns = usual_names(features);
  TMC_ASSIGN(RowModel model, RowModel::make("xgboost", features, std::move(columns), options));
  const Value& booster = learner["gradient_booster"];
  TMC_ASSIGN(const std::string kind, fields::text(booster, "name"));
  warn_of_best_iteration(learner, options);
  if (kind == "gblinear") {
    TMC_ASSIGN(const ValueId sums, append_linear(model, booster, features, base));
    return model.finish(sums, objective.link);
  }
  if (kind == "gbtree" || kind == "dart") {
    TMC_ASSIGN(const ValueId sums, append_trees(model, booster, kind, base));
    return model.finish(sums, objective.link);
  }
  return error(Error::kUnsupportedOp, "its booster is '{}'", kind).with_hint("train a gbtree, dart or gblinear");
}

}  // namespace tmc::frontend
