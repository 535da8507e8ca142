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
    {"Dropout.mask", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.op("Dropout", {"x"}, {"d", "mask"});
       m.op("Add", {"d", "mask"}, {"y"});
     },
     "node 'Dropout:d': its second output is not supported"},
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
    {"Conv", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 4, 5, 6});
       m.constant<float>("w", {2, 2, 3, 3}, std::vector<float>(36, 1));
       m.constant<float>("b", {2}, {1, 2});
       auto& node = m.op("Conv", {"x", "w", "b"}, {"y"});
       ModelBuilder::set(node, "group", int64_t{2});
       ModelBuilder::set(node, "strides", Dims{2, 1});
       ModelBuilder::set(node, "dilations", Dims{1, 2});
       ModelBuilder::set(node, "pads", Dims{0, 1, 2, 3});
     },
     "y: f32[1,2,3,6] = conv2d(x, w, b) stride_h=2 dilation_w=2 pad_left=1 pad_bottom=2 pad_right=3 groups=2 "
     "layout=nchw @\"Conv:y\"\n"},
    {"Conv.same_lower", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 1, 5, 6});
       m.constant<float>("w", {1, 1, 3, 3}, std::vector<float>(9, 1));
       auto& node = m.op("Conv", {"x", "w"}, {"y"});
       ModelBuilder::set(node, "auto_pad", std::string("SAME_LOWER"));
       ModelBuilder::set(node, "strides", Dims{2, 2});
     },
     "y: f32[1,1,3,3] = conv2d(x, w, _) stride_h=2 stride_w=2 pad_top=1 pad_left=1 pad_bottom=1 layout=nchw "
     "@\"Conv:y\"\n"},
    {"Conv.line", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 1, 5});
       m.constant<float>("w", {2, 1, 3}, std::vector<float>(6, 1));
       auto& node = m.op("Conv", {"x", "w"}, {"y"});
       ModelBuilder::set(node, "pads", Dims{1, 0});
       ModelBuilder::set(node, "strides", Dims{2});
     },
     "y_image: f32[1,1,1,5] = reshape(x) shape=[1,1,1,5]\n"
     "y_result: f32[1,2,1,2] = conv2d(y_image, y_weights, _) stride_w=2 pad_left=1 layout=nchw\n"
     "y: f32[1,2,2] = reshape(y_result) shape=[1,2,2] @\"Conv:y\"\n"},
    {"Conv.three_dimensions", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 1, 5, 5, 5});
       m.constant<float>("w", {1, 1, 3, 3, 3}, std::vector<float>(27, 1));
       m.op("Conv", {"x", "w"}, {"y"});
     },
     "node 'Conv:y': its input has rank 5; images (rank 4) and lines (rank 3) are supported"},
    {"GlobalAveragePool.line", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 5});
       m.op("GlobalAveragePool", {"x"}, {"y"});
     },
     "y_image: f32[1,2,1,5] = reshape(x) shape=[1,2,1,5]\n"
     "y_result: f32[1,2,1,1] = average_pool2d(y_image) kernel_w=5 stride_w=5 layout=nchw\n"
     "y: f32[1,2,1] = reshape(y_result) shape=[1,2,1] @\"GlobalAveragePool:y\"\n"},
    {"MaxPool", 17,
     [](ModelBuilder& m) {
       image_op(m, "MaxPool", {{"kernel_shape", {3, 2}}, {"strides", {2, 2}}, {"pads", {1, 0, 1, 0}}}, {});
     },
     "y: f32[1,2,3,3] = max_pool2d(x) kernel_h=3 kernel_w=2 stride_h=2 stride_w=2 pad_top=1 pad_bottom=1 layout=nchw "
     "@\"MaxPool:y\"\n"},
    {"MaxPool.ceil", 17,
     [](ModelBuilder& m) {
       image_op(m, "MaxPool", {{"kernel_shape", {2, 2}}, {"strides", {2, 2}}}, {{"ceil_mode", 1}});
     },
     "y: f32[1,2,3,3] = max_pool2d(x) kernel_h=2 kernel_w=2 stride_h=2 stride_w=2 pad_bottom=1 layout=nchw "
     "@\"MaxPool:y\"\n"},
    {"MaxPool.same_upper", 17,
     [](ModelBuilder& m) {
       image_op(m, "MaxPool", {{"kernel_shape", {2, 2}}, {"strides", {2, 2}}}, {}, "SAME_UPPER");
     },
     "y: f32[1,2,3,3] = max_pool2d(x) kernel_h=2 kernel_w=2 stride_h=2 stride_w=2 pad_bottom=1 layout=nchw "
     "@\"MaxPool:y\"\n"},
    {"MaxPool.dilated", 17,
     [](ModelBuilder& m) {
       image_op(m, "MaxPool", {{"kernel_shape", {2, 2}}, {"dilations", {2, 2}}}, {});
     },
     "node 'MaxPool:y': a pool with dilation is not supported"},
    {"AveragePool", 17,
     [](ModelBuilder& m) {
       image_op(m, "AveragePool", {{"kernel_shape", {3, 3}}, {"pads", {1, 1, 1, 1}}}, {{"count_include_pad", 1}});
     },
     "y: f32[1,2,5,6] = average_pool2d(x) kernel_h=3 kernel_w=3 pad_top=1 pad_left=1 pad_bottom=1 pad_right=1 "
     "count_include_pad=true layout=nchw @\"AveragePool:y\"\n"},
    {"GlobalAveragePool", 17, [](ModelBuilder& m) { image_op(m, "GlobalAveragePool", {}, {}); },
     "y: f32[1,2,1,1] = average_pool2d(x) kernel_h=5 kernel_w=6 stride_h=5 stride_w=6 layout=nchw "
     "@\"GlobalAveragePool:y\"\n"},
    {"GlobalMaxPool", 17, [](ModelBuilder& m) { image_op(m, "GlobalMaxPool", {}, {}); },
     "y: f32[1,2,1,1] = max_pool2d(x) kernel_h=5 kernel_w=6 stride_h=5 stride_w=6 layout=nchw @\"GlobalMaxPool:y\"\n"},
    {"MatMul", 17,
     [](ModelBuilder& m) {
       m.input("a", {2, 3, 4});
       m.input("b", {4, 5});
       m.op("MatMul", {"a", "b"}, {"y"});
     },
     "y: f32[2,3,5] = matmul(a, b) @\"MatMul:y\"\n"},
    {"MatMul.weights", 17,
     [](ModelBuilder& m) {
       m.input("a", {2, 3, 4});
       m.constant<float>("w", {4, 5}, std::vector<float>(20, 1));
       m.op("MatMul", {"a", "w"}, {"y"});
     },
     "y: f32[2,3,5] = fully_connected(a, y_weights) @\"MatMul:y\"\n"},
    {"Gemm", 17, [](ModelBuilder& m) { gemm(m, 1, {4}, 1, 1); },
     "y: f32[2,4] = fully_connected(x, w, c) @\"Gemm:y\"\n"},
    {"Gemm.plain_weights", 17,
     [](ModelBuilder& m) {
       gemm(m, 0, {1, 4}, 1, 1);
     },
     "y: f32[2,4] = fully_connected(x, y_weights, y_bias) @\"Gemm:y\"\n"},
    {"Gemm.factors", 17, [](ModelBuilder& m) { gemm(m, 1, {4}, 2, 0.5f); },
     "y_alpha_scaled: f32[4,3] = mul(w, y_alpha)\n"
     "y_beta_scaled: f32[4] = mul(c, y_beta)\n"
     "y: f32[2,4] = fully_connected(x, y_alpha_scaled, y_beta_scaled) @\"Gemm:y\"\n"},
    {"Gemm.column", 17,
     [](ModelBuilder& m) {
       gemm(m, 1, {2, 1}, 1, 1);
     },
     "y_product: f32[2,4] = fully_connected(x, w)\n"
     "y: f32[2,4] = add(y_product, c) @\"Gemm:y\"\n"},
    {"Gemm.no_addend", 17, [](ModelBuilder& m) { gemm(m, 1, {4}, 1, 0); },
     "y: f32[2,4] = fully_connected(x, w) @\"Gemm:y\"\n"},
    {"Gemm.computed", 17,
     [](ModelBuilder& m) {
       m.input("a", {3, 2});
       m.input("b", {4, 3});
       auto& node = m.op("Gemm", {"a", "b"}, {"y"});
       ModelBuilder::set(node, "transA", int64_t{1});
       ModelBuilder::set(node, "transB", int64_t{1});
     },
     "y_a: f32[2,3] = transpose(a) perm=[1,0]\n"
     "y: f32[2,4] = matmul(y_a, b) transpose_b=true @\"Gemm:y\"\n"},
    {"QuantizeLinear", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.scalar<float>("s", 0.5f);
       m.scalar<int8_t>("z", 7);
       m.op("QuantizeLinear", {"x", "s", "z"}, {"y"});
     },
     "y: i8[3] scale=0.5 zero_point=7 = quantize(x) ties_to_even=true @\"QuantizeLinear:y\"\n"},
    {"QuantizeLinear.output_dtype", 21,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.scalar<float>("s", 0.5f);
       ModelBuilder::set(m.op("QuantizeLinear", {"x", "s"}, {"y"}), "output_dtype",
                         int64_t{::onnx::TensorProto::INT16});
     },
     "y: i16[3] scale=0.5 = quantize(x) dtype=i16 ties_to_even=true @\"QuantizeLinear:y\"\n"},
    {"QuantizeLinear.blocks", 21,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.scalar<float>("s", 0.5f);
       ModelBuilder::set(m.op("QuantizeLinear", {"x", "s"}, {"y"}), "block_size", int64_t{32});
     },
     "node 'QuantizeLinear:y': quantisation in blocks is not supported"},
    {"DequantizeLinear", 17,
     [](ModelBuilder& m) {
       m.input("x", {3}, ::onnx::TensorProto::INT8);
       m.scalar<float>("s", 0.5f);
       m.op("DequantizeLinear", {"x", "s"}, {"y"});
     },
     "y: f32[3] = dequantize(x) @\"DequantizeLinear:y\"\n"},
    {"BatchNormalization", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 3, 3});
       for (const char* name : {"scale", "bias", "mean", "variance"}) m.constant<float>(name, {2}, {1, 2});
       m.op("BatchNormalization", {"x", "scale", "bias", "mean", "variance"}, {"y"});
     },
     "y_product: f32[1,2,3,3] = mul(x, y_factor)\n"
     "y: f32[1,2,3,3] = add(y_product, y_addend) @\"BatchNormalization:y\"\n"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
