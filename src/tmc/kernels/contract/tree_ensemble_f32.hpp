// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Decision trees, whose leaves are aggregated to `targets` numbers a row. Every test is of one form: whether the key of
// a slot is at least a threshold.
//
// A slot is a feature as an integer that is ordered as the feature is (tree_key below). A feature that is no number is
// above all thresholds or below them all, as the slot says; a feature of which both is wanted has two slots.
//
// From the root a row goes on to the node `next` behind the one at hand, or where the slot's key is at least the
// threshold to the one after that, until a node whose `next` is 0: a leaf. A path has `depth` tests at most. With
// dense = 0 a leaf has one weight for one target, else `targets` of them, one for each. Aggregates are taken
// in the order of the trees, average over all trees, and `base` is added at the end; a target for which a row has met
// no weight is 0, without it.
//
// The model's constants, in order: slots i32 [slots], twice the feature, plus 1 where what is no number is above;
// roots i32 [trees], numbers of nodes; nodes u32 [nodes, 2], the threshold, slot + next * 65536, and of a leaf the bits
// of its weight, its target, or with dense = 1 the place of its weights, 0; weights f32, of dense leaves, else one that
// is not looked at; base f32 [targets].

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct TreeEnsembleF32 {
  static constexpr const char* kName = "tree_ensemble_f32";

  enum Aggregate : int32_t { kSum, kAverage, kMin, kMax };

  static constexpr Access kAccess = Access::kTrees;
  TMC_PARAMS(int32_t batch, features, targets; int32_t trees, slots, depth; int32_t dense, aggregate;)

  struct Buffers {
    const float* input;    // [batch, features]
    const int32_t* slots;  // this and what follows as the implementation's pack lays it out
    const int32_t* roots;
    const uint32_t* nodes;
    const float* weights;
    const float* base;  // [targets]
    float* output;      // [batch, targets]
    void* scratch;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput},      {"slots", Role::kConstant},
                                            {"roots", Role::kConstant},   {"nodes", Role::kConstant},
                                            {"weights", Role::kConstant}, {"base", Role::kConstant},
                                            {"output", Role::kOutput},    {"scratch", Role::kScratch}};
};

constexpr uint32_t kTreeKeyBelow = 0;
constexpr uint32_t kTreeKeyAbove = 0xffffffff;

// The bits of a number as an integer that is ordered as numbers are; that of -0 is made into that of 0 by the caller.
constexpr uint32_t tree_key(uint32_t bits) {
  return bits ^ (static_cast<uint32_t>(static_cast<int32_t>(bits) >> 31) | 0x80000000);
}

}  // namespace tmc::kernels
