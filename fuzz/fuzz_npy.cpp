// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/npy.hpp"

// Every input is refused or gives an array whose bytes fill its shape, which reads back as it was.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto array = tmc::parse_npy(std::as_bytes(std::span(data, size)));
  if (!array.ok()) return 0;
  if (array->bytes.size() != static_cast<size_t>(array->shape.elements()) * dtype_bytes(array->dtype)) __builtin_trap();
  const std::string written = to_npy(*array);
  const auto again = tmc::parse_npy(std::as_bytes(std::span(written)));
  if (!again.ok() || again->dtype != array->dtype || again->shape != array->shape || again->bytes != array->bytes) {
    __builtin_trap();
  }
  return 0;
}
