// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The files of `data/`, as the build embedded them.

#include <string_view>

#include "tmc/base/host/embedded.hpp"

namespace tmc::targets {

std::span<const EmbeddedFile> data_files();

// The one with this path below `data/`; null where there is none.
const EmbeddedFile* find_data_file(std::string_view path);

}  // namespace tmc::targets
