// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The device headers of this module, as the build embedded them: by paths as they are included.

#include "tmc/base/host/embedded.hpp"

namespace tmc::stream {

std::span<const EmbeddedFile> device_headers();

}  // namespace tmc::stream
