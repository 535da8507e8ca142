// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// fully_connected_s8 of which a table is looked up in every output before it is stored.

#include "tmc/kernels/armv7em/fully_connected_s8.hpp"
#include "tmc/kernels/common/table_after.hpp"

namespace tmc::kernels::armv7em {

struct FullyConnectedS8Table : FullyConnectedS8 {
  using Contract = kernels::FullyConnectedS8Table;
  using Buffers = Contract::Buffers;

  static constexpr bool kHasTables = true;

  static constexpr bool applies(const Params& p) { return has_full_range(p); }
  static constexpr double instructions(const Params& p) {
    return FullyConnectedS8::instructions(p) + 1.25 * p.batch * p.outputs;
  }

  static void run(Params p, Buffers b) {
    const int8_t* table = centre_of(b.table);
    run_rows(p, without_table(b), [table](const BlockTile& tile) { run_block_table_tile(&tile, table); });
  }
};

}  // namespace tmc::kernels::armv7em
