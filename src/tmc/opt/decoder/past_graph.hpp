// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A decoder that takes the keys and values of the tokens before as inputs and gives them with those of the new tokens
// behind them, as a graph of fixed lengths; and what is to be known of it to make it the step of a stream.

#include <string>
#include <vector>

#include "tmc/ir/evaluator.hpp"

namespace tmc::opt {

struct PastGraph {
  struct Cache {
    ir::ValueId past = ir::ValueId::kNone, present = ir::ValueId::kNone;
    int axis = 0;  // that counts tokens
  };
  ir::ValueId tokens = ir::ValueId::kNone;     // i32 or i64 [1, tokens]
  ir::ValueId positions = ir::ValueId::kNone;  // the same type's; those of a run are `past` and those that follow
  ir::ValueId logits = ir::ValueId::kNone;
  std::vector<Cache> caches;
  int64_t past = 0, block = 1;  // tokens before, and new ones
};

// What the step keeps of the tokens before.
struct Stream {
  int64_t window = 0;  // slots of each cache
  int64_t sinks = 0;   // of these, fewer
};

}  // namespace tmc::opt
