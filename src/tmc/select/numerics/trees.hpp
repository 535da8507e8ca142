// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The tables of tree_ensemble (ops/op/tree_ensemble.hpp) as those of the kernel
// (kernels/contract/tree_ensemble_f32.hpp): tests of every mode become comparisons of one form, x == t two of them, and
// a node that several lead to is written beside each. Nothing is taken on trust: what comes back leads from every root
// to leaves of the table.

#include <cstdint>
#include <span>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::select {

// The constants of the operator.
struct TreeTables {
  std::span<const int32_t> nodes;  // four words each
  std::span<const float> thresholds;
  std::span<const int32_t> roots;
  std::span<const float> weights;
  std::span<const int32_t> targets;
  int64_t features = 0, outputs = 0;
  bool adds = true;  // sums and averages: a leaf without a weight for a target has 0 for it
};

// The constants of the kernel, and what its parameters say of them.
struct TreeForm {
  std::vector<int32_t> slots;
  std::vector<int32_t> roots;
  std::vector<uint32_t> nodes;
  std::vector<float> weights;
  int32_t depth = 1;
  bool dense = false;
};

// kMalformed for tables that lead nowhere or back, kUnsupportedShape for what is beyond the kernel's integers.
Result<TreeForm> make_tree_form(const TreeTables& tables);

}  // namespace tmc::select
