// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Scaled dot-product attention of heads that lie side by side: query [batch, queries, heads * size], key [batch, keys,
// kv_heads * size], value [batch, keys, kv_heads * value_size], output [batch, queries, heads * value_size]. Head h of
// the queries looks at head h / (heads / kv_heads) of keys and values.
//
// Query i sees keys i + lowest to i + highest, as far as there are any. Of a mask the element of [b, h, i, j] lies at b
// * mask_strides[0] + h * mask_strides[1] + i * mask_strides[2] + j * mask_strides[3]; its dtype is mask_dtype. Where
// has_mask is 0 another tensor stands for it (the query), which is not looked at. A bool hides keys where it is false.
// What a query without any key gives is 0. No model constants but where they are named.
//
// attention_f32: a float mask is added to the scores, of which minus infinity hides. Scores are products, added up in
// the order of `size`, times scale, then softcap * tanh(score / softcap) where softcap is above 0, then with the mask.
// Their exponentials less the largest (base/math.hpp) are added up in the order of keys, and so are their products with
// values, which are divided by that sum at the end.

#include "tmc/base/dtype.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

#define TMC_ATTENTION                                                                   \
  int32_t query_elements, key_elements, value_elements, mask_elements, output_elements; \
  int32_t batch, heads, kv_heads, queries, keys, size, value_size;                      \
  int32_t lowest, highest;                                                              \
  int32_t has_mask, mask_dtype;                                                         \
  int32_t mask_strides[4];

struct AttentionF32 {
  static constexpr const char* kName = "attention_f32";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(TMC_ATTENTION float scale, softcap;)

  struct Buffers {
    const float* query;
    const float* key;
    const float* value;
    const void* mask;
    float* output;
    void* scratch;
  };
  static constexpr BufferInfo kBuffers[] = {{"query", Role::kInput},   {"key", Role::kInput},
                                            {"value", Role::kInput},   {"mask", Role::kInput},
                                            {"output", Role::kOutput}, {"scratch", Role::kScratch}};
};

}  // namespace tmc::kernels
