// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Writes a generated folder in one step: a reader sees the old folder or the new one, never half of either, and a
// failure leaves the old.

#include <filesystem>

#include "tmc/backend/cpp/backend.hpp"

namespace tmc::backend::cpp {

// Makes `folder` hold exactly `files`. An earlier output of tinymlc is replaced. kBadUsage, and nothing changed, for a
// file, for a folder that tinymlc did not write (no manifest of ours), and for one that holds files beside those that
// its manifest lists.
Status write_folder(const std::filesystem::path& folder, const Files& files);

}  // namespace tmc::backend::cpp
