// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The elements of the list `features` of a sensor.

#include "tmc/preprocess/sensor_spec.hpp"

namespace tmc::preprocess {

// Of a signal of `samples` readings at rate_hz. kMalformed with what is wrong.
Result<Feature> read_feature(const json::Value& json, int64_t samples, double rate_hz);
Status malformed_sensor(const std::string& what);
// Of one channel.
size_t count_features(const Feature& feature);

}  // namespace tmc::preprocess
