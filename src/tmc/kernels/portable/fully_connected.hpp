// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits.

#include "tmc/base/math.hpp"
#include "tmc/kernels/common/table_after.hpp"
#include "tmc/kernels/contract/fully_connected.hpp"
#include "tmc/kernels/portable/detail/direct_layers.hpp"
#include "tmc/kernels/portable/detail/float_weights.hpp"

namespace tmc::kernels::portable {

// The reference for bits: one output at a time, straight from the contract.
struct FullyConnectedS8 : ImplementationOf<kernels::FullyConnectedS8> {
  static constexpr double instructions(const Params& p) { return 8.0 * p.batch * p.inputs * p.outputs; }

  static void run(Params p, Buffers b) { connect_directly<int8_t>(p, b); }
};

// The reference for bits: the layer, then the table.
struct FullyConnectedS8Table : ImplementationOf<kernels::FullyConnectedS8Table> {
  static constexpr double instructions(const Params& p) {
    return FullyConnectedS8::instructions(p) + 6.0 * p.batch * p.outputs;
  }

  static void run(Params p, Buffers b) {
    FullyConnectedS8::run(p, without_table(b));
    look_up(b.table, b.output, p.batch * p.outputs);
  }
};

// The reference for bits: one output at a time (portable/detail/direct_layers.hpp).
struct FullyConnectedS16 : ImplementationOf<kernels::FullyConnectedS16> {
  static constexpr bool applies(const Params& p) { return Contract::is_symmetric(p); }
  static constexpr double instructions(const Params& p) { return 8.0 * p.batch * p.inputs * p.outputs; }
  static void run(Params p, Buffers b) { connect_directly<int16_t>(p, b); }
};

// The reference for bits: one output at a time, straight from the contract.
struct FullyConnectedF32 : ImplementationOf<kernels::FullyConnectedF32> {
  static constexpr double instructions(const Params& p) {
    return (p.half_weights ? 20.0 : 5.0) * p.batch * p.inputs * p.outputs;
  }

  static void run(Params p, Buffers b) {
    with_weights(b.weights, p.half_weights, [&](auto weights) {
      for (int32_t row = 0; row < p.batch; ++row) {
        const float* input = b.input + row * p.inputs;
        for (int32_t o = 0; o < p.outputs; ++o) {
          float sum = b.bias[o];
          for (int32_t i = 0; i < p.inputs; ++i) sum += input[i] * weights[o * p.inputs + i];
          b.output[row * p.outputs + o] = clamp_f32(sum, p.activation_min, p.activation_max);
        }
      }
    });
  }
};

}  // namespace tmc::kernels::portable
