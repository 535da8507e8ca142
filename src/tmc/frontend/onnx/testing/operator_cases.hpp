// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: operators that the graph has too.

#include "tmc/frontend/onnx/testing/op_case.hpp"

namespace tmc::frontend::onnx_format::op_cases {

inline const Case kOperatorCases[] = {
    {"Add", 17,
     [](ModelBuilder& m) {
       m.input("a", {2, 3});
       m.input("b", {3});
       m.op("Add", {"a", "b"}, {"y"});
     },
     "y: f32[2,3] = add(a, b) @\"Add:y\"\n"},
    {"Sub", 17,
     [](ModelBuilder& m) {
       m.input("a", {3});
       m.input("b", {2, 3});
       m.op("Sub", {"a", "b"}, {"y"});
     },
     "y: f32[2,3] = sub(a, b) @\"Sub:y\"\n"},
    {"Mul", 17,
     [](ModelBuilder& m) {
       m.input("a", {2, 3});
       m.op("Mul", {"a", "a"}, {"y"});
     },
     "y: f32[2,3] = mul(a, a) @\"Mul:y\"\n"},
    {"Div", 17,
     [](ModelBuilder& m) {
       m.input("a", {2, 3});
       m.input("b", {3});
       m.op("Div", {"a", "b"}, {"y"});
     },
     "y: f32[2,3] = div(a, b) @\"Div:y\"\n"},
    {"Min", 17,
     [](ModelBuilder& m) {
       m.input("a", {2, 3});
       m.input("b", {3});
       m.op("Min", {"a", "b"}, {"y"});
     },
     "y: f32[2,3] = min(a, b) @\"Min:y\"\n"},
    {"Max", 17,
     [](ModelBuilder& m) {
       m.input("a", {2, 3});
       m.input("b", {3});
       m.op("Max", {"a", "b"}, {"y"});
     },
     "y: f32[2,3] = max(a, b) @\"Max:y\"\n"},
    {"Relu", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.op("Relu", {"x"}, {"y"}).set_name("act");
     },
     "y: f32[3] = relu(x) @act\n"},
    {"Sigmoid", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.op("Sigmoid", {"x"}, {"y"});
     },
     "y: f32[3] = sigmoid(x) @\"Sigmoid:y\"\n"},
    {"Tanh", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.op("Tanh", {"x"}, {"y"});
     },
     "y: f32[3] = tanh(x) @\"Tanh:y\"\n"},
    {"HardSwish", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.op("HardSwish", {"x"}, {"y"});
     },
     "y: f32[3] = hard_swish(x) @\"HardSwish:y\"\n"},
    {"LeakyRelu", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       ModelBuilder::set(m.op("LeakyRelu", {"x"}, {"y"}), "alpha", 0.125f);
     },
     "y: f32[3] = leaky_relu(x) alpha=0.125 @\"LeakyRelu:y\"\n"},
    {"Identity", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.op("Identity", {"x"}, {"i"});
       m.op("Relu", {"i"}, {"y"});
     },
     "y: f32[3] = relu(x) @\"Relu:y\"\n"},
    {"Identity.of_output", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.op("Relu", {"x"}, {"r"});
       m.op("Identity", {"r"}, {"y"});
     },
     "r: f32[3] = relu(x) @\"Relu:r\"\n"
     "y: f32[3] = reshape(r) shape=[3] @\"Identity:y\"\n"},
    {"Dropout", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.op("Dropout", {"x"}, {"d"});
       m.op("Relu", {"d"}, {"y"});
     },
     "y: f32[3] = relu(x) @\"Relu:y\"\n"},
    {"Dropout.training_with_nothing_dropped", 13,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.scalar<float>("ratio", 0);
       m.scalar<uint8_t>("training", 1);
       m.op("Dropout", {"x", "ratio", "training"}, {"d"});
       m.op("Relu", {"d"}, {"y"});
     },
     "y: f32[3] = relu(x) @\"Relu:y\"\n"},
    {"Dropout.old_mask", 7,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.op("Dropout", {"x"}, {"d", "mask"});
       m.op("Add", {"d", "mask"}, {"y"});
     },
     "node 'Dropout:d': its second output is not supported"},
    {"Dropout.mask", 17,
     [](ModelBuilder& m) {
       m.input("x", {2});
       m.op("Dropout", {"x"}, {"a", "mask"});
       m.op("Where", {"mask", "x", "a"}, {"y"});
     },
     "y: f32[2] = where(mask, x, x) @\"Where:y\"\n"},
    {"Dropout.training", 13,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.scalar<float>("ratio", 0.5f);
       m.scalar<uint8_t>("training", 1);
       m.op("Dropout", {"x", "ratio", "training"}, {"y"});
     },
     "node 'Dropout:y': training is not supported"},
    {"BatchNormalization.training", 15,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 3, 3});
       for (const char* name : {"scale", "bias", "mean", "variance"}) m.constant<float>(name, {2}, {1, 2});
       auto& node = m.op("BatchNormalization", {"x", "scale", "bias", "mean", "variance"}, {"y"});
       ModelBuilder::set(node, "training_mode", int64_t{1});
     },
     "node 'BatchNormalization:y': training is not supported"},
    {"Clip.attributes", 10,
     [](ModelBuilder& m) {
       m.input("x", {3});
       ModelBuilder::set(m.op("Clip", {"x"}, {"y"}), "max", 6.0f);
     },
     "y: f32[3] = clip(x) min=-3.4028234663852886e+38 @\"Clip:y\"\n"},
    {"Clip", 11,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.scalar<float>("low", -1);
       m.scalar<float>("high", 1);
       m.op("Clip", {"x", "low", "high"}, {"y"});
     },
     "y: f32[3] = clip(x) min=-1.0 max=1.0 @\"Clip:y\"\n"},
    {"Clip.quantized", 13,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.scalar<float>("s", 0.5f);
       m.scalar<uint8_t>("z", 3);
       m.scalar<uint8_t>("high", 127);
       m.op("QuantizeLinear", {"x", "s", "z"}, {"q"});
       m.op("Clip", {"q", "", "high"}, {"c"});
       m.op("DequantizeLinear", {"c", "s", "z"}, {"y"});
     },
     "q: i8[3] scale=0.5 zero_point=-125 = quantize(x) ties_to_even=true @\"QuantizeLinear:q\"\n"
     "c: i8[3] scale=0.5 zero_point=-125 = clip(q) min=-3.4028234663852886e+38 max=62.0 @\"Clip:c\"\n"
     "y: f32[3] = dequantize(c) @\"DequantizeLinear:y\"\n"},
    {"Clip.quantized_by_reals", 13,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.scalar<float>("s", 0.5f);
       m.scalar<uint8_t>("z", 3);
       m.op("QuantizeLinear", {"x", "s", "z"}, {"q"});
       m.op("Clip", {"q", "", "s"}, {"y"});
     },
     "node 'Clip:y': its max is no integer, as its input is"},
    {"Softmax", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 3, 4});
       m.op("Softmax", {"x"}, {"y"});
     },
     "y: f32[2,3,4] = softmax(x) axis=2 @\"Softmax:y\"\n"},
    {"Softmax.matrix", 12,
     [](ModelBuilder& m) {
       m.input("x", {2, 3, 4});
       m.op("Softmax", {"x"}, {"y"});
     },
     "y_rows: f32[2,12] = reshape(x) shape=[-1,12]\n"
     "y_softmax: f32[2,12] = softmax(y_rows) axis=1\n"
     "y: f32[2,3,4] = reshape(y_softmax) shape=[2,3,4] @\"Softmax:y\"\n"},
    {"Softmax.last_axis", 12,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.op("Softmax", {"x"}, {"y"});
     },
     "y: f32[2,3] = softmax(x) axis=1 @\"Softmax:y\"\n"},
    {"Constant", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       ModelBuilder::set(m.op("Constant", {}, {"shape"}), "value_ints", Dims{3, 2});
       m.op("Reshape", {"x", "shape"}, {"y"});
     },
     "y: f32[3,2] = reshape(x) shape=[3,2] @\"Reshape:y\"\n"},
    {"Constant.tensor", 17,
     [](ModelBuilder& m) {
       m.input("x", {2});
       auto& attribute = *m.op("Constant", {}, {"c"}).add_attribute();
       attribute.set_name("value");
       attribute.set_type(::onnx::AttributeProto::TENSOR);
       attribute.mutable_t()->set_data_type(::onnx::TensorProto::FLOAT);
       attribute.mutable_t()->add_dims(2);
       attribute.mutable_t()->add_float_data(1);
       attribute.mutable_t()->add_float_data(2);
       m.op("Add", {"x", "c"}, {"y"});
     },
     "y: f32[2] = add(x, c) @\"Add:y\"\n"},
    {"Reshape", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3, 4});
       m.constant<int64_t>("shape", {2}, {0, -1});
       m.op("Reshape", {"x", "shape"}, {"y"});
     },
     "y: f32[2,12] = reshape(x) shape=[2,-1] @\"Reshape:y\"\n"},
    {"Reshape.of_constant", 17,
     [](ModelBuilder& m) {
       m.input("x", {4, 6});
       m.constant<float>("c", {2, 3, 4}, std::vector<float>(24, 1));
       m.constant<int64_t>("shape", {2}, {-1, 6});
       m.op("Reshape", {"c", "shape"}, {"r"});
       m.op("Add", {"x", "r"}, {"y"});
     },
     "y: f32[4,6] = add(x, r) @\"Add:y\"\n"},
    {"Flatten", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3, 4});
       m.op("Flatten", {"x"}, {"y"});
     },
     "y: f32[2,12] = reshape(x) shape=[2,12] @\"Flatten:y\"\n"},
    {"Flatten.last", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3, 4});
       ModelBuilder::set(m.op("Flatten", {"x"}, {"y"}), "axis", int64_t{3});
     },
     "y: f32[24,1] = reshape(x) shape=[24,1] @\"Flatten:y\"\n"},
    {"Squeeze.attribute", 11,
     [](ModelBuilder& m) {
       m.input("x", {1, 1, 3});
       ModelBuilder::set(m.op("Squeeze", {"x"}, {"y"}), "axes", Dims{0});
     },
     "y: f32[1,3] = reshape(x) shape=[1,3] @\"Squeeze:y\"\n"},
    {"Squeeze", 13,
     [](ModelBuilder& m) {
       m.input("x", {1, 1, 3});
       m.constant<int64_t>("axes", {1}, {-2});
       m.op("Squeeze", {"x", "axes"}, {"y"});
     },
     "y: f32[1,3] = reshape(x) shape=[1,3] @\"Squeeze:y\"\n"},
    {"Squeeze.all", 13,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 1, 3});
       m.op("Squeeze", {"x"}, {"y"});
     },
     "y: f32[2,3] = reshape(x) shape=[2,3] @\"Squeeze:y\"\n"},
    {"Unsqueeze", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.constant<int64_t>("axes", {2}, {-1, 0});
       m.op("Unsqueeze", {"x", "axes"}, {"y"});
     },
     "y: f32[1,2,3,1] = reshape(x) shape=[1,2,3,1] @\"Unsqueeze:y\"\n"},
    {"ReduceMean", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3, 4});
       auto& node = m.op("ReduceMean", {"x"}, {"y"});
       ModelBuilder::set(node, "axes", Dims{-1});
       ModelBuilder::set(node, "keepdims", int64_t{0});
     },
     "y: f32[2,3] = mean(x) axes=[-1] @\"ReduceMean:y\"\n"},
    {"ReduceMean.input", 18,
     [](ModelBuilder& m) {
       m.input("x", {2, 3, 4});
       m.constant<int64_t>("axes", {2}, {1, 2});
       m.op("ReduceMean", {"x", "axes"}, {"y"});
     },
     "y: f32[2,1,1] = mean(x) axes=[1,2] keep_dims=true @\"ReduceMean:y\"\n"},
    {"ReduceMean.all", 18,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.op("ReduceMean", {"x"}, {"y"});
     },
     "y: f32[1,1] = mean(x) axes=[0,1] keep_dims=true @\"ReduceMean:y\"\n"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
