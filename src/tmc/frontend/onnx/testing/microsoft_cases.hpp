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
