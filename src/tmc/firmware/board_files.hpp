// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The folder `boards/` of the source tree, as the build embedded it.

#include "tmc/base/host/embedded.hpp"

namespace tmc::firmware {

std::span<const EmbeddedFile> board_files();

}  // namespace tmc::firmware
