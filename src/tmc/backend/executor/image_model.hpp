// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A model image beside an executor, with the functions that a generated folder of the same model has: so whoever builds
// and runs such folders runs images.
//
//   model.h     as backend/cpp writes it, and `const char* NAME_load(const char** subject)`: to be called first, once.
//               Null, or why the image cannot run here, and what of it
//   model.cpp   NAME_run and NAME_reset by the executor
//   image.cpp   the image's bytes, in section .rodata.tmc_weights

#include <cstddef>
#include <span>

#include "tmc/backend/cpp/backend.hpp"

namespace tmc::backend::executor {

// `program`: what the image holds, placed; the executor's folder is to hold `executor.hpp` beside these.
cpp::Files image_model(const program::Program& program, std::span<const std::byte> image);

}  // namespace tmc::backend::executor
