// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: layers, pools, products, and what quantises.

#include "tmc/frontend/onnx/testing/op_case.hpp"

namespace tmc::frontend::onnx_format::op_cases {

inline const Case kLayerCases[] = {
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
     "y_tap0: f32[1,1,3,5,5] = slice(x) begins=[0,0,0,0,0] sizes=[1,1,3,5,5] steps=[1,1,1,1,1]\n"
     "y_tap0_by_depth: f32[1,3,1,5,5] = transpose(y_tap0) perm=[0,2,1,3,4]\n"
     "y_tap0_images: f32[3,1,5,5] = reshape(y_tap0_by_depth) shape=[3,1,5,5]\n"
     "y_tap0_weights: f32[1,1,1,3,3] = slice(w) begins=[0,0,0,0,0] sizes=[1,1,1,3,3] steps=[1,1,1,1,1]\n"
     "y_tap0_kernel: f32[1,1,3,3] = reshape(y_tap0_weights) shape=[1,1,3,3]\n"
     "y_tap0_product: f32[3,1,3,3] = conv2d(y_tap0_images, y_tap0_kernel, _) layout=nchw\n"
     "y_tap1: f32[1,1,3,5,5] = slice(x) begins=[0,0,1,0,0] sizes=[1,1,3,5,5] steps=[1,1,1,1,1]\n"
     "y_tap1_by_depth: f32[1,3,1,5,5] = transpose(y_tap1) perm=[0,2,1,3,4]\n"
     "y_tap1_images: f32[3,1,5,5] = reshape(y_tap1_by_depth) shape=[3,1,5,5]\n"
     "y_tap1_weights: f32[1,1,1,3,3] = slice(w) begins=[0,0,1,0,0] sizes=[1,1,1,3,3] steps=[1,1,1,1,1]\n"
     "y_tap1_kernel: f32[1,1,3,3] = reshape(y_tap1_weights) shape=[1,1,3,3]\n"
     "y_tap1_product: f32[3,1,3,3] = conv2d(y_tap1_images, y_tap1_kernel, _) layout=nchw\n"
     "y_sum1: f32[3,1,3,3] = add(y_tap0_product, y_tap1_product)\n"
     "y_tap2: f32[1,1,3,5,5] = slice(x) begins=[0,0,2,0,0] sizes=[1,1,3,5,5] steps=[1,1,1,1,1]\n"
     "y_tap2_by_depth: f32[1,3,1,5,5] = transpose(y_tap2) perm=[0,2,1,3,4]\n"
     "y_tap2_images: f32[3,1,5,5] = reshape(y_tap2_by_depth) shape=[3,1,5,5]\n"
     "y_tap2_weights: f32[1,1,1,3,3] = slice(w) begins=[0,0,2,0,0] sizes=[1,1,1,3,3] steps=[1,1,1,1,1]\n"
     "y_tap2_kernel: f32[1,1,3,3] = reshape(y_tap2_weights) shape=[1,1,3,3]\n"
     "y_tap2_product: f32[3,1,3,3] = conv2d(y_tap2_images, y_tap2_kernel, _) layout=nchw\n"
     "y_sum2: f32[3,1,3,3] = add(y_sum1, y_tap2_product)\n"
     "y_by_depth: f32[1,3,1,3,3] = reshape(y_sum2) shape=[1,3,1,3,3]\n"
     "y: f32[1,1,3,3,3] = transpose(y_by_depth) perm=[0,2,1,3,4] @\"Conv:y\"\n"},
    {"ConvTranspose", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 1, 2, 2});
       m.constant<float>("w", {1, 2, 1, 3}, {1, 2, 3, 4, 5, 6});
       auto& node = m.op("ConvTranspose", {"x", "w"}, {"y"});
       ModelBuilder::set(node, "strides", ModelBuilder::Dims{1, 2});
       ModelBuilder::set(node, "pads", ModelBuilder::Dims{0, 1, 0, 0});
     },
     "y_pixels: f32[1,1,2,1,2,1] = reshape(x) shape=[1,1,2,1,2,1]\n"
     "y_padded: f32[1,1,2,1,2,2] = pad(y_pixels) pads=[0,0,0,0,0,0,0,0,0,0,0,1]\n"
     "y_spread: f32[1,1,2,4] = reshape(y_padded) shape=[1,1,2,4]\n"
     "y: f32[1,2,2,4] = conv2d(y_spread, y_weights, _) pad_left=1 pad_right=1 layout=nchw @\"ConvTranspose:y\"\n"},
    {"ConvTranspose.computed", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 1, 2, 2});
       m.input("w", {1, 2, 1, 3});
       m.op("ConvTranspose", {"x", "w"}, {"y"});
     },
     "y_weights_in_groups: f32[1,1,2,1,3] = reshape(w) shape=[1,1,2,1,3]\n"
     "y_weights_by_output: f32[1,2,1,1,3] = transpose(y_weights_in_groups) perm=[0,2,1,3,4]\n"
     "y_weights_plain: f32[2,1,1,3] = reshape(y_weights_by_output) shape=[2,1,1,3]\n"
     "y_weights_turned: f32[2,1,1,3] = slice(y_weights_plain) begins=[0,0,0,2] sizes=[2,1,1,3] steps=[1,1,-1,-1]\n"
     "y_padded: f32[1,1,2,6] = pad(x) pads=[0,0,0,2,0,0,0,2]\n"
     "y_pixels: f32[1,1,2,12] = gather(y_padded) axes=[2,3] counts=[2,12] indices=[0,1,0,1,2,3,1,2,3,4,2,3,4,5]\n"
     "y_taps: f32[1,1,1,2,3,4] = reshape(y_pixels) shape=[1,1,1,2,3,4]\n"
     "y_windows: f32[1,1,1,3,2,4] = transpose(y_taps) perm=[0,1,2,4,3,5]\n"
     "y_columns: f32[1,1,3,8] = reshape(y_windows) shape=[1,1,3,8]\n"
     "y_rows: f32[1,2,3] = reshape(y_weights_turned) shape=[1,2,3]\n"
     "y_product: f32[1,1,2,8] = matmul(y_rows, y_columns)\n"
     "y: f32[1,2,2,4] = reshape(y_product) shape=[1,2,2,4] @\"ConvTranspose:y\"\n"},
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
     "y_axis2_tap0: f32[1,2,3,6] = slice(x) begins=[0,0,0,0] sizes=[1,2,3,6] steps=[1,1,1,1]\n"
     "y_axis2_tap1: f32[1,2,3,6] = slice(x) begins=[0,0,2,0] sizes=[1,2,3,6] steps=[1,1,1,1]\n"
     "y_axis2_join1: f32[1,2,3,6] = max(y_axis2_tap0, y_axis2_tap1)\n"
     "y_axis3_tap0: f32[1,2,3,4] = slice(y_axis2_join1) begins=[0,0,0,0] sizes=[1,2,3,4] steps=[1,1,1,1]\n"
     "y_axis3_tap1: f32[1,2,3,4] = slice(y_axis2_join1) begins=[0,0,0,2] sizes=[1,2,3,4] steps=[1,1,1,1]\n"
     "y_axis3_join1: f32[1,2,3,4] = max(y_axis3_tap0, y_axis3_tap1)\n"
     "y: f32[1,2,3,4] = reshape(y_axis3_join1) shape=[1,2,3,4] @\"MaxPool:y\"\n"},
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
     "y_steps: f32[3] = div(x, s)\n"
     "y_rounded: f32[3] = round(y_steps)\n"
     "y_limited: f32[3] = clip(y_rounded) max=255.0\n"
     "y: u8[3] = cast(y_limited) to=u8 @\"QuantizeLinear:y\"\n"},
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
