// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Independent implementations that say what a model computes: LiteRT's reference kernels, onnxruntime, or a file of
// recorded inputs and outputs.

#include <filesystem>
#include <string>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/data/arrays.hpp"

namespace tmc::check {

using data::NamedArrays;

struct OracleAnswer {
  // Who answered: "litert", "newest litert", "tflite micro", "onnxruntime", "xgboost" or "lightgbm".
  std::string oracle;
  NamedArrays tensors;
};

// Runs `model` on `samples` samples with the oracle "litert", "onnxruntime", "xgboost" or "lightgbm" (Python packages
// that scripts/setup installs; the interpreter is TINYMLC_PYTHON, build/venv of the source tree, or python3, in this
// order). `inputs` are in the model's order. The answer holds every tensor that the oracle can give, under the name
// that frontends give it. Error: kToolMissing with the hint, kToolFailed with the oracle's message, kBadUsage for
// another name.
//
// `custom` is what custom_nodes.hpp gives, or empty: a list of objects, one for each node of the file that no oracle
// knows: its `outputs` by name, and the `function` of the Python `file` that computes them from the node's inputs and
// the `settings`, by name, as `results`, of which each has a dtype of NumPy and a shape.
//
// A script of oracle/ reads an .npz of the inputs as tensor0, tensor1, ... and of their count as samples. It writes one
// of the tensors in the same form, with the bytes of their names in name0, name1, ... and of its own in oracle: names
// of a model can be anything, so they name nothing there. It leaves out what is no array for load_npz, and ends with 3
// where a package is missing.
Result<OracleAnswer> run_oracle(const std::string& oracle, const std::filesystem::path& model,
                                const std::vector<NpyArray>& inputs, int64_t samples, const std::string& custom = {});

}  // namespace tmc::check
