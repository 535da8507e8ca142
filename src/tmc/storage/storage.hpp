// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Storage: in which order a program's steps run and at which address every buffer lies.
//
// Buffers share memory where their lifetimes allow it, and an output runs into an input that dies where the step's body
// says how far it may (kernels/kernel.hpp). The same program and options give the same addresses.

#include <cstdint>

#include "tmc/program/program.hpp"

namespace tmc::storage {

enum class Sharing : uint8_t {
  kNone,     // every buffer has bytes of its own
  kBuffers,  // buffers share bytes that are dead
  kOverlap,  // outputs also run into inputs
};

struct StorageOptions {
  Sharing sharing = Sharing::kOverlap;
};

// Fills in offsets, sizes of regions and plan. The program is verified (program::verify); a program without regions
// gets one, the arena. Error: a buffer of a region that is not there.
Result<program::Program> place(program::Program program, const StorageOptions& options = {});

}  // namespace tmc::storage
