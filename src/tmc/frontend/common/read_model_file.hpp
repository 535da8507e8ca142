// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// How frontends of models that are several files read them.

#include <functional>
#include <string>

#include "tmc/base/host/status.hpp"

namespace tmc::frontend {

// The content of a file of the model's folder, by its path there with '/'.
using ReadModelFile = std::function<Result<std::string>(const std::string& path)>;

}  // namespace tmc::frontend
