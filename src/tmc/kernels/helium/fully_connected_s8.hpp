// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Every row of the input is a row of detail/dot_rows.hpp.

#include "tmc/kernels/contract/fully_connected.hpp"
#include "tmc/kernels/helium/detail/dot_rows.hpp"

namespace tmc::kernels::helium {

struct FullyConnectedS8 : ImplementationOf<kernels::FullyConnectedS8> {
  static constexpr double instructions(const Params& p) {
    return 30 + p.batch * dot_rows_instructions(p.inputs, p.outputs);
  }

  static void run(Params p, Buffers b) {
    const DotRows rows{static_cast<const int8_t*>(b.weights),
                       static_cast<const int32_t*>(b.channels),
                       p.inputs,
                       p.outputs,
                       {p.output_zero_point, p.activation_min, p.activation_max}};
    for (int32_t row = 0; row < p.batch; ++row)
      run_dot_rows(rows, b.input + row * p.inputs, b.output + row * p.outputs);
  }
};

}  // namespace tmc::kernels::helium
