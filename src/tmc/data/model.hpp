// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A compiled model as data meets it: what it takes and gives, and where that is other than in its file. This is where
// arrays go from one to the other.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tmc/data/arrays.hpp"
#include "tmc/ir/graph.hpp"
#include "tmc/preprocess/camera.hpp"
#include "tmc/program/program.hpp"

namespace tmc::data {

// What the file says of a port that is another one in the program.
struct FilePort {
  ir::TensorType type;
  Quantization quantization;
  ir::TensorType program_type = {};
  Quantization program_quantization = {};
  bool channels_moved = false;  // [n, c, h, w] in the file, [n, h, w, c] in the program
  struct Pixels {
    preprocess::Camera camera;
    preprocess::ImageSpec::Color color;
    std::vector<float> scale, offset;  // to the file's reals, of each channel
  };
  std::optional<Pixels> pixels = std::nullopt;  // the program's are a camera's
  // Set: the program's are a sensor's readings, of whose windows this makes the features that the file takes.
  std::function<Result<std::vector<float>>(const std::vector<std::byte>&)> features = nullptr;
};

// References to what outlives it.
struct Model {
  const program::Program& program;
  const ir::Graph& graph;
  const std::map<std::string, FilePort>& file_ports;  // by name: the ports that are others in the program
  bool input_is_sound = false;                        // the samples of a sound, of which the program makes features
  bool input_is_window = false;                       // of readings: a sample is one, and has one row of outputs
};

// Arrays of samples under the ports' names, as the file's model takes them: integers to the reals that they stand for,
// a camera's pixels and a sensor's readings to what they are to the model, channels to their axis. What is no changed
// port stays.
NamedArrays as_file_has_them(const Model& model, NamedArrays arrays);
// The other way round: as the program's ports are. Reals are rounded to the nearest integer.
NamedArrays as_program_has_them(const Model& model, NamedArrays arrays);

}  // namespace tmc::data
