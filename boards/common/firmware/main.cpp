// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The least firmware that a model needs: an arena and a loop. What flash and RAM cost is read from this image. A
// product writes the inputs before the call and reads the outputs after it, at the offsets in `model.h`.

#include "tmc_model.hpp"

alignas(tmc::board::kArenaAlign) [[gnu::section(".tmc_arena")]] static unsigned char arena[tmc::board::kArenaBytes];

extern "C" [[noreturn]] void tmc_main() {
  for (;;) tmc::board::run_model(arena);
}
