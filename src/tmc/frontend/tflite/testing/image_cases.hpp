// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of operators of images and of what is found in them.

#include "tmc/frontend/tflite/testing/op_case.hpp"

namespace tmc::frontend::tflite::op_cases {

inline void local_response(ModelBuilder& m, TensorType type) {
  schema::LocalResponseNormalizationOptionsT options;
  options.radius = 1;
  options.bias = options.alpha = options.beta = 0.5f;
  m.op(BuiltinOperator::LOCAL_RESPONSE_NORMALIZATION, {m.input("x", {1, 1, 2, 3}, 0, 0, type)},
       {m.output("y", {1, 1, 2, 3}, 0, 0, type)}, options);
}

inline const Case kImageCases[] = {
    {"local_response_normalization", [](ModelBuilder& m) { local_response(m, TensorType::FLOAT32); },
     "y_squares: f32[1,1,2,3] = mul(x, x)\n"
     "y_image: f32[2,3,1,1] = reshape(y_squares) shape=[2,3,1,1]\n"
     "y_means: f32[2,3,1,1] = average_pool2d(y_image) kernel_h=3 pad_top=1 pad_bottom=1 count_include_pad=true\n"
     "y_shaped: f32[1,1,2,3] = reshape(y_means) shape=[1,1,2,3]\n"
     "y_weighted: f32[1,1,2,3] = mul(y_shaped, y_weight)\n"
     "y_raised: f32[1,1,2,3] = add(y_weighted, y_bias)\n"
     "y_power: f32[1,1,2,3] = pow(y_raised, y_beta)\n"
     "y: f32[1,1,2,3] = div(x, y_power) @\"local_response_normalization:y\"\n"},
    {"local_response_normalization.integers", [](ModelBuilder& m) { local_response(m, TensorType::INT8); },
     "node 'local_response_normalization:y': it normalises i8"},
};

}  // namespace tmc::frontend::tflite::op_cases
