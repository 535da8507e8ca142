// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/quantize.hpp"

#include <utility>

#include "tmc/base/host/element.hpp"
#include "tmc/base/host/npy.hpp"
#include "tmc/data/calibration_data.hpp"
#include "tmc/ir/verifier.hpp"
#include "tmc/pipeline/graph_session.hpp"
#include "tmc/pipeline/passes.hpp"
#include "tmc/pipeline/predict.hpp"
#include "tmc/pipeline/select_kernels.hpp"
#include "tmc/quant/decoder.hpp"
#include "tmc/storage/storage.hpp"

namespace tmc::pipeline {
namespace {

Result<std::vector<int64_t>> load_labels(const std::filesystem::path& path) {
  TMC_ASSIGN(const NpyArray array, load_npy(path));
  if (dtype_is_float(array.dtype)) {
    return error(Error::kBadInput, "labels are {}, not integers", dtype_name(array.dtype))
        .in_file(path.string())
        .with_hint("save the index of the right output of each row");
  }
  std::vector<int64_t> labels;
  const size_t element_bytes = dtype_bytes(array.dtype);
  for (size_t at = 0; at < array.bytes.size(); at += element_bytes) {
    labels.push_back(static_cast<int64_t>(load_element(array.dtype, array.bytes.data() + at)));
  }
  return labels;
}

// What a graph of pairs would cost on the target.
Result<quant::GraphCost> cost_of(const Compilation& compilation, const ir::Graph& graph) {
  Compilation candidate = compilation;
  candidate.graph = graph;
  TMC_TRY(lower_pairs(candidate.graph));
  TMC_ASSIGN(program::Program open, select_kernels(candidate.graph, candidate));
  TMC_ASSIGN(candidate.program, storage::place(std::move(open)));
  TMC_ASSIGN(const cost::Cost cost, predict_cost(candidate));
  const storage::MemoryUse memory = storage::memory_of(candidate.program);
  const int64_t flash_bytes = cost.flash ? cost.flash->total() : memory.flash_bytes;
  const storage::Budget& budget = compilation.options.quantize->budget;
  const bool fits = flash_bytes <= budget.flash_bytes.value_or(flash_bytes) &&
                    memory.ram_bytes <= budget.ram_bytes.value_or(memory.ram_bytes);
  return quant::GraphCost{.flash_bytes = flash_bytes, .instructions = cost.instructions, .fits = fits};
}

// The float graph of a decoder, as it takes one token after the other.
Result<ir::Graph> step_of_one_token(const Compilation& compilation) {
  CompileOptions options = compilation.options;
  if (options.import.bounds.erase("block") == 0) return compilation.graph;
  options.quantize.reset();
  TMC_ASSIGN(Compilation single, compile(compilation.model, compilation.target, options, "quant/quantize"));
  return std::move(single.graph);
}

// A decoder has its own texts to calibrate with.
Status quantize_step(Compilation& compilation) {
  const QuantizeRequest& request = *compilation.options.quantize;
  const quant::Numbers& numbers = request.options.scheme.numbers;
  if (numbers.activations != DType::kI8) {
    return error(Error::kUnsupportedType, "decoders are quantised to int8, not to {}", quant::to_string(numbers))
        .at_node(compilation.graph.name)
        .with_hint("use --quantize int8, or int4:32 for weights of four bits");
  }
  if (!request.calibration.empty()) {
    return error(Error::kBadUsage, "a decoder is calibrated on texts of its own").with_hint("leave --calibrate out");
  }
  GraphRunner runner;
  TMC_ASSIGN(const ir::Graph step, step_of_one_token(compilation));
  TMC_ASSIGN(const quant::DecoderSeen seen, quant::listen(step, runner, {}, request.progress));
  TMC_TRY(
      quant::quantize_decoder(compilation.graph, numbers.weights, request.cache.value_or(quant::CacheForm{}), seen));
  compilation.graph.compact();
  return ir::verify(compilation.graph);
}

}  // namespace

Status quantize(Compilation& compilation) {
  const auto& request = compilation.options.quantize;
  if (!request) return {};
  if (quant::is_decoder(compilation.graph)) return quantize_step(compilation);
  if (request->cache) {
    return error(Error::kBadUsage, "the model is no decoder, and has no caches").with_hint("leave --cache out");
  }
  if (request->calibration.empty()) {
    return error(Error::kBadUsage, "quantising needs data to calibrate with")
        .with_hint("add --calibrate FILE.npz, some hundred rows as the model will see them");
  }
  GraphRunner runner;
  std::optional<preprocess::Spec> spec;
  if (!request->preprocess.empty()) {
    TMC_ASSIGN(spec, preprocess::load_spec(request->preprocess));
  }
  TMC_ASSIGN(const auto rows, data::open_rows(request->calibration, compilation.graph, spec));
  quant::QuantizeInputs inputs{.runner = &runner,
                               .rows = rows.get(),
                               .labels = {},
                               .progress = request->progress,
                               .cost = [&](const ir::Graph& graph) { return cost_of(compilation, graph); }};
  std::unique_ptr<quant::RowSource> score_rows;
  if (!request->score.empty()) {
    TMC_ASSIGN(score_rows, data::open_rows(request->score, compilation.graph, spec));
    inputs.score_rows = score_rows.get();
  }
  if (!request->labels.empty()) {
    TMC_ASSIGN(inputs.labels, load_labels(request->labels));
  }
  ir::Graph graph = compilation.graph;
  // A row has what a state holds before it: to calibration they are inputs and outputs as others.
  std::vector<ir::State> states = std::exchange(graph.states, {});
  TMC_ASSIGN(compilation.quantization, quant::quantize(graph, inputs, request->options));
  graph.states = std::move(states);
  compilation.graph = std::move(graph);
  compilation.graph.compact();
  return ir::verify(compilation.graph);
}

}  // namespace tmc::pipeline
