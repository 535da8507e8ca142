// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: operators of the domain com.microsoft. Their importers are called "microsoft/Name".

#include "tmc/frontend/onnx/testing/op_case.hpp"

namespace tmc::frontend::onnx_format::op_cases {

inline ::onnx::NodeProto& microsoft_op(ModelBuilder& m, const char* type, const ModelBuilder::Names& inputs,
                                       const ModelBuilder::Names& outputs) {
  ::onnx::NodeProto& node = m.op(type, inputs, outputs);
  node.set_domain("com.microsoft");
  return node;
}

inline const Case kMicrosoftCases[] = {
    {"microsoft/Attention", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 4});
       m.input("w", {4, 12});
       m.input("n", {1}, ::onnx::TensorProto::INT32);
       ModelBuilder::set(microsoft_op(m, "Attention", {"x", "w", "", "n"}, {"y"}), "num_heads", int64_t{2});
     },
     "y_query_weights: f32[4,4] = slice(w) begins=[0,0] sizes=[4,4] steps=[1,1]\n"
     "y_query: f32[1,2,4] = matmul(x, y_query_weights)\n"
     "y_key_weights: f32[4,4] = slice(w) begins=[0,4] sizes=[4,4] steps=[1,1]\n"
     "y_key: f32[1,2,4] = matmul(x, y_key_weights)\n"
     "y_value_weights: f32[4,4] = slice(w) begins=[0,8] sizes=[4,4] steps=[1,1]\n"
     "y_value: f32[1,2,4] = matmul(x, y_value_weights)\n"
     "y_lengths: i32[1,1,1,1] = reshape(n) shape=[1,1,1,1]\n"
     "y_within: bool[1,1,1,2] = less(y_places, y_lengths)\n"
     "y_bias: f32[1,1,1,2] = where(y_within, y_nothing, y_filter)\n"
     "y: f32[1,2,4] = attention(y_query, y_key, y_value, y_bias) heads=2 kv_heads=2 @\"Attention:y\"\n"},
    {"microsoft/Attention.past", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 4});
       m.input("w", {4, 12});
       m.input("p", {2, 1, 2, 3, 2});
       ModelBuilder::set(microsoft_op(m, "Attention", {"x", "w", "", "", "p"}, {"y"}), "num_heads", int64_t{2});
     },
     "y_query_weights: f32[4,4] = slice(w) begins=[0,0] sizes=[4,4] steps=[1,1]\n"
     "y_query: f32[1,2,4] = matmul(x, y_query_weights)\n"
     "y_key_weights: f32[4,4] = slice(w) begins=[0,4] sizes=[4,4] steps=[1,1]\n"
     "y_key: f32[1,2,4] = matmul(x, y_key_weights)\n"
     "y_value_weights: f32[4,4] = slice(w) begins=[0,8] sizes=[4,4] steps=[1,1]\n"
     "y_value: f32[1,2,4] = matmul(x, y_value_weights)\n"
     "y_keys_split: f32[1,2,2,2] = reshape(y_key) shape=[1,2,2,2]\n"
     "y_keys: f32[1,2,2,2] = transpose(y_keys_split) perm=[0,2,1,3]\n"
     "y_keys_past_part: f32[1,1,2,3,2] = slice(p) begins=[0,0,0,0,0] sizes=[1,1,2,3,2] steps=[1,1,1,1,1]\n"
     "y_keys_past: f32[1,2,3,2] = reshape(y_keys_past_part) shape=[1,2,3,2]\n"
     "y_keys_with_past: f32[1,2,5,2] = concat(y_keys_past, y_keys) axis=2\n"
     "y_keys_flat_rows: f32[1,5,2,2] = transpose(y_keys_with_past) perm=[0,2,1,3]\n"
     "y_keys_flat: f32[1,5,4] = reshape(y_keys_flat_rows) shape=[1,5,4]\n"
     "y_keys_present: f32[1,1,2,5,2] = reshape(y_keys_with_past) shape=[1,1,2,5,2]\n"
     "y_values_split: f32[1,2,2,2] = reshape(y_value) shape=[1,2,2,2]\n"
     "y_values: f32[1,2,2,2] = transpose(y_values_split) perm=[0,2,1,3]\n"
     "y_values_past_part: f32[1,1,2,3,2] = slice(p) begins=[1,0,0,0,0] sizes=[1,1,2,3,2] steps=[1,1,1,1,1]\n"
     "y_values_past: f32[1,2,3,2] = reshape(y_values_past_part) shape=[1,2,3,2]\n"
     "y_values_with_past: f32[1,2,5,2] = concat(y_values_past, y_values) axis=2\n"
     "y_values_flat_rows: f32[1,5,2,2] = transpose(y_values_with_past) perm=[0,2,1,3]\n"
     "y_values_flat: f32[1,5,4] = reshape(y_values_flat_rows) shape=[1,5,4]\n"
     "y_values_present: f32[1,1,2,5,2] = reshape(y_values_with_past) shape=[1,1,2,5,2]\n"
     "y: f32[1,2,4] = attention(y_query, y_keys_flat, y_values_flat) heads=2 kv_heads=2 position=3 @\"Attention:y\"\n"},
    {"microsoft/MultiHeadAttention", 17,
     [](ModelBuilder& m) {
       m.input("q", {1, 2, 2, 3, 4});
       m.input("n", {1, 2}, ::onnx::TensorProto::INT32);
       auto& node = microsoft_op(m, "MultiHeadAttention", {"q", "", "", "", "n"}, {"y"});
       ModelBuilder::set(node, "num_heads", int64_t{2});
       ModelBuilder::set(node, "unidirectional", int64_t{1});
     },
     "y_query_part: f32[1,2,2,1,4] = slice(q) begins=[0,0,0,0,0] sizes=[1,2,2,1,4] steps=[1,1,1,1,1]\n"
     "y_query_rows: f32[1,2,8] = reshape(y_query_part) shape=[1,2,8]\n"
     "y_key_part: f32[1,2,2,1,4] = slice(q) begins=[0,0,0,1,0] sizes=[1,2,2,1,4] steps=[1,1,1,1,1]\n"
     "y_key_rows: f32[1,2,8] = reshape(y_key_part) shape=[1,2,8]\n"
     "y_value_part: f32[1,2,2,1,4] = slice(q) begins=[0,0,0,2,0] sizes=[1,2,2,1,4] steps=[1,1,1,1,1]\n"
     "y_value_rows: f32[1,2,8] = reshape(y_value_part) shape=[1,2,8]\n"
     "y_mask: i32[1,1,1,2] = reshape(n) shape=[1,1,1,2]\n"
     "y_seen: bool[1,1,1,2] = greater(y_mask, y_zero)\n"
     "y_bias: f32[1,1,1,2] = where(y_seen, y_nothing, y_filter)\n"
     "y: f32[1,2,8] = attention(y_query_rows, y_key_rows, y_value_rows, y_bias) heads=2 kv_heads=2 causal=true "
     "position=0 @\"MultiHeadAttention:y\"\n"},
    {"microsoft/GroupQueryAttention", 17,
     [](ModelBuilder& m) {
       m.input("q", {1, 2, 8});
       m.input("k", {1, 2, 4});
       m.constant<int32_t>("n", {1}, {1});
       auto& node = microsoft_op(m, "GroupQueryAttention", {"q", "k", "k", "", "", "n", "n"}, {"y"});
       ModelBuilder::set(node, "num_heads", int64_t{2});
       ModelBuilder::set(node, "kv_num_heads", int64_t{1});
       ModelBuilder::set(node, "local_window_size", int64_t{3});
     },
     "y: f32[1,2,8] = attention(q, k, k) heads=2 causal=true position=0 left_window=2 @\"GroupQueryAttention:y\"\n"},
    {"microsoft/SkipLayerNormalization", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 3});
       m.input("skip", {1, 2, 3});
       m.constant<float>("s", {3}, {1, 2, 3});
       m.constant<float>("b", {3}, {4, 5, 6});
       m.constant<float>("c", {3}, {7, 8, 9});
       microsoft_op(m, "SkipLayerNormalization", {"x", "skip", "s", "b", "c"}, {"y"});
     },
     "y_both: f32[1,2,3] = add(x, skip)\n"
     "y_sum: f32[1,2,3] = add(y_both, c)\n"
     "y: f32[1,2,3] = layer_norm(y_sum, s, b) @\"SkipLayerNormalization:y\"\n"},
    {"microsoft/SkipLayerNormalization.training", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 3});
       m.constant<float>("s", {3}, {1, 2, 3});
       microsoft_op(m, "SkipLayerNormalization", {"x", "x", "s"}, {"z", "y"});
     },
     "node 'SkipLayerNormalization:z': its mean or its inverse deviation is read, which only training needs"},
    {"microsoft/SkipSimplifiedLayerNormalization", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 3});
       m.constant<float>("s", {3}, {1, 2, 3});
       microsoft_op(m, "SkipSimplifiedLayerNormalization", {"x", "x", "s"}, {"y"});
     },
     "y_sum: f32[1,2,3] = add(x, x)\n"
     "y: f32[1,2,3] = rms_norm(y_sum, s) @\"SkipSimplifiedLayerNormalization:y\"\n"},
    {"microsoft/EmbedLayerNormalization", 17,
     [](ModelBuilder& m) {
       m.input("ids", {1, 2, 3}, ::onnx::TensorProto::INT32);
       m.constant<float>("t", {1, 2}, {1, 2});
       m.constant<float>("s", {2}, {1, 2});
       microsoft_op(m, "EmbedLayerNormalization", {"ids", "", "t", "t", "", "s", "s"}, {"y"});
     },
     "node 'EmbedLayerNormalization:y': its ids have rank 3"},
    {"microsoft/RotaryEmbedding", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 4});
       m.input("p", {1, 2}, ::onnx::TensorProto::INT64);
       m.input("c", {3, 2});
       m.input("s", {3, 2});
       microsoft_op(m, "RotaryEmbedding", {"x", "p", "c", "s"}, {"y"});
     },
     "y_cos: f32[1,2,2] = lookup(c, p)\n"
     "y_sin: f32[1,2,2] = lookup(s, p)\n"
     "y: f32[1,2,4] = rotary_embedding(x, y_cos, y_sin) @\"RotaryEmbedding:y\"\n"},
    {"microsoft/RotaryEmbedding.packed", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 4});
       m.input("c", {3, 2});
       ModelBuilder::set(microsoft_op(m, "RotaryEmbedding", {"x", "x", "c", "c"}, {"y"}), "is_packed_batching",
                         int64_t{1});
     },
     "node 'RotaryEmbedding:y': its items are packed (is_packed_batching)"},
    {"microsoft/RotaryEmbedding.position", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 4});
       m.constant<int64_t>("p", {1, 2}, {1, 3});
       m.input("c", {3, 2});
       microsoft_op(m, "RotaryEmbedding", {"x", "p", "c", "c"}, {"y"});
     },
     "node 'RotaryEmbedding:y': position 3 is outside its table of 3"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
