// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the work of layers of int16 activations is linear in.

#include <cmath>

#include "tmc/kernels/armv7em/detail/int16_rows.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

inline double clamped_int16_values(int32_t low, int32_t high, double values) {
  return low > INT16_MIN || high < INT16_MAX ? values : 0;
}

// In which long rows are added up.
inline double int16_parts(double steps) {
  return std::ceil(steps / kExactSteps);
}

// Products: rows, steps of eight inputs, blocks of four channels, parts of rows, and outputs.
template <typename Implementation>
CostFeatures int16_product_terms(const typename Implementation::Params& p) {
  const double rows = p.batch;
  const double steps = steps_of_eight(p.inputs);
  const double blocks = Implementation::blocks(p);
  return {rows,
          rows * steps,
          rows * blocks,
          rows * blocks * int16_parts(steps),
          rows * blocks * steps,
          rows * p.outputs,
          clamped_int16_values(p.activation_min, p.activation_max, rows * p.outputs)};
}

}  // namespace tmc::kernels::armv7em
