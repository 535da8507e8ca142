// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// How unlike what was seen before a row of features is, as the part `anomaly` of the preprocessing YAML says it
// (docs/sensors.md), or a JSON file of the same keys that it names. Plain values.

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tmc/base/host/json.hpp"
#include "tmc/base/host/status.hpp"

namespace tmc::preprocess {

using Rows = std::vector<std::vector<double>>;

// The distance to the nearest centroid or, with radii, the least of the distances less the cluster's radius.
struct KMeans {
  Rows centroids;
  std::vector<double> radii;  // one each, or none
};

// The negative logarithm of the density, as -GaussianMixture.score_samples of scikit-learn. With y = (x - mean) *
// factor it is -log sum exp(offset - |y|^2 / 2).
struct GaussianMixture {
  Rows means;
  std::vector<double> offsets;  // one a component: of its weight, the determinant and the dimension
  // A row of each component where covariances are diagonal; else matrices [features, features], row by row: one that
  // all share, or one each.
  Rows factors;
  bool is_diagonal = false;
};

struct AnomalySpec {
  std::variant<KMeans, GaussianMixture> model;
  std::vector<double> mean, deviation;  // (x - mean) / deviation goes in; empty: x
  std::vector<std::string> features;    // of the sensor, by name; empty: all
  std::vector<int64_t> columns;         // those of `features`, once they are known
  std::optional<double> threshold;      // above it a score counts as an anomaly

  size_t dimension() const;
};

// `folder` holds the file that it may name. kMalformed with what is wrong.
Result<AnomalySpec> read_anomaly(const json::Value& json, const std::filesystem::path& folder);

// Finds the columns of its features among those that there are. kMalformed for one that is not there, or where their
// number is not the model's.
Status choose_columns(AnomalySpec& spec, const std::vector<std::string>& names);

}  // namespace tmc::preprocess
