// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/gguf/import_gguf.hpp"
#include "tmc/ir/verifier.hpp"
#include "tmc/stream/host/gguf_tokenizer.hpp"
#include "tmc/stream/host/tokenizer_file.hpp"

// Every input is refused or gives a graph that holds together, and a tokenizer that reads a text.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto graph = tmc::frontend::import_gguf(std::as_bytes(std::span(data, size)));
  if (graph.ok() ? !tmc::ir::verify(*graph).ok() : graph.status().code() == tmc::Error::kInternal) __builtin_trap();
  const auto model = tmc::stream::read_gguf_tokenizer({reinterpret_cast<const char*>(data), size});
  if (!model.ok()) return 0;
  const auto tables = tmc::stream::tokenizer_tables(*model);
  if (!tables.ok()) {
    if (tables.status().code() == tmc::Error::kInternal) __builtin_trap();
    return 0;
  }
  const auto tokens = tmc::stream::encode_text(*tables, "ab \xC3\xA9 12");
  if (!tokens.ok() && tokens.status().code() == tmc::Error::kInternal) __builtin_trap();
  return 0;
}
