// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Writes a compiled model for other runtimes.

#include <filesystem>

#include "tmc/pipeline/compile.hpp"

namespace tmc::pipeline {

// The graph as it is after the phases that ran, as ONNX (exporter/onnx/to_onnx.hpp). The file appears whole or not at
// all. Error: what to_onnx says, kIo.
Status export_onnx(const Compilation& compilation, const std::filesystem::path& file);

}  // namespace tmc::pipeline
