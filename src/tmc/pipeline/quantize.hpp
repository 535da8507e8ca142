// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/pipeline/compile.hpp"

namespace tmc::pipeline {

// The phase "quantize": does nothing where the options ask for nothing.
Status quantize(Compilation& compilation);

}  // namespace tmc::pipeline
