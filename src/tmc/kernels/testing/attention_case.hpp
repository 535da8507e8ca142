// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of attention: random extents, windows and masks, and its definition in double.

#include <cmath>
#include <limits>

#include "tmc/kernels/contract/attention.hpp"
#include "tmc/kernels/testing/float_case.hpp"

namespace tmc::kernels::testing {

enum class MaskOf : uint8_t { kNothing, kBools, kNumbers };

// Extents, windows, and strides of a mask that broadcasts along some axes.
template <typename Params>
void randomize_attention(std::mt19937& rng, Params& p, MaskOf mask, DType numbers, DType activations) {
  p.batch = pick(rng, 1, 2);
  p.kv_heads = pick(rng, 1, 3);
  p.heads = p.kv_heads * pick(rng, 1, 2);
  p.queries = pick(rng, 1, 9);
  p.keys = rng() % 4 == 0 ? pick(rng, 60, 150) : pick(rng, 1, 12);
  p.size = rng() % 2 == 0 ? 4 * pick(rng, 1, 5) : pick(rng, 1, 9);
  p.value_size = rng() % 2 == 0 ? p.size : pick(rng, 1, 18);
  p.lowest = rng() % 3 == 0 ? pick(rng, -8, 3) : -200;
  p.highest = rng() % 3 == 0 ? pick(rng, -2, 8) : 200;
  p.query_elements = p.batch * p.queries * p.heads * p.size;
  p.key_elements = p.batch * p.keys * p.kv_heads * p.size;
  p.value_elements = p.batch * p.keys * p.kv_heads * p.value_size;
  p.output_elements = p.batch * p.queries * p.heads * p.value_size;
  p.has_mask = mask != MaskOf::kNothing;
  p.mask_dtype = static_cast<int32_t>(mask == MaskOf::kNothing ? activations
                                      : mask == MaskOf::kBools ? DType::kBool
                                                               : numbers);
  const int32_t extents[] = {p.batch, p.heads, p.queries, p.keys};
  int32_t stride = 1;
  for (int axis = 3; axis >= 0; --axis) {
    p.mask_strides[axis] = 0;
    if (mask == MaskOf::kNothing || rng() % 3 == 0) continue;
    p.mask_strides[axis] = stride;
    stride *= extents[axis];
  }
  p.mask_elements = mask == MaskOf::kNothing ? p.query_elements : stride;
}

inline std::vector<Bool> random_bools(std::mt19937& rng, size_t count) {
  std::vector<Bool> bools;
  for (size_t i = 0; i < count; ++i) bools.push_back(rng() % 3 != 0);
  return bools;
}

// Attention in double. Of a row: score(item, head, query, key), minus infinity where a mask hides it; value(at).
// Weighted means of values by the exponentials of scores, 0 where no key is seen.
template <typename Params, typename Score, typename Value>
std::vector<double> naive_attention(const Params& p, Score score, Value value) {
  std::vector<double> output;
  for (int row = 0; row < p.batch * p.queries * p.heads; ++row) {
    const int head = row % p.heads, i = row / p.heads % p.queries, item = row / p.heads / p.queries;
    std::vector<double> scores;
    double most = -std::numeric_limits<double>::infinity();
    for (int j = 0; j < p.keys; ++j) {
      const bool is_near = j >= i + p.lowest && j <= i + p.highest;
      scores.push_back(is_near ? score(item, head, i, j) : -std::numeric_limits<double>::infinity());
      most = std::max(most, scores.back());
    }
    double sum = 0;
    for (double& each : scores) {
      each = std::isinf(most) ? 0 : std::exp(each - most);
      sum += each;
    }
    for (int d = 0; d < p.value_size; ++d) {
      double mean = 0;
      for (int j = 0; j < p.keys; ++j) {
        const int kv_head = head / (p.heads / p.kv_heads);
        const int at = ((item * p.keys + j) * p.kv_heads + kv_head) * p.value_size + d;
        if (scores[static_cast<size_t>(j)] > 0) mean += scores[static_cast<size_t>(j)] * value(at);
      }
      output.push_back(sum > 0 ? mean / sum : 0);
    }
  }
  return output;
}

// The product of a query and a key, each of which element(at) gives.
template <typename Params, typename Query, typename Key>
double naive_score(const Params& p, Query query, Key key, int item, int head, int i, int j) {
  double sum = 0;
  const int kv_head = head / (p.heads / p.kv_heads);
  for (int d = 0; d < p.size; ++d) {
    sum += query(((item * p.queries + i) * p.heads + head) * p.size + d) *
           key(((item * p.keys + j) * p.kv_heads + kv_head) * p.size + d);
  }
  return sum;
}

template <typename Params>
size_t mask_place(const Params& p, int item, int head, int i, int j) {
  return static_cast<size_t>(item * p.mask_strides[0] + head * p.mask_strides[1] + i * p.mask_strides[2] +
                             j * p.mask_strides[3]);
}

}  // namespace tmc::kernels::testing
