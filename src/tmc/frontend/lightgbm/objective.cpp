// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/lightgbm/objective.hpp"

#include <algorithm>

#include "tmc/frontend/lightgbm/sections.hpp"

namespace tmc::frontend::lightgbm {
namespace {

struct Named {
  std::string_view name;
  Link link;
};

constexpr Named kLightgbmObjectives[] = {
    {"regression", Link::kIdentity},    {"regression_l1", Link::kIdentity},
    {"huber", Link::kIdentity},         {"fair", Link::kIdentity},
    {"quantile", Link::kIdentity},      {"mape", Link::kIdentity},
    {"poisson", Link::kExponential},    {"gamma", Link::kExponential},
    {"tweedie", Link::kExponential},    {"binary", Link::kLogistic},
    {"multiclass", Link::kSoftmax},     {"multiclassova", Link::kLogistic},
    {"cross_entropy", Link::kLogistic}, {"lambdarank", Link::kIdentity},
    {"rank_xendcg", Link::kIdentity},   {"cross_entropy_lambda", Link::kSoftplus},
    {"none", Link::kIdentity},
};

}  // namespace

Result<Objective> read_objective(const std::vector<std::string_view>& words) {
  Objective objective;
  if (words.empty()) return objective;
  const auto* found = std::ranges::find(kLightgbmObjectives, words[0], &Named::name);
  if (found == std::end(kLightgbmObjectives)) {
    return error(Error::kUnsupportedOp, "its objective is '{}'", words[0].substr(0, 40))
        .with_hint("train it with another objective, or set 'none' for the bare sums");
  }
  objective.link = found->link;
  for (const std::string_view word : words) {
    constexpr std::string_view kFactor = "sigmoid:";
    if (word == "sqrt" && objective.link == Link::kIdentity) objective.link = Link::kSignedSquare;
    if (!word.starts_with(kFactor) || objective.link != Link::kLogistic) continue;
    TMC_ASSIGN(const double factor, number_of(word.substr(kFactor.size())));
    objective.factor = static_cast<float>(factor);
  }
  return objective;
}

}  // namespace tmc::frontend::lightgbm
