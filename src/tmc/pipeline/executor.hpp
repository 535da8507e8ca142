// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Folders with an executor (backend/executor): alone, for a product's firmware, and with a model image beside it, for
// the boards here. It links the kernels of the compilation and those that its options name (ExecutorOptions).

#include <filesystem>

#include "tmc/pipeline/compile.hpp"

namespace tmc::pipeline {

// The folder appears whole or not at all. Errors: what backend/executor says, and of files that are neither images nor
// lists of kernels.
Status emit_executor(const Compilation& compilation, const std::filesystem::path& folder);

// The same of a compilation that was read from an image, whose bytes lie in the folder as they are in the file.
Status emit_executor_with_image(const Compilation& compilation, const std::filesystem::path& folder);

}  // namespace tmc::pipeline
