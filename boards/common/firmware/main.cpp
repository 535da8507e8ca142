// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The least firmware that a model needs: an arena and a loop. What flash and RAM cost is read from this image. A
// product writes the inputs before the call and reads the outputs after it, at the offsets in `model.h`.

#include "arenas.hpp"

extern "C" [[noreturn]] void tmc_main() {
  if (tmc::board::load_model().reason != nullptr) {
    for (;;) asm volatile("wfi");
  }
  tmc::board::reset_model(tmc::board::kArenas);
  for (;;) tmc::board::run_model(tmc::board::kArenas);
}
