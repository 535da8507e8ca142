// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/sensor.hpp"

#include <algorithm>
#include <memory>
#include <span>

#include "tmc/exec/executor.hpp"
#include "tmc/opt/inline_graph.hpp"
#include "tmc/pipeline/compile.hpp"
#include "tmc/select/select.hpp"
#include "tmc/sensor/sensor_graph.hpp"
#include "tmc/storage/storage.hpp"

namespace tmc::pipeline {
namespace {

using ir::Graph;
using ir::ValueId;

// As the passes leave a float model.
Result<Graph> lowered(Graph graph) {
  Compilation part{.model = {},
                   .options = {},
                   .target = {},
                   .graph = std::move(graph),
                   .program = {},
                   .quantized_here = {},
                   .quantization = {}};
  for (const Phase& phase : phases()) {
    if (phase.name == "remove_channels") break;
    if (phase.module != "frontend") TMC_TRY(phase.run(part));
  }
  return std::move(part.graph);
}

// Runs the features in this process: samples of readings to samples of features, f32. States begin anew with each.
class Features {
 public:
  static Result<std::shared_ptr<Features>> make(const Graph& graph) {
    TMC_ASSIGN(const Target host, load_target("host"));
    TMC_ASSIGN(program::Program open, select::select(graph, in_process(host), {}));
    auto features = std::make_shared<Features>();
    TMC_ASSIGN(features->program_, storage::place(std::move(open), {}));
    return features;
  }

  // `readings` holds whole windows.
  Result<std::vector<float>> of(const std::vector<std::byte>& readings) const {
    TMC_ASSIGN(exec::Executor executor, exec::Executor::create(program_));
    const auto window = static_cast<size_t>(program_.tensors[static_cast<size_t>(program_.inputs[0])].bytes());
    std::vector<float> features;
    for (size_t at = 0; at + window <= readings.size(); at += window) {
      executor.reset();
      const auto first = readings.begin() + static_cast<ptrdiff_t>(at);
      const std::vector<std::byte> input(first, first + static_cast<ptrdiff_t>(window));
      TMC_ASSIGN(const auto outputs, executor.run(std::span(&input, 1)));
      const std::vector<float> one = ir::TensorData(outputs.front()).to_vector<float>();
      features.insert(features.end(), one.begin(), one.end());
    }
    return features;
  }

 private:
  program::Program program_;
};

// Notes how the file's features come of what the graph reads.
Status note_features(const Graph& features, data::FilePort& port) {
  TMC_ASSIGN(const std::shared_ptr<Features> runner, Features::make(features));
  port.features = [runner](const std::vector<std::byte>& readings) { return runner->of(readings); };
  return {};
}

Status add_score(Compilation& compilation, ValueId score) {
  Graph& graph = compilation.graph;
  for (const ValueId output : graph.outputs()) {
    if (graph.value(output).name != sensor::kAnomaly) continue;
    return error(Error::kBadUsage, "the model has an output '{}' already", sensor::kAnomaly)
        .with_hint("leave the part 'anomaly' out, or rename the model's output");
  }
  graph.rename(score, sensor::kAnomaly);
  graph.add_output(score);
  compilation.added_outputs.insert(graph.value(score).name);
  return {};
}

}  // namespace

bool is_preprocessing(const std::filesystem::path& model) {
  return model.extension() == ".yaml" || model.extension() == ".yml";
}

Status import_preprocessing(Compilation& compilation) {
  TMC_ASSIGN(const preprocess::Spec spec, preprocess::load_spec(compilation.model));
  if (spec.sensor) {
    TMC_ASSIGN(compilation.graph, sensor::feature_graph(*spec.sensor, spec.anomaly));
    compilation.input_is_window = true;
    return {};
  }
  if (!spec.sound || spec.sound->as_samples) {
    return error(Error::kBadUsage,
                 "it has no part 'sensor', nor 'sound' with mel bands, which alone are models without a model file")
        .with_hint("give the model file, and this one with --preprocess; see docs/preprocessing.md");
  }
  const bool is_stream = !compilation.options.border.streams.empty();
  TMC_ASSIGN(compilation.graph,
             sensor::sound_graph(*spec.sound, is_stream ? sensor::SoundInput::kStream : sensor::SoundInput::kClip));
  compilation.input_is_sound = true;
  return {};
}

Status read_readings(Compilation& compilation, ValueId input, const preprocess::Spec& spec, data::FilePort& port) {
  TMC_ASSIGN(Graph features, sensor::feature_graph(*spec.sensor));
  TMC_ASSIGN(features, lowered(std::move(features)));
  TMC_ASSIGN(Graph part, sensor::feature_graph(*spec.sensor, spec.anomaly));
  TMC_ASSIGN(part, lowered(std::move(part)));
  TMC_ASSIGN(const std::vector<ValueId> outputs, opt::prepend_graph(compilation.graph, input, part));
  if (spec.anomaly) TMC_TRY(add_score(compilation, outputs[1]));
  return note_features(features, port);
}

Status read_sound(Compilation& compilation, ValueId input, const preprocess::SoundSpec& sound,
                  sensor::SoundInput samples, data::FilePort& port) {
  TMC_ASSIGN(Graph part, sensor::sound_graph(sound, samples));
  TMC_ASSIGN(part, lowered(std::move(part)));
  TMC_TRY(opt::prepend_graph(compilation.graph, input, part).status());
  compilation.input_is_sound = true;
  return note_features(part, port);
}

Status add_anomaly(Compilation& compilation, const preprocess::AnomalySpec& spec) {
  Graph& graph = compilation.graph;
  const bool has_features =
      graph.inputs().size() == 1 && graph.value(graph.inputs()[0]).type.dtype == DType::kF32 && !graph.order().empty();
  if (!has_features) {
    return error(Error::kBadUsage, "an anomaly score is of one input of float32 features, which the model has not")
        .with_hint("leave its input's type as it is; or take --input-type readings with a part 'sensor'");
  }
  const ValueId input = graph.inputs()[0];
  const int64_t count = graph.value(input).type.shape.elements();
  const auto taken = static_cast<int64_t>(spec.dimension());
  if (spec.columns.empty() && taken != count) {
    return error(Error::kBadUsage, "the anomaly score is of {} features, the input has {}", taken, count)
        .at_node(graph.value(input).name);
  }
  TMC_ASSIGN(Graph part, sensor::anomaly_graph(spec, count));
  TMC_ASSIGN(part, lowered(std::move(part)));
  return add_score(compilation, opt::inline_graph(graph, part, {input}, graph.order().front()).front());
}

}  // namespace tmc::pipeline
