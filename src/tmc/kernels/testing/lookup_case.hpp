// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of lookup.

#include "tmc/kernels/contract/lookup.hpp"
#include "tmc/kernels/testing/indexed_case.hpp"

namespace tmc::kernels::testing {

// Of Params whose extents and strides are set.
template <typename T, typename Index>
Case lookup_case(Lookup::Params p, const std::vector<T>& data, const std::vector<Index>& indices, int32_t elements) {
  p.elements = static_cast<int32_t>(data.size());
  p.element_bytes = sizeof(T);
  p.indices_dtype = static_cast<int32_t>(kDTypeOf<Index>);
  Case test_case;
  test_case.kernel = find_kernel("lookup");
  test_case.params = to_words(p);
  test_case.inputs = {to_bytes(data), to_bytes(indices)};
  test_case.output_bytes = static_cast<size_t>(elements) * sizeof(T);
  return test_case;
}

// Rows of an embedding.
template <typename T, typename Index>
Case any_rows_lookup_case(std::mt19937& rng) {
  const int32_t rows = pick(rng, 1, 9), depth = pick(rng, 1, 7), width = pick(rng, 1, 70);
  const auto data = random_values<T>(rng, static_cast<size_t>(depth * width), INT32_MIN, INT32_MAX);
  const Lookup::Params p{.elements = 0,
                         .extents = {1, 1, 1, 1, rows, width},
                         .data_strides = {0, 0, 0, 0, 0, 1},
                         .index_strides = {0, 0, 0, 0, 1, 0},
                         .looked_up = 1,
                         .depths = {depth, 1, 1, 1, 1, 1},
                         .depth_strides = {width},
                         .element_bytes = 0,
                         .indices_dtype = 0};
  return lookup_case(p, data, random_indices<Index>(rng, rows), rows * width);
}

}  // namespace tmc::kernels::testing
