// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Model images as files: written in place of sources, and read in place of a model's file.

#include <filesystem>

#include "tmc/backend/image/write.hpp"
#include "tmc/pipeline/compile.hpp"

namespace tmc::pipeline {

// Whether the file begins as an image does. A file that cannot be read does not.
bool is_image(const std::filesystem::path& file);

// The file appears whole or not at all. Errors: what backend/image/write.hpp says, and kIo.
Status emit_image(const Compilation& compilation, const std::filesystem::path& file,
                  backend::image::Names names = backend::image::Names::kAll);

// Whether the constants of a model image are those that its hash is of, which reads all of them. kMalformed where they
// are not; kBadUsage where the file is no image.
Status check_hash(const std::filesystem::path& file);

// What the image holds is compiled, and has no graph any more. Its constants are believed. kBadUsage: it is for another
// target, or `options` ask for what only a model's file can become. kMalformed, kUnsupportedOp as
// backend/image/read.hpp says.
Result<Compilation> read_image(const std::filesystem::path& file, const Target& target, const CompileOptions& options);

}  // namespace tmc::pipeline
