// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The user's header and what it includes of its own folder: what a generated folder carries.

#include <filesystem>
#include <string>
#include <vector>

#include "tmc/custom/operator.hpp"

namespace tmc::custom {

// The header first, paths relative to the folder. An include in quotes is looked up beside the file that has it; what
// is not there is the compiler's to find. kNotFound where there is no such header, kBadUsage where an include leaves
// the folder or there are too many files.
Result<std::vector<SourceFile>> read_sources(const std::filesystem::path& folder, const std::string& header);

}  // namespace tmc::custom
