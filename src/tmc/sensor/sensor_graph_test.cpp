// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/sensor/sensor_graph.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/preprocess/spec.hpp"

namespace tmc::sensor {
namespace {

constexpr const char* kSpec = R"(sensor:
  channels: [x, y]
  sample_rate_hz: 100
  window_samples: 64
  element: int16
  element_scale: 0.25
  steps: [detrend, {butterworth: {kind: low, order: 3, cutoff_hz: 9}}]
  features: [rms, {spectral_peaks: {count: 2}}, kurtosis]
anomaly: {kind: kmeans, centroids: [[1], [2]], features: [y_rms]}
)";

TEST(SensorGraph, TakesReadingsAndGivesOneRow) {
  const auto spec = preprocess::parse_spec(kSpec, "");
  ASSERT_TRUE(spec.ok()) << spec.status().text();
  const auto graph = feature_graph(*spec->sensor, spec->anomaly);
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  const ir::Value& input = graph->value(graph->inputs().at(0));
  EXPECT_EQ(input.name, kReadings);
  EXPECT_EQ(input.type, (ir::TensorType{DType::kI16, Shape::of(64, 2)}));
  EXPECT_EQ(input.quantization.scale(), 0.25F);
  ASSERT_EQ(graph->outputs().size(), 2);
  const ir::Value& features = graph->value(graph->outputs()[0]);
  EXPECT_EQ(features.name, kFeatures);
  EXPECT_EQ(features.type, (ir::TensorType{DType::kF32, Shape::of(1, 12)}));
  EXPECT_EQ(graph->value(graph->outputs()[1]).name, kAnomaly);
}

TEST(SensorGraph, ScoresFeaturesAlone) {
  const auto spec = preprocess::parse_spec(kSpec, "");
  ASSERT_TRUE(spec.ok()) << spec.status().text();
  const auto graph = anomaly_graph(*spec->anomaly, 12);
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_EQ(graph->value(graph->outputs().at(0)).type, (ir::TensorType{DType::kF32, Shape::of(1)}));
}

}  // namespace
}  // namespace tmc::sensor
