// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the portable implementations' work is linear in, for the contracts of a kind.

#include "tmc/kernels/common/attention.hpp"
#include "tmc/kernels/common/broadcast.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::portable {

// Convolutions: values, rows of their windows, taps, taps inside the input, and the channels of those.
template <typename Params>
CostFeatures window_terms(const Params& p) {
  const double values = 1.0 * p.batch * p.output_h * p.output_w * p.output_c;
  const double inside = p.batch * taps_inside(p) * p.output_c;
  return {values, values * p.kernel_h, values * p.kernel_h * p.kernel_w, inside, inside * p.input_c / p.groups};
}

// Pools: pixels, values, and the rows and taps of their windows; of a single window, whose ends an instance of its own
// knows, apart.
template <typename Params>
CostFeatures pool_terms(const Params& p) {
  const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
  const double values = pixels * p.channels;
  const double rows = values * p.kernel_h;
  const double taps = rows * p.kernel_w;
  if (p.output_h == 1 && p.output_w == 1) return {0, 0, 0, 0, values, rows, taps};
  return {pixels, values, rows, taps, 0, 0, 0};
}

// Means: means, runs of values along the innermost reduced axis, and values.
template <typename Params>
CostFeatures mean_terms(const Params& p) {
  const double means = 1.0 * p.kept[0] * p.kept[1] * p.kept[2];
  const double runs = means * p.reduced[0] * p.reduced[1];
  return {means, runs, runs * p.reduced[2]};
}

// Fully connected layers: rows, outputs and products.
template <typename Params>
CostFeatures product_terms(const Params& p) {
  const double outputs = 1.0 * p.batch * p.outputs;
  return {1.0 * p.batch, outputs, outputs * p.inputs};
}

// Binary elementwise: rows, elements, and those that are clamped.
template <typename Params>
CostFeatures broadcast_terms(const Params& p) {
  const double elements = static_cast<double>(broadcast_elements(p));
  return {elements / p.extents[3], elements, clamped_values(p.activation_min, p.activation_max, elements)};
}

// Matrix products: rows, values and their products, by how the second matrix is read.
template <typename Params>
CostFeatures matmul_terms(const Params& p) {
  const double rows = 1.0 * p.batch[0] * p.batch[1] * p.batch[2] * p.rows;
  const double values = rows * p.columns;
  return {rows, values, p.transpose_b ? 0 : values * p.inner, p.transpose_b ? values * p.inner : 0};
}

// Softmax: distributions and their values.
template <typename Params>
CostFeatures softmax_terms(const Params& p) {
  const double distributions = 1.0 * p.outer * p.inner;
  return {distributions, distributions * p.depth};
}

// Attention: rows of heads, their scores, and the products of both kinds.
template <typename Params>
CostFeatures attention_terms(const Params& p) {
  const double rows = 1.0 * p.batch * p.heads * p.queries;
  double scores = 0;
  for (int32_t i = 0; i < p.queries; ++i) {
    const KeyRange seen = keys_of(p, i);
    scores += seen.end > seen.begin ? 1.0 * p.batch * p.heads * (seen.end - seen.begin) : 0;
  }
  return {rows, rows * p.value_size, scores, scores * p.size, scores * p.value_size};
}

}  // namespace tmc::kernels::portable
