// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Probabilities of classes [rows, classes] from estimates of pairs [rows, classes * (classes - 1) / 2], r(i, j) of the
// pair (i, j), i before j, in the order of i and then j, above 0 and below 1; r(j, i) = 1 - r(i, j). They minimise
// p'Qp, where Q(t, t) is the sum of r(j, t)^2 over the others and Q(t, j) = -r(j, t) r(t, j), and sum to 1 (Wu, Lin and
// Weng, 2004). As libsvm has it: from equal shares on, rounds over the classes until no element of Qp is 0.005 /
// classes away from p'Qp, at most kMostRounds. No model constants.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct PairwiseCouplingF32 {
  static constexpr const char* kName = "pairwise_coupling_f32";
  static constexpr int32_t kMostRounds = 100;

  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t input_elements, output_elements; int32_t rows, classes;)

  struct Buffers {
    const float* input;
    float* output;
    void* scratch;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"input", Role::kInput}, {"output", Role::kOutput}, {"scratch", Role::kScratch}};
};

}  // namespace tmc::kernels
