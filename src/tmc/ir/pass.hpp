// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a pass is: a rewrite of a verified graph into a verified graph that computes the same.
//
// A pass is one file in opt/pass/ or quant/pass/ that defines one `Pass`, named like the file, and has a golden text
// test of that name beside it. The tables of passes (opt/passes.hpp, quant/passes.hpp) are generated from the folders;
// the order in which they run is pipeline's. A pass may leave values and nodes behind that nothing reads
// (remove_dead_code takes them) and erased ids (Graph::compact). Error: the graph says something that the pass must
// refuse; it names the node, and the graph is then in no defined state.

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/ir/evaluator.hpp"

namespace tmc::ir {

// What passes took away because no output depends on it.
struct RemovedWork {
  // Of layers: channels of their outputs, weights, products.
  int64_t channels = 0;
  int64_t weights = 0;
  int64_t macs = 0;
  struct Cut {
    int64_t channels = 0;       // that the tensor had along its last axis
    std::vector<int32_t> kept;  // of these, ascending
  };
  std::map<std::string, Cut> tensors;  // by name: those that lost channels
};

struct PassContext {
  Evaluator* evaluator = nullptr;  // null: nothing can be evaluated
  int32_t channel_multiple = 1;    // that the numbers of channels should be of, where a pass chooses them
  RemovedWork* removed = nullptr;  // added to, where it is given
};

struct Pass {
  const char* name;
  const char* doc;  // one sentence
  Status (*run)(Graph& graph, const PassContext& context);
};

// Null where there is none of that name.
inline const Pass* find_pass(std::span<const Pass* const> passes, std::string_view name) {
  for (const Pass* pass : passes) {
    if (name == pass->name) return pass;
  }
  return nullptr;
}

}  // namespace tmc::ir
