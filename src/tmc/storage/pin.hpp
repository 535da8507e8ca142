// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which constants move from flash to a faster memory. A constant gains by how often a run reads each of its bytes,
// which is in proportion to the multiply-accumulates that a byte of weights stands for: those of a convolution are read
// for every tile of pixels, those of a fully connected layer once.

#include <cstdint>
#include <string>

#include "tmc/program/program.hpp"

namespace tmc::storage {

struct PinRequest {
  std::string region;  // of the target's memory, a RAM
  int64_t bytes = 0;   // that constants may take there
};

// Pins weights of the steps with the most MACs a byte, largest gain first, as far as they fit. Bytes are counted with
// the alignment that they get. Returns the bytes pinned.
int64_t pin_weights(program::Program& program, const PinRequest& request);

}  // namespace tmc::storage
