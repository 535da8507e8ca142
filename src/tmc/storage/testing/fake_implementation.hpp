// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// An implementation with any number of bytes in and out and any overlap rule, for programs that exist in tests only. It
// reads and writes exactly as its rule promises and no safer: one byte further of overlap than it allows changes its
// output, and so does whoever writes to its scratch or its inputs while it runs.

#include <cstdint>
#include <vector>

#include "tmc/kernels/host/registry.hpp"

namespace tmc::storage::testing {

constexpr int kMaxInputs = 3;

struct FakeParams {
  int32_t seed;
  int32_t kind;  // kernels::Overlap::Kind of all its overlaps: the order in which it runs
  int32_t output_bytes;
  int32_t scratch_bytes;
  int32_t input_bytes[kMaxInputs];
  int32_t overlaps[kMaxInputs];  // whether the output may run into that input, as far as slack_bytes
  int32_t slack_bytes[kMaxInputs];
};

// For 1 to kMaxInputs inputs; operands: the inputs, the output, the scratch.
const kernels::ImplementationInfo* fake_implementation(int inputs);

}  // namespace tmc::storage::testing
