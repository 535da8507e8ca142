// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/llama2c/import_llama2c.hpp"
#include "tmc/ir/verifier.hpp"

// Every input is refused or gives a graph that holds together.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto graph = tmc::frontend::import_llama2c(std::as_bytes(std::span(data, size)));
  if (graph.ok() ? !tmc::ir::verify(*graph).ok() : graph.status().code() == tmc::Error::kInternal) __builtin_trap();
  return 0;
}
