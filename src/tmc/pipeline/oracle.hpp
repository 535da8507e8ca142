// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Independent implementations that say what a model computes: LiteRT's reference kernels, onnxruntime, or a file of
// recorded inputs and outputs.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tmc/base/host/npy.hpp"
#include "tmc/base/host/status.hpp"

namespace tmc::pipeline {

// Tensors by name, each with the samples stacked along a new first axis.
using NamedArrays = std::map<std::string, NpyArray>;

// Runs `model` with the oracle "litert" or "onnxruntime" (Python packages that scripts/setup installs; the interpreter
// is TINYMLC_PYTHON, build/venv of the source tree, or python3, in this order). The result holds every tensor that the
// oracle can give. Error: kToolMissing with the remedy, kToolFailed with the oracle's message, kBadUsage for another
// name.
Result<NamedArrays> run_oracle(const std::string& oracle, const std::filesystem::path& model,
                               const NamedArrays& inputs);

}  // namespace tmc::pipeline
