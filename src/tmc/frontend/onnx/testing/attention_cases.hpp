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
     "y_keys: f32[1,2,3,4] = gather(k) axes=[1] counts=[2] indices=[0,0]\n"
     "y_values: f32[1,2,3,4] = gather(k) axes=[1] counts=[2] indices=[0,0]\n"
     "y_scaled: f32[1,2,2,4] = mul(q, y_scale)\n"
     "y_products: f32[1,2,2,3] = matmul(y_scaled, y_keys) transpose_b=true\n"
     "y_masked: f32[1,2,2,3] = add(y_products, y_near)\n"
     "y_shares: f32[1,2,2,3] = softmax(y_masked)\n"
     "y: f32[1,2,2,4] = matmul(y_shares, y_values) @\"Attention:y\"\n"},
    {"Attention.heads", 23,
     [](ModelBuilder& m) {
       m.input("q", {1, 2, 9});
       auto& node = m.op("Attention", {"q", "q", "q"}, {"y"});
       ModelBuilder::set(node, "q_num_heads", int64_t{2});
       ModelBuilder::set(node, "kv_num_heads", int64_t{2});
     },
     "node 'Attention:y': its input 0 does not split into 2 heads"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
