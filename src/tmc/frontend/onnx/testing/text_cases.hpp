// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: strings, outputs of which only a run knows how many elements they have, and others whose
// answers are compared elsewhere.

#include "tmc/frontend/onnx/testing/structured_cases.hpp"

namespace tmc::frontend::onnx_format::op_cases {

inline const Case kTextCases[] = {
    {"StringNormalizer", 17,
     [](ModelBuilder& m) {
       m.input("x", {2}, ::onnx::TensorProto::STRING);
       m.op("StringNormalizer", {"x"}, {"y"});
     },
     "y: u8[2,32] = reshape(x) shape=[2,32] @\"StringNormalizer:y\"\n"},
    {"StringNormalizer.of_numbers", 17,
     [](ModelBuilder& m) {
       m.input("x", {2});
       m.op("StringNormalizer", {"x"}, {"y"});
     },
     "node 'StringNormalizer:y': its input 'x' holds no strings"},
    {"StringConcat", 20,
     [](ModelBuilder& m) {
       m.input("x", {2}, ::onnx::TensorProto::STRING);
       m.input("z", {2});
       m.op("StringConcat", {"x", "z"}, {"y"});
     },
     "node 'StringConcat:y': its input 'z' holds no strings"},
    {"Relu.of_strings", 17,
     [](ModelBuilder& m) {
       m.input("x", {2}, ::onnx::TensorProto::STRING);
       m.op("Relu", {"x"}, {"y"});
     },
     "node 'Relu:y': tensor 'x' holds strings, with which it does not compute"},
    {"Squeeze.of_strings", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 1}, ::onnx::TensorProto::STRING);
       m.op("Squeeze", {"x"}, {"y"});
     },
     "y_strings0: u8[2,32] = reshape(x) shape=[2,32]\n"
     "y: u8[2,32] = reshape(y_strings0) shape=[2,32] @\"Squeeze:y\"\n"},
    {"ml/CategoryMapper", 17,
     [](ModelBuilder& m) {
       m.input("x", {2}, ::onnx::TensorProto::STRING);
       auto& node = ml_op(m, "CategoryMapper", {"x"}, {"y"});
       ModelBuilder::set(node, "cats_int64s", ModelBuilder::Dims{1, 2});
     },
     "node 'CategoryMapper:y': it has 0 keys and 2 values"},
    {"BitCast", 26,
     [](ModelBuilder& m) {
       m.input("x", {2});
       ModelBuilder::set(m.op("BitCast", {"x"}, {"y"}), "to", int64_t{::onnx::TensorProto::INT32});
     },
     "y: i32[2] = bit_cast(x) to=i32 @\"BitCast:y\"\n"},
    {"Unique", 17,
     [](ModelBuilder& m) {
       m.input("x", {4});
       m.op("Unique", {"x"}, {"y"});
     },
     "node 'Unique:y': how many elements 'y' has depends on its input ('x'), which a run knows"},
    {"TfIdfVectorizer", 17,
     [](ModelBuilder& m) {
       m.input("x", {3}, ::onnx::TensorProto::INT64);
       ModelBuilder::set(m.op("TfIdfVectorizer", {"x"}, {"y"}), "mode", std::string("SUM"));
     },
     "node 'TfIdfVectorizer:y': it counts sequences of 1 to 1 words with 0 skips, as SUM"},
    {"RotaryEmbedding", 23,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 6});
       m.input("cosine", {4, 2});
       m.input("sine", {4, 2});
       m.op("RotaryEmbedding", {"x", "cosine", "sine"}, {"y"});
     },
     "node 'RotaryEmbedding:y': its input has rank 3 and 0 heads"},
    {"MaxRoiPool", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 4, 4});
       m.input("regions", {3, 4});
       ModelBuilder::set(m.op("MaxRoiPool", {"x", "regions"}, {"y"}), "pooled_shape", ModelBuilder::Dims{2, 2});
     },
     "node 'MaxRoiPool:y': its operands are no images, no regions [regions, 5], or it has no pooled_shape"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
