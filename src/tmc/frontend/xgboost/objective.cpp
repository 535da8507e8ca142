// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/xgboost/objective.hpp"

#include <algorithm>
#include <cmath>

namespace tmc::frontend::xgboost {
namespace {

using Base = Objective::Base;

constexpr Objective kObjectives[] = {
    {"reg:squarederror", Link::kIdentity, Base::kIdentity},
    {"reg:linear", Link::kIdentity, Base::kIdentity},
    {"reg:squaredlogerror", Link::kIdentity, Base::kIdentity},
    {"reg:pseudohubererror", Link::kIdentity, Base::kIdentity},
    {"reg:absoluteerror", Link::kIdentity, Base::kIdentity},
    {"reg:quantileerror", Link::kIdentity, Base::kIdentity},
    {"reg:logistic", Link::kLogistic, Base::kLogit},
    {"reg:gamma", Link::kExponential, Base::kLog},
    {"reg:tweedie", Link::kExponential, Base::kLog},
    {"binary:logistic", Link::kLogistic, Base::kLogit},
    {"binary:logitraw", Link::kIdentity, Base::kIdentity},
    {"binary:hinge", Link::kAboveZero, Base::kIdentity},
    {"count:poisson", Link::kExponential, Base::kLog},
    {"survival:cox", Link::kExponential, Base::kLog},
    {"survival:aft", Link::kExponential, Base::kLog},
    {"multi:softmax", Link::kGreatest, Base::kIdentity},
    {"multi:softprob", Link::kSoftmax, Base::kIdentity},
    {"rank:pairwise", Link::kIdentity, Base::kIdentity},
    {"rank:ndcg", Link::kIdentity, Base::kIdentity},
    {"rank:map", Link::kIdentity, Base::kIdentity},
};

}  // namespace

Result<Objective> find_objective(const std::string& name) {
  const auto* found = std::ranges::find_if(kObjectives, [&](const Objective& one) { return name == one.name; });
  if (found != std::end(kObjectives)) return *found;
  return error(Error::kUnsupportedOp, "its objective is '{}'", name)
      .with_hint("train it with one of XGBoost's own objectives, or set 'reg:squarederror' for the bare sums");
}

// In float32, as XGBoost computes them.
Result<float> base_sum(const Objective& objective, float base_score) {
  float sum = base_score;
  if (objective.base == Base::kLogit) sum = -std::log(1 / base_score - 1);
  if (objective.base == Base::kLog) sum = std::log(base_score);
  if (std::isfinite(sum)) return sum;
  return error(Error::kMalformed, "its base_score is {}, which is no prediction of {}", base_score, objective.name)
      .with_hint("save the model again with XGBoost");
}

}  // namespace tmc::frontend::xgboost
