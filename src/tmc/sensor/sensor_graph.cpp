// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/sensor/sensor_graph.hpp"

#include "tmc/ir/verifier.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/sensor/parts.hpp"

namespace tmc::sensor {
namespace {

using namespace preprocess;  // NOLINT(google-build-using-namespace): the names of features

// The input as a signal [channels, samples].
ValueId append_readings(Builder& builder, const SensorSpec& spec) {
  ir::Graph& graph = builder.graph();
  const auto channels = std::ssize(spec.channels);
  const auto scale = static_cast<float>(spec.element_scale);
  const bool is_integer = spec.element == DType::kI16;
  const ValueId input = graph.add_input(kReadings, {spec.element, Shape::of(spec.window_samples, channels)},
                                        is_integer ? Quantization::per_tensor(scale, 0) : Quantization());
  graph.value(input).columns = spec.channels;
  ValueId reals = input;
  if (is_integer) reals = builder.add("reals", ops::Dequantize{}, {input});
  const ValueId signal = channels == 1 ? builder.reshaped(reals, {1, spec.window_samples})
                                       : builder.add("signal", ops::Transpose{{1, 0}}, {reals});
  if (is_integer || scale == 1) return signal;
  return append_step(builder, signal, ScaleStep{{spec.element_scale}});
}

// [channels, features]. Statistics that stand together share what they are made of.
ValueId append_features(Builder& builder, ValueId signal, const std::vector<Feature>& features) {
  std::vector<ValueId> columns;
  std::vector<Statistic> statistics;
  const auto end_statistics = [&] {
    if (!statistics.empty()) columns.push_back(append_statistics(builder, signal, statistics));
    statistics.clear();
  };
  for (const Feature& feature : features) {
    if (const auto* statistic = std::get_if<Statistic>(&feature)) {
      statistics.push_back(*statistic);
      continue;
    }
    end_statistics();
    if (const auto* bands = std::get_if<Bands>(&feature)) columns.push_back(append_bands(builder, signal, *bands));
    if (const auto* peaks = std::get_if<Peaks>(&feature)) columns.push_back(append_peaks(builder, signal, *peaks));
    if (const auto* wavelet = std::get_if<Wavelet>(&feature)) {
      columns.push_back(append_wavelet(builder, signal, *wavelet));
    }
  }
  end_statistics();
  return columns.size() == 1 ? columns.front() : builder.add("columns", ops::Concat{1}, columns);
}

void name_output(ir::Graph& graph, ValueId value, const char* name) {
  graph.rename(value, name);
  graph.add_output(value);
}

}  // namespace

Result<ir::Graph> feature_graph(const SensorSpec& spec, const std::optional<AnomalySpec>& anomaly) {
  ir::Graph graph;
  Builder builder(graph);
  ValueId signal = append_readings(builder, spec);
  for (const SensorStep& step : spec.steps) signal = append_step(builder, signal, step);
  const ValueId columns = append_features(builder, signal, spec.features);
  const ValueId features = builder.reshaped(columns, {1, -1});
  TMC_TRY(builder.status());
  name_output(graph, features, kFeatures);
  if (anomaly) {
    const ValueId score = append_anomaly(builder, features, *anomaly);
    TMC_TRY(builder.status());
    name_output(graph, score, kAnomaly);
  }
  TMC_TRY(ir::verify(graph));
  return graph;
}

Result<ir::Graph> anomaly_graph(const AnomalySpec& spec, int64_t count) {
  ir::Graph graph;
  Builder builder(graph);
  const ValueId features = graph.add_input(kFeatures, {DType::kF32, Shape::of(1, count)});
  const ValueId score = append_anomaly(builder, features, spec);
  TMC_TRY(builder.status());
  name_output(graph, score, kAnomaly);
  TMC_TRY(ir::verify(graph));
  return graph;
}

}  // namespace tmc::sensor
