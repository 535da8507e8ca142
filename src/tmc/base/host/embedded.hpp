// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Text files that the build puts into the binary (cmake/embed.cmake), so that an installed command line needs no source
// tree beside it.

#include <span>
#include <string_view>

namespace tmc {

struct EmbeddedFile {
  std::string_view path;  // relative to the folder that was embedded, with forward slashes
  std::string_view text;
};

}  // namespace tmc
