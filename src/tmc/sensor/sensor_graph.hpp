// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Features of a sensor's readings, and anomaly scores of features, as graphs of operators: host and device run the
// same, as every other model.

#include <optional>

#include "tmc/ir/graph.hpp"
#include "tmc/preprocess/anomaly_spec.hpp"
#include "tmc/preprocess/sensor_spec.hpp"

namespace tmc::sensor {

inline constexpr const char* kReadings = "readings";
inline constexpr const char* kFeatures = "features";
inline constexpr const char* kAnomaly = "anomaly";

// The input `readings`, [window_samples, channels] of f32 or of i16 with its scale, and the output `features`, f32
// [1, features]; with `anomaly` its score too, the output `anomaly`, f32 [1].
Result<ir::Graph> feature_graph(const preprocess::SensorSpec& spec,
                                const std::optional<preprocess::AnomalySpec>& anomaly = std::nullopt);
// The input `features`, f32 [1, count], and the output `anomaly`, f32 [1].
Result<ir::Graph> anomaly_graph(const preprocess::AnomalySpec& spec, int64_t count);

}  // namespace tmc::sensor
