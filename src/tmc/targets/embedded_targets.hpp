// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The files of `data/`, as the build embedded them.

#include "tmc/base/host/embedded.hpp"

namespace tmc::targets {

std::span<const EmbeddedFile> data_files();

}  // namespace tmc::targets
