// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/report/portable_layers.hpp"

#include <algorithm>
#include <functional>

#include "tmc/program/layers.hpp"

namespace tmc::report {
namespace {

constexpr double kLeastShare = 0.02;
constexpr size_t kMostNames = 3;

struct Slow {
  std::string text;
  double share;  // of the predicted instructions
};

}  // namespace

std::string portable_layers_text(const Subject& subject, const cost::Cost& cost) {
  if (subject.target.isa.size() < 2) return {};
  std::vector<Slow> slow;
  for (const program::Layer& layer : program::find_layers(subject.program)) {
    const program::Step& step = subject.program.steps[static_cast<size_t>(layer.steps.front())];
    const double share = cost::sum_of(cost, layer).instructions / cost.instructions;
    if (std::string_view(step.implementation->isa) != "portable" || !(share > kLeastShare)) continue;
    slow.push_back({fmt::format("{} ({}, {:.0f} %)", step.name, step.implementation->label(), 100 * share), share});
  }
  if (slow.empty()) return {};
  std::ranges::stable_sort(slow, std::greater{}, &Slow::share);
  double together = 0;
  std::string names;
  for (size_t i = 0; i < slow.size(); ++i) {
    together += slow[i].share;
    if (i < kMostNames) names += (i == 0 ? "" : ", ") + slow[i].text;
  }
  if (slow.size() > kMostNames) names += fmt::format(", and {} more", slow.size() - kMostNames);
  return fmt::format(
      "{:.0f} % of the predicted time is portable code, in place of which {} has nothing faster "
      "(docs/kernels.md): {}",
      100 * together, subject.target.name, names);
}

}  // namespace tmc::report
