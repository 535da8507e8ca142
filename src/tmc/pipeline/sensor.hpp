// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Features of a sensor's readings or of a sound, and anomaly scores, in a compilation: as a model of their own, which
// is the YAML itself, and as part of another one.

#include <filesystem>

#include "tmc/data/model.hpp"
#include "tmc/ir/graph.hpp"
#include "tmc/preprocess/spec.hpp"
#include "tmc/sensor/sound_graph.hpp"

namespace tmc::pipeline {

struct Compilation;

// Whether the model file is the YAML of a preprocessing: .yaml or .yml.
bool is_preprocessing(const std::filesystem::path& model);

// Makes the compilation's graph of its part `sensor`, and `anomaly` where it has that, or of its `sound`; notes what
// the input is. kBadUsage where it has neither.
Status import_preprocessing(Compilation& compilation);

// What the part `sensor` makes stands before the input, which becomes its readings; with the part `anomaly`, the score
// is an output more. Notes in `port` how the file's features come of readings.
Status read_readings(Compilation& compilation, ir::ValueId input, const preprocess::Spec& spec, data::FilePort& port);

// The same of the part `sound`, of whose samples mel bands or cepstra are made.
Status read_sound(Compilation& compilation, ir::ValueId input, const preprocess::SoundSpec& sound,
                  sensor::SoundInput samples, data::FilePort& port);

// The anomaly score of the model's only input becomes an output more. Error: kBadUsage where that is no row of float
// features.
Status add_anomaly(Compilation& compilation, const preprocess::AnomalySpec& spec);

}  // namespace tmc::pipeline
