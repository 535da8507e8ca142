// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/fully_connected_s8.hpp"

#include <string.h>

#include "tmc/kernels/highway/detail/int8_layers.hpp"

namespace tmc::kernels::highway {

int64_t FullyConnectedS8::scratch_bytes(const Params& p) {
  return p.inputs % kQuad == 0 ? 0 : int64_t{p.batch} * round_up(p.inputs, kQuad);
}

void FullyConnectedS8::run(Params p, Buffers b) {
  const int32_t depth = round_up(p.inputs, kQuad);
  const int8_t* rows = b.input;
  if (depth != p.inputs) {
    // What lies behind a row meets weights of 0.
    auto* const copies = static_cast<int8_t*>(b.scratch);
    for (int32_t row = 0; row < p.batch; ++row) {
      memcpy(copies + row * int64_t{depth}, b.input + row * int64_t{p.inputs}, static_cast<size_t>(p.inputs));
    }
    rows = copies;
  }
  multiply_rows({.input = rows,
                 .rows = {1, p.batch, 0, depth},
                 .runs = {1, 1, depth / kQuad, 0, 0},
                 .weights = static_cast<const int8_t*>(b.weights),
                 .channels = static_cast<const int32_t*>(b.channels),
                 .outputs = p.outputs,
                 .range = {p.output_zero_point, p.activation_min, p.activation_max},
                 .output = b.output});
}

}  // namespace tmc::kernels::highway
