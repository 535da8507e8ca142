// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/sensor/parts.hpp"

namespace tmc::sensor {
namespace {

using preprocess::AnomalySpec;
using preprocess::GaussianMixture;
using preprocess::KMeans;

ValueId rows(Builder& builder, const char* name, const preprocess::Rows& values) {
  std::vector<double> flat;
  for (const auto& row : values) flat.insert(flat.end(), row.begin(), row.end());
  return builder.constant(name, Shape::of(values.size(), values[0].size()), flat);
}

ValueId list(Builder& builder, const char* name, const std::vector<double>& values) {
  return builder.constant(name, Shape::of(values.size()), values);
}

// Of features [1, n] less each row: [rows, n].
ValueId differences(Builder& builder, ValueId features, const preprocess::Rows& from) {
  return builder.add("differences", ops::Sub{}, {features, rows(builder, "centres", from)});
}

ValueId append(Builder& builder, ValueId features, const KMeans& model) {
  ValueId distances = builder.along_last<ops::ReduceL2>("distances", differences(builder, features, model.centroids));
  if (!model.radii.empty()) {
    distances = builder.add("beyond", ops::Sub{}, {distances, list(builder, "radii", model.radii)});
  }
  return builder.along_last<ops::ReduceMin>("score", distances, /*keep_dims=*/true);
}

ValueId append(Builder& builder, ValueId features, const GaussianMixture& model) {
  const auto components = std::ssize(model.means);
  const auto dimension = std::ssize(model.means[0]);
  ValueId deviations = differences(builder, features, model.means);
  const ValueId factors = rows(builder, "factors", model.factors);
  if (model.is_diagonal) {
    deviations = builder.add("whitened", ops::Mul{}, {deviations, factors});
  } else if (model.factors.size() == 1) {
    deviations =
        builder.add("whitened", ops::Matmul{}, {deviations, builder.reshaped(factors, {dimension, dimension})});
  } else {
    const ValueId products = builder.add("products", ops::Matmul{},
                                         {builder.reshaped(deviations, {components, 1, dimension}),
                                          builder.reshaped(factors, {components, dimension, dimension})});
    deviations = builder.reshaped(products, {components, dimension});
  }
  const ValueId squares = builder.along_last<ops::ReduceSumSquare>("squares", deviations);
  const ValueId halves = builder.add("halves", ops::Mul{}, {squares, builder.number(-0.5)});
  const ValueId logarithms = builder.add("logarithms", ops::Add{}, {halves, list(builder, "offsets", model.offsets)});
  const ValueId density = builder.along_last<ops::ReduceLogSumExp>("density", logarithms, /*keep_dims=*/true);
  return builder.add("score", ops::Neg{}, {density});
}

}  // namespace

ValueId append_anomaly(Builder& builder, ValueId features, const AnomalySpec& spec) {
  if (!spec.columns.empty()) features = builder.at(features, spec.columns);
  if (!spec.mean.empty()) {
    features = builder.add("less_mean", ops::Sub{}, {features, list(builder, "scaler_mean", spec.mean)});
    features = builder.add("scaled", ops::Div{}, {features, list(builder, "scaler_deviation", spec.deviation)});
  }
  return std::visit([&](const auto& model) { return append(builder, features, model); }, spec.model);
}

}  // namespace tmc::sensor
