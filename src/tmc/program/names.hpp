// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Names of enumerators in the text and JSON forms.

#include "tmc/program/program.hpp"

namespace tmc::program {

constexpr const char* kBufferKindNames[] = {"activation", "input", "output", "scratch", "state"};

inline const char* buffer_kind_name(Buffer::Kind kind) {
  return kBufferKindNames[static_cast<size_t>(kind)];
}

}  // namespace tmc::program
