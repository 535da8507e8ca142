// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/fully_connected_f32.hpp"

#include "tmc/kernels/highway/detail/float_rows.hpp"

namespace tmc::kernels::highway {

void FullyConnectedF32::run(Params p, Buffers b) {
  multiply_float_rows({.input = b.input,
                       .rows = p.batch,
                       .inputs = p.inputs,
                       .outputs = p.outputs,
                       .weights = static_cast<const float*>(b.weights),
                       .bias = b.bias,
                       .low = p.activation_min,
                       .high = p.activation_max,
                       .output = b.output});
}

}  // namespace tmc::kernels::highway
