// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: operators of images and of what is found in them.

#include "tmc/frontend/onnx/testing/op_case.hpp"

namespace tmc::frontend::onnx_format::op_cases {

inline const Case kImageCases[] = {
    {"LRN", 13,
     [](ModelBuilder& m) {
       m.input("x", {1, 3, 2, 2});
       ModelBuilder::set(m.op("LRN", {"x"}, {"y"}), "size", int64_t{2});
     },
     "y_squares: f32[1,3,2,2] = mul(x, x)\n"
     "y_image: f32[1,3,4,1] = reshape(y_squares) shape=[1,3,4,1]\n"
     "y_means: f32[1,3,4,1] = average_pool2d(y_image) kernel_h=2 pad_bottom=1 count_include_pad=true\n"
     "y_shaped: f32[1,3,2,2] = reshape(y_means) shape=[1,3,2,2]\n"
     "y_weighted: f32[1,3,2,2] = mul(y_shaped, y_weight)\n"
     "y_raised: f32[1,3,2,2] = add(y_weighted, y_bias)\n"
     "y_power: f32[1,3,2,2] = pow(y_raised, y_beta)\n"
     "y: f32[1,3,2,2] = div(x, y_power) @\"LRN:y\"\n"},
    {"LRN.of_nothing", 13,
     [](ModelBuilder& m) {
       m.input("x", {1, 3, 2, 2});
       m.op("LRN", {"x"}, {"y"});
     },
     "node 'LRN:y': its size is 0"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
