// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a caller may tell every frontend.

#include <map>
#include <string>

#include "tmc/base/shape.hpp"

namespace tmc::frontend {

struct ImportOptions {
  // Shapes of graph inputs by name, in place of the file's (`--shape NAME=1x49x10`). A name that is no input is an
  // error.
  std::map<std::string, Shape> shapes;
};

}  // namespace tmc::frontend
