// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loads the model, where it is one that is to be loaded. A refusal ends the run with its reason and exit code 1.

#include "semihosting.hpp"
#include "tmc_model.hpp"

namespace tmc::board {

inline void load_or_exit() {
  const Refusal refusal = load_model();
  if (refusal.reason == nullptr) return;
  print("harness: the model's image is refused: ");
  print(refusal.reason);
  print(" (");
  print(refusal.subject);
  print(")\n");
  exit(1);
}

}  // namespace tmc::board
