// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// model.cpp of a generated folder: the instances of the kernels, and the function that calls one for each step.

#include <string>
#include <vector>

#include "tmc/program/instances.hpp"
#include "tmc/program/program.hpp"

namespace tmc::backend::cpp {

// `version`: of the kernel headers (kernel_headers.hpp). `assembly`: with their hand-written inner loops.
std::string model_source(const program::Program& program, const std::vector<program::Instance>& instances,
                         const std::string& version, bool assembly);

}  // namespace tmc::backend::cpp
