// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a caller may tell every frontend.

#include <map>
#include <string>

#include "tmc/base/shape.hpp"

namespace tmc::frontend {

struct ImportOptions {
  // What open extents are bound to (`--shape`), by the name of an input, or of an extent: then of rank 1
  // (frontend/common/open_shape.hpp).
  std::map<std::string, Shape> shapes;
};

}  // namespace tmc::frontend
