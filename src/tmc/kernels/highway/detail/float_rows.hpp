// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The loops in float that a decoder's token takes, each compiled for several instruction sets, of which the best that
// this processor has runs (host/dispatch.hpp). They give the bits of the portable implementations: every sum is added
// up in their order, lanes being what does not meet in a sum, and no product is fused with one.
//
// Weights and biases lie in blocks of outputs as those of the other float layers do (float_layers.hpp).

#include <stdint.h>

#include "tmc/kernels/highway/detail/float_layers.hpp"

namespace tmc::kernels::highway {

// output[r, o] = bias[o] + sum over i of input[r, i] * weights[o, i], within [low, high].
struct FloatRows {
  const float* input;
  int32_t rows, inputs, outputs;
  const float* weights;
  const float* bias;
  float low, high;
  float* output;
};
void multiply_float_rows(const FloatRows& p);

// The newest token's heads over the slots that it sees (contract/cached_attention.hpp). Slots below `sinks` are seen by
// the query that lies sink_query elements behind.
struct SlotAttention {
  static constexpr int32_t kMostSize = 256;  // of a key; a run of keys is turned on the stack
  static constexpr int32_t kMostGroup = 64;  // heads that share keys and values

  const float* query;
  const float* keys;
  const float* values;
  int32_t heads, kv_heads, size, value_size;
  int32_t seen, sinks, sink_query;
  float scale;
  float* output;
};
void attend_to_slots(const SlotAttention& p);

}  // namespace tmc::kernels::highway
