// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/iir.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/sensor/parts.hpp"

namespace tmc::sensor {
namespace {

using namespace preprocess;  // NOLINT(google-build-using-namespace): the names of steps

ValueId append(Builder& builder, ValueId signal, const ScaleStep& step) {
  return builder.add("scaled", ops::Mul{},
                     {signal, builder.constant("factors", Shape::of(step.factors.size(), 1), step.factors)});
}

ValueId append(Builder& builder, ValueId signal, const RemoveMeanStep&) {
  return builder.centred(signal);
}

// The line through the mean, with the slope of least squares.
ValueId append(Builder& builder, ValueId signal, const DetrendStep&) {
  const ValueId centred = builder.centred(signal);
  if (centred == ValueId::kNone) return centred;
  const int64_t samples = builder.shape(centred)[1];
  std::vector<double> times, weights;
  double squares = 0;
  for (int64_t i = 0; i < samples; ++i) {
    times.push_back(static_cast<double>(i) - static_cast<double>(samples - 1) / 2);
    squares += times.back() * times.back();
  }
  for (const double time : times) weights.push_back(samples > 1 ? time / squares : 0);
  const ValueId weighted =
      builder.add("weighted", ops::Mul{}, {centred, builder.constant("weights", Shape::of(1, samples), weights)});
  const ValueId slope = builder.along_last<ops::ReduceSum>("slope", weighted, /*keep_dims=*/true);
  const ValueId trend =
      builder.add("trend", ops::Mul{}, {slope, builder.constant("times", Shape::of(1, samples), times)});
  return builder.add("detrended", ops::Sub{}, {centred, trend});
}

ValueId append(Builder& builder, ValueId signal, const FirStep& step) {
  if (signal == ValueId::kNone) return signal;
  const Shape shape = builder.shape(signal);
  const ValueId from_rest = builder.add("from_rest", ops::Pad{{0, std::ssize(step.taps) - 1, 0, 0}, 0}, {signal});
  const ValueId filtered = append_convolution(builder, from_rest, {{step.taps.rbegin(), step.taps.rend()}}, 1);
  return builder.reshaped(filtered, {shape[0], shape[1]});
}

ValueId append(Builder& builder, ValueId signal, const IirStep& step) {
  std::vector<double> coefficients;
  for (const Section& section : step.sections) coefficients.insert(coefficients.end(), section.begin(), section.end());
  return builder.add("filtered", ops::Iir{.axis = 1},
                     {signal, builder.constant("sections", Shape::of(step.sections.size(), 5), coefficients)});
}

ValueId append(Builder& builder, ValueId signal, const DecimateStep& step) {
  if (signal == ValueId::kNone) return signal;
  const int64_t samples = builder.shape(signal)[1];
  return builder.part(signal, 0, (samples + step.factor - 1) / step.factor, step.factor);
}

}  // namespace

ValueId append_step(Builder& builder, ValueId signal, const SensorStep& step) {
  return std::visit([&](const auto& one) { return append(builder, signal, one); }, step);
}

ValueId append_convolution(Builder& builder, ValueId lines, const std::vector<std::vector<double>>& filters,
                           int64_t stride) {
  if (lines == ValueId::kNone) return lines;
  const Shape shape = builder.shape(lines);
  std::vector<double> weights;
  for (const auto& filter : filters) weights.insert(weights.end(), filter.begin(), filter.end());
  const ValueId image = builder.reshaped(lines, {shape[0], 1, shape[1], 1});
  const ValueId windows = builder.constant("taps", Shape::of(filters.size(), 1, filters[0].size(), 1), weights);
  ops::Conv2d conv;
  conv.stride_w = static_cast<int32_t>(stride);
  const ValueId result = builder.add("convolved", conv, {image, windows});
  if (result == ValueId::kNone) return result;
  return builder.reshaped(result, {shape[0], builder.shape(result)[2], std::ssize(filters)});
}

}  // namespace tmc::sensor
