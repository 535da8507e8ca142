// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The parts of a sensor's graph. What goes wrong is in the builder's status.

#include "tmc/preprocess/anomaly_spec.hpp"
#include "tmc/preprocess/sensor_spec.hpp"
#include "tmc/sensor/builder.hpp"

namespace tmc::sensor {

// The signal after the step.
ValueId append_step(Builder& builder, ValueId signal, const preprocess::SensorStep& step);
// Of the step `fir`, and of both filters of a wavelet: [lines, samples] under one window for each of `filters`, in the
// order in which a convolution reads them, every `stride` samples: [lines, outputs, filters].
ValueId append_convolution(Builder& builder, ValueId lines, const std::vector<std::vector<double>>& filters,
                           int64_t stride);

// Statistics of lines, which share what several of them need: [channels, statistics].
ValueId append_statistics(Builder& builder, ValueId signal, const std::vector<preprocess::Statistic>& statistics);
ValueId append_bands(Builder& builder, ValueId signal, const preprocess::Bands& bands);
ValueId append_peaks(Builder& builder, ValueId signal, const preprocess::Peaks& peaks);
ValueId append_wavelet(Builder& builder, ValueId signal, const preprocess::Wavelet& wavelet);

// The score [1] of features [1, n].
ValueId append_anomaly(Builder& builder, ValueId features, const preprocess::AnomalySpec& spec);

}  // namespace tmc::sensor
