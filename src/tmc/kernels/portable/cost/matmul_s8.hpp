// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: values and their products, by how the second matrix is read.

#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/matmul_s8.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::MatmulS8>, const portable::MatmulS8::Params& p) {
  const double rows = 1.0 * p.batch[0] * p.batch[1] * p.batch[2] * p.rows;
  const double values = rows * p.columns;
  return {rows, values, p.transpose_b ? 0 : values * p.inner, p.transpose_b ? values * p.inner : 0};
}

}  // namespace tmc::kernels
