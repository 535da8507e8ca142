// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/npy.hpp"

// Every input is refused or gives arrays whose bytes fill their shapes.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto arrays = tmc::parse_npz(std::as_bytes(std::span(data, size)));
  if (!arrays.ok()) return 0;
  for (const auto& [name, array] : *arrays) {
    if (array.bytes.size() != static_cast<size_t>(array.shape.elements()) * dtype_bytes(array.dtype)) __builtin_trap();
  }
  return 0;
}
