// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What binary elementwise implementations are linear in that run over rows by words: rows, turns and what is left, of
// two tensors or of one and a single value; and outputs that are clamped.

#include "tmc/kernels/common/broadcast.hpp"
#include "tmc/kernels/contract/detail/broadcast_rows.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

template <typename Params>
CostFeatures broadcast_terms(const Params& p, int32_t turn) {
  const double elements = static_cast<double>(broadcast_elements(p));
  const BroadcastRows shape = broadcast_rows(p);
  const double rows = elements / shape.length;
  const double turns = rows * (shape.length / turn);
  const double rest = rows * (shape.length % turn);
  const bool single = shape.a_step == 0 || shape.b_step == 0;
  return {single ? 0 : rows,
          single ? 0 : turns,
          single ? 0 : rest,
          single ? rows : 0,
          single ? turns : 0,
          single ? rest : 0,
          clamped_values(p.activation_min, p.activation_max, elements)};
}

}  // namespace tmc::kernels::armv7em
