// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: layers, pools and products.

#include "tmc/frontend/tflite/testing/op_case.hpp"

namespace tmc::frontend::tflite::op_cases {

inline const Case kLayerCases[] = {
    {"average_pool_2d", [](ModelBuilder& m) { pool(m, BuiltinOperator::AVERAGE_POOL_2D); },
     "y: i8[1,3,2,2] scale=0.5 = average_pool2d(x) kernel_h=3 kernel_w=2 stride_h=2 stride_w=2 pad_top=1 pad_bottom=1 "
     "activation=relu_n1_to_1 @\"average_pool_2d:y\"\n"},
    {"max_pool_2d", [](ModelBuilder& m) { pool(m, BuiltinOperator::MAX_POOL_2D); },
     "y: i8[1,3,2,2] scale=0.5 = max_pool2d(x) kernel_h=3 kernel_w=2 stride_h=2 stride_w=2 pad_top=1 pad_bottom=1 "
     "activation=relu_n1_to_1 @\"max_pool_2d:y\"\n"},
    {"conv_2d.grouped",
     [](ModelBuilder& m) {
       schema::Conv2DOptionsT options;
       options.padding = schema::Padding::VALID;
       options.stride_h = 1;
       options.stride_w = 3;
       const int32_t w = m.constant<int8_t>("w", {2, 1, 1, 2}, {1, 2, 3, 4}, 0.5f);
       m.op(BuiltinOperator::CONV_2D, {m.input("x", {1, 2, 4, 4}, 0.5f), w}, {m.output("y", {1, 2, 2, 2}, 0.5f)},
            options);
     },
     "y: i8[1,2,2,2] scale=0.5 = conv2d(x, w, _) stride_w=3 groups=2 @\"conv_2d:y\"\n"},
    {"transpose_conv",
     [](ModelBuilder& m) {
       schema::TransposeConvOptionsT options;
       options.stride_h = 1;
       options.stride_w = 2;
       m.op(BuiltinOperator::TRANSPOSE_CONV,
            {m.constant<int32_t>("shape", {4}, {1, 2, 4, 1}), m.constant<int8_t>("w", {1, 1, 2, 1}, {1, 2}, 0.5f),
             m.input("x", {1, 2, 2, 1}, 0.25f)},
            {m.output("y", {1, 2, 4, 1}, 0.25f)}, options);
     },
     "y_weights: i8[1,1,2,1] scale=0.5 = slice(w) begins=[0,0,1,0] sizes=[1,1,2,1] steps=[1,-1,-1,1]\n"
     "y_pixels: i8[1,2,1,2,1,1] scale=0.25 = reshape(x) shape=[1,2,1,2,1,1]\n"
     "y_padded: i8[1,2,1,2,2,1] scale=0.25 = pad(y_pixels) pads=[0,0,0,0,0,0,0,0,0,0,1,0]\n"
     "y_spread: i8[1,2,4,1] scale=0.25 = reshape(y_padded) shape=[1,2,4,1]\n"
     "y: i8[1,2,4,1] scale=0.25 = conv2d(y_spread, y_weights, _) pad_left=1 @\"transpose_conv:y\"\n"},
    {"depthwise_conv_2d", [](ModelBuilder& m) { depthwise(m, 3, 3); },
     "y: i8[1,2,4,3] scale=0.5 = conv2d(x, w, _) dilation_h=2 groups=3 @\"depthwise_conv_2d:y\"\n"},
    {"depthwise_conv_2d.multiplier", [](ModelBuilder& m) { depthwise(m, 1, 2); },
     "y: i8[1,2,4,2] scale=0.5 = conv2d(x, w, _) dilation_h=2 @\"depthwise_conv_2d:y\"\n"},
    {"fully_connected",
     [](ModelBuilder& m) {
       const int32_t w = m.constant<int8_t>("w", {1, 4}, {1, 2, 3, 4}, 0.5f);
       m.op(BuiltinOperator::FULLY_CONNECTED, {m.input("x", {2, 2, 2}, 0.5f), w}, {m.output("y", {2, 1}, 0.5f)},
            schema::FullyConnectedOptionsT());
     },
     "y_rows: i8[2,4] scale=0.5 = reshape(x) shape=[-1,4]\n"
     "y: i8[2,1] scale=0.5 = fully_connected(y_rows, w, _) @\"fully_connected:y\"\n"},
    {"fully_connected.keep_num_dims",
     [](ModelBuilder& m) {
       const int32_t w = m.constant<int8_t>("w", {1, 2}, {1, 2}, 0.5f);
       schema::FullyConnectedOptionsT options;
       options.keep_num_dims = true;
       m.op(BuiltinOperator::FULLY_CONNECTED, {m.input("x", {2, 2, 2}, 0.5f), w}, {m.output("y", {2, 2, 1}, 0.5f)},
            options);
     },
     "y: i8[2,2,1] scale=0.5 = fully_connected(x, w, _) @\"fully_connected:y\"\n"},
    {"batch_matmul",
     [](ModelBuilder& m) {
       schema::BatchMatMulOptionsT options;
       options.adj_x = options.adj_y = true;
       m.op(BuiltinOperator::BATCH_MATMUL, {m.input("a", {2, 4, 3}, 0.5f), m.input("b", {5, 4}, 0.5f)},
            {m.output("y", {2, 3, 5}, 0.5f)}, options);
     },
     "y_a: i8[2,3,4] scale=0.5 = transpose(a) perm=[0,2,1]\n"
     "y: i8[2,3,5] scale=0.5 = matmul(y_a, b) transpose_b=true @\"batch_matmul:y\"\n"},
};

}  // namespace tmc::frontend::tflite::op_cases
