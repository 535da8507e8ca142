// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Samples from the files that people have: arrays, pictures and sounds; and answers in words.

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "tmc/backend/cpp/backend.hpp"
#include "tmc/data/arrays.hpp"
#include "tmc/data/model.hpp"
#include "tmc/preprocess/spec.hpp"

namespace tmc::data {

struct InputFile {
  std::string name;  // of the input; may be empty where the model has one
  std::filesystem::path path;
};

// .npy and .npz as they are; tables (.csv, .json, .jsonl) by the names of their columns (table_rows.hpp); .png, .jpg,
// .jpeg and .wav by `spec`, which may be null where there are none. Several files of an input are its samples, one
// after the other. Errors name the file: kBadUsage for one that needs a spec and has none, kBadInput for data that do
// not fit the input.
Result<NamedArrays> load_input_files(const Model& model, std::span<const InputFile> files,
                                     const preprocess::Spec* spec);

// A picture or a sound, which takes a spec.
bool is_recording(const std::filesystem::path& path);
// An array of half precision as float32, as inputs of half-precision models are here; others as they are.
NpyArray widened(NpyArray array);
// One file for one input, as above.
Result<NpyArray> load_sample(const std::filesystem::path& path, const program::Tensor& tensor,
                             const preprocess::Spec* spec);

struct Class {
  std::string label;
  double confidence = 0;  // the output's real value
};

// The `count` largest elements of the first output of a sample, the largest first. kBadInput where there are not as
// many labels as elements.
Result<std::vector<Class>> top_classes(const Model& model, const Ports& outputs, const std::vector<std::string>& labels,
                                       size_t count);

// What generated code should know of it: label names and constants of the first input.
Result<std::vector<backend::cpp::HeaderConstant>> header_constants(const Model& model, const preprocess::Spec& spec);

}  // namespace tmc::data
