// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/import_keras.hpp"
#include "tmc/frontend/keras/testing/keras_files.hpp"
#include "tmc/ir/verifier.hpp"

namespace {

void check(std::span<const std::byte> file) {
  tmc::Refusals refusals;
  const auto graph = tmc::frontend::import_keras(file, {}, refusals);
  const bool is_wrong =
      graph.ok() ? refusals.empty() && !tmc::ir::verify(*graph).ok() : graph.status().code() == tmc::Error::kInternal;
  if (is_wrong) __builtin_trap();
}

}  // namespace

// Every input is refused or gives a sound graph: as a file, and as the configuration of one whose weights are sound,
// which checksums would keep from being reached.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  check(std::as_bytes(std::span(data, size)));
  const std::string config(reinterpret_cast<const char*>(data), size);
  const std::string archive = tmc::frontend::keras::small_archive(config);
  check(std::as_bytes(std::span(archive)));
  return 0;
}
