// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: attention.

#include "tmc/frontend/onnx/testing/op_case.hpp"

namespace tmc::frontend::onnx_format::op_cases {

inline const Case kAttentionCases[] = {
    {"Attention", 23,
     [](ModelBuilder& m) {
       m.input("q", {1, 2, 2, 4});
       m.input("k", {1, 1, 3, 4});
       ModelBuilder::set(m.op("Attention", {"q", "k", "k"}, {"y"}), "is_causal", int64_t{1});
     },
     "y_query_flat_rows: f32[1,2,2,4] = transpose(q) perm=[0,2,1,3]\n"
     "y_query_flat: f32[1,2,8] = reshape(y_query_flat_rows) shape=[1,2,8]\n"
     "y_key_flat_rows: f32[1,3,1,4] = transpose(k) perm=[0,2,1,3]\n"
     "y_key_flat: f32[1,3,4] = reshape(y_key_flat_rows) shape=[1,3,4]\n"
     "y_value_flat_rows: f32[1,3,1,4] = transpose(k) perm=[0,2,1,3]\n"
     "y_value_flat: f32[1,3,4] = reshape(y_value_flat_rows) shape=[1,3,4]\n"
     "y_flat: f32[1,2,8] = attention(y_query_flat, y_key_flat, y_value_flat) heads=2 causal=true position=0\n"
     "y_split: f32[1,2,2,4] = reshape(y_flat) shape=[1,2,2,4]\n"
     "y: f32[1,2,2,4] = transpose(y_split) perm=[0,2,1,3] @\"Attention:y\"\n"},
    {"Attention.lengths", 24,
     [](ModelBuilder& m) {
       m.input("q", {1, 1, 2, 4});
       m.input("n", {1}, ::onnx::TensorProto::INT64);
       m.op("Attention", {"q", "q", "q", "", "", "", "n"}, {"y"});
     },
     "y_scaled: f32[1,1,2,4] = mul(q, y_scale)\n"
     "y_products: f32[1,1,2,2] = matmul(y_scaled, q) transpose_b=true\n"
     "y_lengths: i64[1,1,1,1] = reshape(n) shape=[1,1,1,1]\n"
     "y_within: bool[1,1,1,2] = less(y_places, y_lengths)\n"
     "y_padding: f32[1,1,1,2] = where(y_within, y_padding_zero, y_padding_never)\n"
     "y_masked: f32[1,1,2,2] = add(y_products, y_padding)\n"
     "y_shares: f32[1,1,2,2] = softmax(y_masked)\n"
     "y_most: f32[1,1,1,1] = reduce_max(y_padding) axes=[-1] keep_dims=true\n"
     "y_empty: bool[1,1,1,1] = equal(y_most, y_never_seen)\n"
     "y_attended: f32[1,1,2,2] = where(y_empty, y_nothing, y_shares)\n"
     "y: f32[1,1,2,4] = matmul(y_attended, q) @\"Attention:y\"\n"},
    {"Attention.heads", 23,
     [](ModelBuilder& m) {
       m.input("q", {1, 2, 9});
       auto& node = m.op("Attention", {"q", "q", "q"}, {"y"});
       ModelBuilder::set(node, "q_num_heads", int64_t{2});
       ModelBuilder::set(node, "kv_num_heads", int64_t{2});
     },
     "node 'Attention:y': widths 9, 9 and 9 are not those of 2 and 2 heads"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
