// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: rows and their words, of two tensors or of one and a single value.
#include "tmc/kernels/armv7em/add_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::AddS8>, const armv7em::AddS8::Params& p) {
  const double elements = static_cast<double>(portable::broadcast_elements(p));
  const BroadcastRows shape = broadcast_rows(p);
  const double rows = elements / shape.length;
  const double words = rows * (shape.length / 4);
  const double rest = rows * (shape.length % 4);
  const bool single = shape.a_step == 0 || shape.b_step == 0;
  return {single ? 0 : rows,
          single ? 0 : words,
          single ? 0 : rest,
          single ? rows : 0,
          single ? words : 0,
          single ? rest : 0,
          clamped_values(p.activation_min, p.activation_max, elements)};
}

}  // namespace tmc::kernels
