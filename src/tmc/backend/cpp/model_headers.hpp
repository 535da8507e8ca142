// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// model.h and model.hpp of a generated folder: what a program that uses the model includes.

#include <string>

#include "tmc/backend/cpp/backend.hpp"
#include "tmc/program/program.hpp"

namespace tmc::backend::cpp {

// `further`: declarations of more functions, before that of NAME_run.
std::string c_header(const program::Program& program, const std::string& further = "");
std::string cpp_header(const program::Program& program, const Options& options);

}  // namespace tmc::backend::cpp
