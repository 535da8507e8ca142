// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference: the keys of a row in scratch, then one tree after the other, each from its root to a leaf.

#include "tmc/kernels/common/trees.hpp"

namespace tmc::kernels::portable {

struct TreeEnsembleF32 : ImplementationOf<kernels::TreeEnsembleF32> {
  static constexpr int64_t scratch_bytes(const Params& p) { return int64_t{p.slots} * int64_t{sizeof(uint32_t)}; }
  static constexpr double instructions(const Params& p) {
    return p.batch * (20 + 12.0 * p.slots + (p.dense != 0 ? 8.0 : 2.0) * p.targets +
                      1.0 * p.trees * (15 + 10.0 * p.depth + (p.dense != 0 ? 6.0 * p.targets : 0)));
  }

  static void run(Params p, Buffers b) {
    auto* keys = static_cast<uint32_t*>(b.scratch);
    for (int32_t row = 0; row < p.batch; ++row) {
      fill_tree_keys(b.input + row * p.features, b.slots, p.slots, keys);
      float* scores = b.output + row * p.targets;
      for (int32_t target = 0; target < p.targets; ++target) scores[target] = float_of_bits(kNoWeight);
      for (int32_t tree = 0; tree < p.trees; ++tree) {
        const uint32_t* leaf = find_leaf(b.nodes + 2 * b.roots[tree], keys);
        if (p.dense == 0) {
          add(p, scores[leaf[1]], float_of_bits(leaf[0]));
        } else {
          for (int32_t target = 0; target < p.targets; ++target) add(p, scores[target], b.weights[leaf[0] + target]);
        }
      }
      for (int32_t target = 0; target < p.targets; ++target) {
        const float score = scores[target];
        scores[target] = has_weight(score) ? finished_tree_score(p, score, b.base[target]) : 0;
      }
    }
  }

 private:
  // The score before the first weight: no number that arithmetic gives.
  static constexpr uint32_t kNoWeight = 0x7fc5a5a5;
  static bool has_weight(float score) { return bits_of_float(score) != kNoWeight; }

  static const uint32_t* find_leaf(const uint32_t* node, const uint32_t* keys) {
    for (uint32_t next = node[1] >> 16; next != 0; next = node[1] >> 16) {
      const uint32_t above = keys[node[1] & 0xffff] >= node[0] ? 1 : 0;
      node += 2 * (next + above);
    }
    return node;
  }

  static void add(const Params& p, float& score, float weight) {
    const bool is_first = !has_weight(score);
    if (is_first) {
      score = weight;
    } else if (p.aggregate <= Contract::kAverage) {
      score += weight;
    } else if (p.aggregate == Contract::kMin ? weight < score : weight > score) {
      score = weight;
    }
  }
};

}  // namespace tmc::kernels::portable
