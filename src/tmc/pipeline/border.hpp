// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A model's inputs and outputs as the hardware has them, instead of as the file does: other dtypes, images with their
// channels last (opt/border.hpp). What goes by the file - calibration, oracles - sees the file's ports still; this is
// where arrays go from one to the other.

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tmc/base/host/npy.hpp"
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
  std::set<std::string> samples;  // of a sound, int16
  std::filesystem::path preprocess;

  bool empty() const {
    return input_types.empty() && output_types.empty() && channels_last.empty() && cameras.empty() && samples.empty();
  }
};

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
};

// Changes the graph as the options say and notes the file's ports. Error: kBadUsage naming the port, all at once.
Status change_border(Compilation& compilation);

// Arrays of samples under the ports' names, as the file's model takes them: integers to the reals that they stand for,
// a camera's pixels to what they are to the model, channels to their axis. What is no changed port stays.
std::map<std::string, NpyArray> as_file_has_them(const Compilation& compilation,
                                                 std::map<std::string, NpyArray> arrays);
// The other way round: as the program's ports are. Reals are rounded to the nearest integer.
std::map<std::string, NpyArray> as_program_has_them(const Compilation& compilation,
                                                    std::map<std::string, NpyArray> arrays);

}  // namespace tmc::pipeline
