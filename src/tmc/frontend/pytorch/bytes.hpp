// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Little-endian numbers out of an untrusted file. The caller has checked that they lie inside.

#include <cstddef>
#include <cstring>
#include <span>

namespace tmc::frontend::pytorch {

using FileBytes = std::span<const std::byte>;

template <typename T>
T read_number(FileBytes file, size_t at) {
  T value;
  std::memcpy(&value, file.data() + at, sizeof value);
  return value;
}

}  // namespace tmc::frontend::pytorch
