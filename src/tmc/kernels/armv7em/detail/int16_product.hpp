// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Fully connected layer over int16 activations: a row is copied into scratch, which fills it up to whole steps, then
// all outputs run over it (detail/int16_rows.hpp).

#include "tmc/kernels/armv7em/detail/int16_rows.hpp"
#include "tmc/kernels/armv7em/detail/move.hpp"
#include "tmc/kernels/contract/fully_connected.hpp"

namespace tmc::kernels::armv7em {

template <typename AnyChannel>
struct Int16Product : ImplementationOf<kernels::FullyConnectedS16> {
  static constexpr bool applies(const Params& p) { return Contract::is_symmetric(p); }
  static constexpr int64_t scratch_bytes(const Params& p) { return 16 * int64_t{steps_of_eight(p.inputs)}; }
  // A row is read as a whole before its outputs are written.
  static constexpr Overlap overlap(const Params& p, int) {
    const int64_t room = 2 * (int64_t{p.inputs} - p.outputs);
    const int64_t last = p.batch - 1;
    const int64_t slack = p.batch == 1 ? 2 * int64_t{p.inputs} : room < 0 ? last * room : room;
    return {Overlap::Kind::kForward, static_cast<int32_t>(slack)};
  }
  static constexpr double instructions(const Params& p) {
    const double steps = steps_of_eight(p.inputs);
    const double block = sizeof(AnyChannel) == sizeof(ShortChannel) ? 34 : 160;
    return 30 + p.batch * (60 + 3 * steps + blocks(p) * (block + 38 * steps));
  }
  static constexpr int32_t blocks(const Params& p) { return (p.outputs + 3) / 4; }

  static void run(Params p, Buffers b) {
    const Int16Rows rows{static_cast<const int32_t*>(b.scratch),
                         static_cast<const int32_t*>(b.weights),
                         steps_of_eight(p.inputs),
                         p.outputs,
                         p.activation_min,
                         p.activation_max};
    for (int32_t row = 0; row < p.batch; ++row) {
      move_up(static_cast<int8_t*>(b.scratch), reinterpret_cast<const int8_t*>(b.input + row * p.inputs), 2 * p.inputs);
      run_int16_rows(rows, static_cast<const AnyChannel*>(b.channels), b.output + row * p.outputs);
    }
  }
};

}  // namespace tmc::kernels::armv7em
