// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A model's inputs and outputs as the hardware has them, instead of as the file does: other dtypes, images with their
// channels last (opt/border.hpp). What goes by the file - calibration, oracles - sees the file's ports still
// (data/model.hpp).

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/ir/graph.hpp"
#include "tmc/preprocess/camera.hpp"

namespace tmc::pipeline {

struct Compilation;

struct BorderOptions {
  // By the port's name; "": all inputs (outputs).
  std::map<std::string, DType> input_types, output_types;
  std::set<std::string> channels_last;  // images among the inputs; "": all of them
  // What lies between these inputs and what a camera or a microphone delivers is worked into the model, as the file
  // `preprocess` (docs/preprocessing.md) says.
  std::map<std::string, preprocess::Camera> cameras;
  std::set<std::string> samples;   // of a sound, int16: of a whole clip
  std::set<std::string> streams;   // of a sound, int16: those that are new, the others being states
  std::set<std::string> readings;  // of a sensor
  std::filesystem::path preprocess;

  bool empty() const {
    return input_types.empty() && output_types.empty() && channels_last.empty() && cameras.empty() && samples.empty() &&
           streams.empty() && readings.empty();
  }
};

// Changes the graph as the options say and notes the file's ports; adds the anomaly score that the preprocessing has.
// Error: kBadUsage naming the port, all at once.
Status change_border(Compilation& compilation);

}  // namespace tmc::pipeline
