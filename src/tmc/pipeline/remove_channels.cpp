// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/remove_channels.hpp"

#include <iterator>

#include "tmc/pipeline/passes.hpp"
#include "tmc/pipeline/predict.hpp"
#include "tmc/pipeline/select_kernels.hpp"
#include "tmc/pipeline/stripe_price.hpp"

namespace tmc::pipeline {
namespace {

Result<Amounts> amounts_of(const Compilation& compilation, const ir::Graph& graph) {
  TMC_ASSIGN(const program::Program program, select_kernels(graph, compilation));
  return predict_amounts(program, compilation);
}

// By the rates at which stripes are traded; lower is better.
double price_of(const Amounts& amounts, const Amounts& before) {
  const auto share = [](double now, double then) { return then > 0 ? now / then : 0; };
  return kInstructionRate * share(amounts.instructions, before.instructions) +
         kFlashRate * share(amounts.flash_bytes, before.flash_bytes);
}

constexpr int32_t kMultiples[] = {1, 2, 4};

struct Removal {
  ir::Graph graph;
  ir::RemovedWork removed;
};

Result<Removal> removal_by(const Compilation& compilation, int32_t multiple) {
  Removal removal{.graph = compilation.graph, .removed = compilation.removed};
  TMC_TRY(run_pass(removal.graph, "remove_channels", {.channel_multiple = multiple, .removed = &removal.removed}));
  return removal;
}

void take(Removal removal, Compilation& compilation) {
  compilation.graph = std::move(removal.graph);
  compilation.removed = std::move(removal.removed);
}

}  // namespace

Status remove_float_channels(Compilation& compilation) {
  if (!compilation.options.quantize) return remove_channels(compilation);
  TMC_ASSIGN(Removal removal, removal_by(compilation, *std::rbegin(kMultiples)));
  take(std::move(removal), compilation);
  return {};
}

Status remove_channels(Compilation& compilation) {
  TMC_ASSIGN(Removal best, removal_by(compilation, 1));
  if (best.removed.channels == compilation.removed.channels) return {};
  const Result<Amounts> before = amounts_of(compilation, compilation.graph);
  double best_price = before.ok() ? price_of(*before, *before) : 0;
  bool pays = !before.ok();
  for (const int32_t multiple : kMultiples) {
    if (!before.ok()) break;
    TMC_ASSIGN(Removal candidate, removal_by(compilation, multiple));
    const Result<Amounts> amounts = amounts_of(compilation, candidate.graph);
    if (!amounts.ok() || price_of(*amounts, *before) >= best_price) continue;
    best_price = price_of(*amounts, *before);
    best = std::move(candidate);
    pays = true;
  }
  if (pays) take(std::move(best), compilation);
  return {};
}

}  // namespace tmc::pipeline
