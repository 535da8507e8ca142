// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/time_steps.hpp"

#include "tmc/ir/verifier.hpp"
#include "tmc/opt/time/step.hpp"
#include "tmc/pipeline/compile.hpp"
#include "tmc/preprocess/spec.hpp"

namespace tmc::pipeline {
namespace {

// The frames of a run: what is asked for, else what the microphone's stream gives, else one.
Result<int64_t> hop_of(const CompileOptions& options) {
  if (options.stream.hop) return *options.stream.hop;
  if (options.border.streams.empty() || options.border.preprocess.empty()) return 1;
  TMC_ASSIGN(const preprocess::Spec spec, preprocess::load_spec(options.border.preprocess));
  return spec.sound ? spec.sound->stream_hops : 1;
}

}  // namespace

Status step_over_time(Compilation& compilation) {
  const StreamOptions& options = compilation.options.stream;
  if (options.axes.empty()) {
    if (!options.hop) return {};
    return error(Error::kBadUsage, "--stream-hop is of the axis that --stream-axis names, and there is none")
        .with_hint("give --stream-axis too");
  }
  TMC_ASSIGN(const int64_t hop, hop_of(compilation.options));
  TMC_ASSIGN(const auto notes, opt::step_over_time(compilation.graph, {.axes = options.axes, .frames = hop}));
  for (const std::string& note : notes) compilation.options.import.warn(note);
  compilation.graph.compact();
  return ir::verify(compilation.graph);
}

}  // namespace tmc::pipeline
