// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// manifest.json of a generated folder: where it came from and how it is laid out, without dates and paths.

#include <string>
#include <string_view>
#include <vector>

#include "tmc/backend/cpp/backend.hpp"
#include "tmc/program/instances.hpp"

namespace tmc::backend::cpp {

inline constexpr std::string_view kManifestFile = "manifest.json";

// `files`: the rest of the folder, which the manifest lists. `kernels_version`: of kernel_headers.hpp.
std::string manifest(const program::Program& program, const Options& options,
                     const std::vector<program::Instance>& instances, const std::string& kernels_version,
                     const Files& files);

// The paths that a manifest lists; kMalformed where it is none of ours.
Result<std::vector<std::string>> manifest_files(std::string_view manifest);

}  // namespace tmc::backend::cpp
