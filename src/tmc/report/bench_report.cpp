// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/report/bench_report.hpp"

#include "tmc/program/layers.hpp"

namespace tmc::report {
namespace {

int64_t scratch_bytes(const program::Program& program, const program::Step& step) {
  int64_t bytes = 0;
  for (size_t i = 0; i < step.operands.size(); ++i) {
    const program::Operand& operand = step.operands[i];
    if (step.implementation->kernel->buffers[i].role != kernels::Role::kScratch) continue;
    if (operand.kind == program::Operand::Kind::kBuffer) {
      bytes += program.buffers[static_cast<size_t>(operand.index)].bytes;
    }
  }
  return bytes;
}

}  // namespace

std::vector<LayerBench> static_layers(const program::Program& program) {
  std::vector<LayerBench> layers;
  for (const program::Layer& layer : program::find_layers(program)) {
    const program::Step& first = program.steps[static_cast<size_t>(layer.steps.front())];
    LayerBench& bench = layers.emplace_back();
    bench.name = first.name;
    bench.op = first.op;
    bench.kernel = first.implementation->label();
    bench.stripes = layer.stripes;
    for (const int32_t index : layer.steps) {
      const program::Step& step = program.steps[static_cast<size_t>(index)];
      bench.macs += step.macs;
      bench.scratch_bytes = std::max(bench.scratch_bytes, scratch_bytes(program, step));
    }
  }
  return layers;
}

}  // namespace tmc::report
