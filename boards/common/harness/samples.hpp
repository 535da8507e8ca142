// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The samples that a harness runs: `inputs.bin` holds the inputs of each, one after the other, and `outputs.bin`
// receives the outputs in the same way. The arena is the harness's own.

#include <stdint.h>

#include "semihosting.hpp"
#include "tmc_model.hpp"

namespace tmc::board {

class Samples {
 public:
  Samples();

  uint32_t count() const { return count_; }
  // The arenas with the next sample's inputs in their places.
  Arenas load();
  // Appends the outputs that lie in the arenas now.
  void store_outputs();
  void close();

 private:
  File inputs_;
  File outputs_;
  uint32_t count_;
};

}  // namespace tmc::board
