// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Writes the self-contained folder of a compiled model (backend/cpp).

#include <filesystem>

#include "tmc/backend/cpp/backend.hpp"
#include "tmc/cost/predict.hpp"
#include "tmc/pipeline/compile.hpp"
#include "tmc/storage/budget.hpp"

namespace tmc::pipeline {

struct EmitOptions {
  storage::Budget budget;                 // written as static_asserts
  const cost::Cost* predicted = nullptr;  // set: report.html beside the sources, the footprint in the manifest
  std::vector<backend::cpp::HeaderConstant> constants;  // of model.hpp
  backend::cpp::Files beside;                           // further files; sources at its top are part of the library
};

// The folder appears whole or not at all.
Status emit_sources(const Compilation& compilation, const std::filesystem::path& folder, const EmitOptions& emit);

}  // namespace tmc::pipeline
