// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Complete trees of few levels, by code with a branch for every test (detail/tree_branches.hpp). Takes a sixth more
// flash than tree_ensemble_f32_complete, and two kilobytes of code. The trees of a target lie together, in their order.

#include "tmc/kernels/armv7em/detail/complete_trees.hpp"
#include "tmc/kernels/armv7em/detail/tree_branches.hpp"
#include "tmc/kernels/common/trees.hpp"

namespace tmc::kernels::armv7em {

struct TreeEnsembleF32Branches : ImplementationOf<kernels::TreeEnsembleF32> {
  static constexpr bool kHasTables = true;
  static constexpr int32_t kMostDepth = 6;

  static constexpr bool applies(const Params& p) { return may_be_complete(p, kMostDepth); }
  static constexpr int64_t scratch_bytes(const Params& p) { return int64_t{p.slots} * int64_t{sizeof(int32_t)}; }
  static constexpr double instructions(const Params& p) {
    return p.batch * (30 + 8.0 * p.slots + 20.0 * p.targets + 1.0 * p.trees * (5 + 4.0 * p.depth));
  }

  static void run(Params p, Buffers b) {
    auto* keys = static_cast<int32_t*>(b.scratch);
    for (int32_t row = 0; row < p.batch; ++row) {
      fill_keys(p, b.input + row * p.features, b.slots, keys);
      const uint32_t* block = b.nodes;
      for (int32_t target = 0; target < p.targets; ++target) {
        float score = 0;
        if (const int32_t trees = b.roots[target]; trees > 0) {
          score = sum(p.depth, block, trees, keys);
          block += trees * tree_block_bytes(p.depth) / 4;
        }
        b.output[row * p.targets + target] = finished_tree_score(p, score, b.base[target]);
      }
    }
  }

 private:
  static float sum(int32_t depth, const uint32_t* first, int32_t trees, const int32_t* keys) {
    const uint32_t* last = first + (trees - 1) * tree_block_bytes(depth) / 4;
    switch (depth) {
      case 2:
        return sum_of_trees<2>(first, last, keys);
      case 3:
        return sum_of_trees<3>(first, last, keys);
      case 4:
        return sum_of_trees<4>(first, last, keys);
      case 5:
        return sum_of_trees<5>(first, last, keys);
      default:
        return sum_of_trees<kMostDepth>(first, last, keys);
    }
  }

  // Keys are the bits of numbers, signed and in their order; -0 is below 0, which thresholds know. `slots` are byte
  // offsets of features, then for each whether what is no number is above. A sum over all features tells whether there
  // may be such.
  static void fill_keys(const Params& p, const float* row, const int32_t* slots, int32_t* keys) {
    const auto feature = [&](int32_t i) {
      return *reinterpret_cast<const float*>(reinterpret_cast<const char*>(row) + slots[i]);
    };
    float probe = 0;
    for (int32_t i = 0; i < p.slots; ++i) {
      const float value = feature(i);
      const auto bits = static_cast<int32_t>(bits_of_float(value));
      keys[i] = bits ^ static_cast<int32_t>(static_cast<uint32_t>(bits >> 31) >> 1);
      probe += value;
    }
    if (probe == probe) return;
    for (int32_t i = 0; i < p.slots; ++i) {
      const float value = feature(i);
      if (value != value) keys[i] = slots[p.slots + i] != 0 ? INT32_MAX : INT32_MIN;
    }
  }
};

}  // namespace tmc::kernels::armv7em
