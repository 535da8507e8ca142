// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For every importer files with that one operator, and the nodes that the graph holds in its place. The tests check
// them, the fuzzers begin with them.

#include "tmc/frontend/tflite/testing/control_cases.hpp"
#include "tmc/frontend/tflite/testing/image_cases.hpp"
#include "tmc/frontend/tflite/testing/layer_cases.hpp"
#include "tmc/frontend/tflite/testing/moved_cases.hpp"
#include "tmc/frontend/tflite/testing/recurrent_cases.hpp"
#include "tmc/frontend/tflite/testing/signal_cases.hpp"

namespace tmc::frontend::tflite::op_cases {

inline const Case kOperatorCases[] = {
    {"add", [](ModelBuilder& m) { binary<schema::AddOptionsT>(m, BuiltinOperator::ADD); },
     "y: i8[2,3] scale=0.25 = add(a, b) activation=relu6 @\"add:y\"\n"},
    {"sub", [](ModelBuilder& m) { binary<schema::SubOptionsT>(m, BuiltinOperator::SUB); },
     "y: i8[2,3] scale=0.25 = sub(a, b) activation=relu6 @\"sub:y\"\n"},
    {"mul", [](ModelBuilder& m) { binary<schema::MulOptionsT>(m, BuiltinOperator::MUL); },
     "y: i8[2,3] scale=0.25 = mul(a, b) activation=relu6 @\"mul:y\"\n"},
    {"minimum",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::MINIMUM,
            {m.input("a", {2, 3}, 0, 0, TensorType::FLOAT32), m.input("b", {3}, 0, 0, TensorType::FLOAT32)},
            {m.output("y", {2, 3}, 0, 0, TensorType::FLOAT32)});
     },
     "y: f32[2,3] = min(a, b) @\"minimum:y\"\n"},
    {"maximum",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::MAXIMUM,
            {m.input("a", {2, 3}, 0, 0, TensorType::FLOAT32), m.input("b", {3}, 0, 0, TensorType::FLOAT32)},
            {m.output("y", {2, 3}, 0, 0, TensorType::FLOAT32)});
     },
     "y: f32[2,3] = max(a, b) @\"maximum:y\"\n"},
    {"div", [](ModelBuilder& m) { binary<schema::DivOptionsT>(m, BuiltinOperator::DIV); },
     "y: i8[2,3] scale=0.25 = div(a, b) activation=relu6 @\"div:y\"\n"},
    {"prelu",
     [](ModelBuilder& m) {
       const int32_t x = m.input("x", {2, 3}, 0, 0, TensorType::FLOAT32);
       m.op(BuiltinOperator::PRELU, {x, m.constant<float>("slope", {3}, {1, 2, 3})},
            {m.output("y", {2, 3}, 0, 0, TensorType::FLOAT32)});
     },
     "y_positive: f32[2,3] = relu(x)\n"
     "y_negative: f32[2,3] = clip(x) min=-3.4028234663852886e+38 max=0.0\n"
     "y_scaled: f32[2,3] = mul(y_negative, slope)\n"
     "y: f32[2,3] = add(y_positive, y_scaled) @\"prelu:y\"\n"},
    {"l2_normalization",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::L2_NORMALIZATION, {m.input("x", {2, 3}, 0, 0, TensorType::FLOAT32)},
            {m.output("y", {2, 3}, 0, 0, TensorType::FLOAT32)});
     },
     "y_norm: f32[2,1] = reduce_l2(x) axes=[-1] keep_dims=true\n"
     "y_divisor: f32[2,1] = max(y_norm, y_number)\n"
     "y: f32[2,3] = div(x, y_divisor) @\"l2_normalization:y\"\n"},
    {"rsqrt",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::RSQRT, {m.input("x", {2, 3}, 0, 0, TensorType::FLOAT32)},
            {m.output("y", {2, 3}, 0, 0, TensorType::FLOAT32)});
     },
     "y_root: f32[2,3] = sqrt(x)\n"
     "y: f32[2,3] = div(y_number, y_root) @\"rsqrt:y\"\n"},
    {"squared_difference.int8",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::SQUARED_DIFFERENCE, {m.input("a", {2, 3}), m.input("b", {2, 3})}, {m.output("y", {2, 3})});
     },
     "node 'squared_difference:y': it is supported in float, not in i8"},
    {"add_n",
     [](ModelBuilder& m) {
       const int32_t x = m.input("x", {2}, 0, 0, TensorType::FLOAT32);
       m.op(BuiltinOperator::ADD_N, {x, x, x}, {m.output("y", {2}, 0, 0, TensorType::FLOAT32)});
     },
     "y_sum1: f32[2] = add(x, x)\n"
     "y: f32[2] = add(y_sum1, x) @\"add_n:y\"\n"},
    {"relu_0_to_1", [](ModelBuilder& m) { unary(m, BuiltinOperator::RELU_0_TO_1); },
     "y: i8[2,3] scale=0.25 = clip(x) max=1.0 @\"relu_0_to_1:y\"\n"},
    {"slice",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::SLICE,
            {m.input("x", {4, 6}, 0.5f), m.constant<int32_t>("begins", {2}, {1, 2}),
             m.constant<int32_t>("sizes", {2}, {2, -1})},
            {m.output("y", {2, 4}, 0.5f)});
     },
     "y: i8[2,4] scale=0.5 = slice(x) begins=[1,2] sizes=[2,4] steps=[1,1] @\"slice:y\"\n"},
    {"strided_slice",
     [](ModelBuilder& m) {
       schema::StridedSliceOptionsT options;
       options.begin_mask = 2;
       options.shrink_axis_mask = 1;
       m.op(BuiltinOperator::STRIDED_SLICE,
            {m.input("x", {4, 6}, 0.5f), m.constant<int32_t>("begins", {2}, {-1, 3}),
             m.constant<int32_t>("ends", {2}, {4, -1}), m.constant<int32_t>("strides", {2}, {1, 2})},
            {m.output("y", {3}, 0.5f)}, options);
     },
     "y_slice: i8[1,3] scale=0.5 = slice(x) begins=[3,0] sizes=[1,3] steps=[1,2]\n"
     "y: i8[3] scale=0.5 = reshape(y_slice) shape=[3] @\"strided_slice:y\"\n"},
    {"relu", [](ModelBuilder& m) { unary(m, BuiltinOperator::RELU); }, "y: i8[2,3] scale=0.25 = relu(x) @\"relu:y\"\n"},
    {"relu6", [](ModelBuilder& m) { unary(m, BuiltinOperator::RELU6); },
     "y: i8[2,3] scale=0.25 = clip(x) @\"relu6:y\"\n"},
    {"relu_n1_to_1", [](ModelBuilder& m) { unary(m, BuiltinOperator::RELU_N1_TO_1); },
     "y: i8[2,3] scale=0.25 = clip(x) min=-1.0 max=1.0 @\"relu_n1_to_1:y\"\n"},
    {"logistic", [](ModelBuilder& m) { unary(m, BuiltinOperator::LOGISTIC); },
     "y: i8[2,3] scale=0.25 = sigmoid(x) @\"logistic:y\"\n"},
    {"tanh", [](ModelBuilder& m) { unary(m, BuiltinOperator::TANH); }, "y: i8[2,3] scale=0.25 = tanh(x) @\"tanh:y\"\n"},
    {"hard_swish", [](ModelBuilder& m) { unary(m, BuiltinOperator::HARD_SWISH); },
     "y: i8[2,3] scale=0.25 = hard_swish(x) @\"hard_swish:y\"\n"},
    {"sqrt",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::SQRT, {m.input("x", {2}, 0, 0, TensorType::FLOAT32)},
            {m.output("y", {2}, 0, 0, TensorType::FLOAT32)});
     },
     "y: f32[2] = sqrt(x) @\"sqrt:y\"\n"},
    {"exp",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::EXP, {m.input("x", {2}, 0, 0, TensorType::FLOAT32)},
            {m.output("y", {2}, 0, 0, TensorType::FLOAT32)});
     },
     "y: f32[2] = exp(x) @\"exp:y\"\n"},
    {"gelu",
     [](ModelBuilder& m) {
       schema::GeluOptionsT options;
       options.approximate = true;
       unary(m, BuiltinOperator::GELU, options);
     },
     "y: i8[2,3] scale=0.25 = gelu(x) by_tanh=true @\"gelu:y\"\n"},
    {"leaky_relu",
     [](ModelBuilder& m) {
       schema::LeakyReluOptionsT options;
       options.alpha = 0.125f;
       unary(m, BuiltinOperator::LEAKY_RELU, options);
     },
     "y: i8[2,3] scale=0.25 = leaky_relu(x) alpha=0.125 @\"leaky_relu:y\"\n"},
    {"softmax",
     [](ModelBuilder& m) {
       schema::SoftmaxOptionsT options;
       options.beta = 0.5f;
       unary(m, BuiltinOperator::SOFTMAX, options);
     },
     "y: i8[2,3] scale=0.25 = softmax(x) beta=0.5 @\"softmax:y\"\n"},
    {"quantize",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::QUANTIZE, {m.input("x", {3}, 0, 0, TensorType::FLOAT32)}, {m.output("y", {3}, 0.5f, 7)});
     },
     "y: i8[3] scale=0.5 zero_point=7 = quantize(x) @\"quantize:y\"\n"},
    {"quantize.from_int16",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::QUANTIZE, {m.input("x", {3}, 0.1f, 0, TensorType::INT16)}, {m.output("y", {3}, 0.5f, 7)});
     },
     "y: i8[3] scale=0.5 zero_point=7 = requantize(x) @\"quantize:y\"\n"},
    {"dequantize",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::DEQUANTIZE, {m.input("x", {3}, 0.5f)}, {m.output("y", {3}, 0, 0, TensorType::FLOAT32)});
     },
     "y: f32[3] = dequantize(x) @\"dequantize:y\"\n"},
    {"dequantize.half",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::DEQUANTIZE, {m.input("x", {3}, 0, 0, TensorType::FLOAT16)},
            {m.output("y", {3}, 0, 0, TensorType::FLOAT32)});
     },
     "y: f32[3] = dequantize(x) @\"dequantize:y\"\n"},
    {"fully_connected.hybrid",
     [](ModelBuilder& m) {
       schema::FullyConnectedOptionsT options;
       options.asymmetric_quantize_inputs = true;
       m.op(BuiltinOperator::FULLY_CONNECTED,
            {m.input("x", {2, 3}, 0, 0, TensorType::FLOAT32), m.constant<int8_t>("w", {1, 3}, {1, 2, 3}, 0.5f), -1},
            {m.output("y", {2, 1}, 0, 0, TensorType::FLOAT32)}, options);
     },
     "y: f32[2,1] = fully_connected(x, w, _) asymmetric_quantize_inputs=true @\"fully_connected:y\"\n"},
    {"conv_2d.hybrid",
     [](ModelBuilder& m) {
       const int32_t w = m.constant<int8_t>("w", {2, 1, 1, 1}, {1, 2});
       ModelBuilder::quantize(m.tensor_at(w), {0.5f, 0.25f}, {0, 0}, 0);
       schema::Conv2DOptionsT options;
       options.stride_h = options.stride_w = 1;
       m.op(BuiltinOperator::CONV_2D, {m.input("x", {1, 2, 2, 1}, 0, 0, TensorType::FLOAT32), w},
            {m.output("y", {1, 2, 2, 2}, 0, 0, TensorType::FLOAT32)}, options);
     },
     "y: f32[1,2,2,2] = conv2d(x, w, _) asymmetric_quantize_inputs=true @\"conv_2d:y\"\n"},
    {"mean",
     [](ModelBuilder& m) {
       schema::ReducerOptionsT options;
       options.keep_dims = true;
       m.op(BuiltinOperator::MEAN, {m.input("x", {1, 3, 4, 2}, 0.5f), m.constant<int32_t>("axes", {2}, {1, 2})},
            {m.output("y", {1, 1, 1, 2}, 0.5f)}, options);
     },
     "y: i8[1,1,1,2] scale=0.5 = mean(x) axes=[1,2] keep_dims=true @\"mean:y\"\n"},
    {"arg_max",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::ARG_MAX,
            {m.input("x", {2, 3}, 0, 0, TensorType::FLOAT32), m.constant<int32_t>("axis", {}, {1})},
            {m.output("y", {2}, 0, 0, TensorType::INT32)});
     },
     "y_place: i64[2] = arg_max(x) axes=[1]\n"
     "y: i32[2] = cast(y_place) to=i32 @\"arg_max:y\"\n"},
    {"arg_min",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::ARG_MIN,
            {m.input("x", {2, 3}, 0, 0, TensorType::FLOAT32), m.constant<int32_t>("axis", {}, {1})},
            {m.output("y", {2}, 0, 0, TensorType::INT32)});
     },
     "y_place: i64[2] = arg_min(x) axes=[1]\n"
     "y: i32[2] = cast(y_place) to=i32 @\"arg_min:y\"\n"},
    {"cast",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::CAST, {m.input("x", {2}, 0, 0, TensorType::INT32)},
            {m.output("y", {2}, 0, 0, TensorType::FLOAT32)});
     },
     "y: f32[2] = cast(x) @\"cast:y\"\n"},
    {"tile",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::TILE, {m.input("x", {2, 3}, 0.5f), m.constant<int32_t>("times", {2}, {2, 1})},
            {m.output("y", {4, 3}, 0.5f)});
     },
     "y: i8[4,3] scale=0.5 = tile(x) repeats=[2,1] @\"tile:y\"\n"},
    {"broadcast_to",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::BROADCAST_TO, {m.input("x", {3}, 0.5f), m.constant<int32_t>("shape", {2}, {2, 3})},
            {m.output("y", {2, 3}, 0.5f)});
     },
     "y: i8[2,3] scale=0.5 = expand(x) shape=[2,3] @\"broadcast_to:y\"\n"},
    {"log_softmax",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::LOG_SOFTMAX, {m.input("x", {2, 3}, 0, 0, TensorType::FLOAT32)},
            {m.output("y", {2, 3}, 0, 0, TensorType::FLOAT32)});
     },
     "y_largest: f32[2,1] = reduce_max(x) axes=[-1] keep_dims=true\n"
     "y_rest: f32[2,3] = sub(x, y_largest)\n"
     "y_log_sum: f32[2,1] = reduce_log_sum_exp(y_rest) axes=[-1] keep_dims=true\n"
     "y: f32[2,3] = sub(y_rest, y_log_sum) @\"log_softmax:y\"\n"},
    {"select",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::SELECT,
            {m.input("c", {2, 3}, 0, 0, TensorType::BOOL), m.input("a", {2, 3}, 0, 0, TensorType::FLOAT32),
             m.input("b", {3}, 0, 0, TensorType::FLOAT32)},
            {m.output("y", {2, 3}, 0, 0, TensorType::FLOAT32)});
     },
     "y: f32[2,3] = where(c, a, b) @\"select:y\"\n"},
    {"select_v2",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::SELECT_V2,
            {m.input("c", {2, 3}, 0, 0, TensorType::BOOL), m.input("a", {2, 3}, 0, 0, TensorType::FLOAT32),
             m.input("b", {3}, 0, 0, TensorType::FLOAT32)},
            {m.output("y", {2, 3}, 0, 0, TensorType::FLOAT32)});
     },
     "y: f32[2,3] = where(c, a, b) @\"select_v2:y\"\n"},
    {"pad",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::PAD, {m.input("x", {2, 3}, 0.5f, 4), m.constant<int32_t>("pads", {2, 2}, {1, 0, 2, 3})},
            {m.output("y", {3, 8}, 0.5f, 4)});
     },
     "y: i8[3,8] scale=0.5 zero_point=4 = pad(x) pads=[1,2,0,3] @\"pad:y\"\n"},
    {"padv2",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::PADV2,
            {m.input("x", {2}, 0.5f, 4), m.constant<int32_t>("pads", {1, 2}, {1, 2}),
             m.constant<int8_t>("value", {}, {-2}, 0.5f, 4)},
            {m.output("y", {5}, 0.5f, 4)});
     },
     "y: i8[5] scale=0.5 zero_point=4 = pad(x) pads=[1,2] value=-3.0 @\"padv2:y\"\n"},
    {"depthwise_conv_2d.dequantized",
     [](ModelBuilder& m) {
       schema::DepthwiseConv2DOptionsT options;
       options.padding = schema::Padding::VALID;
       options.stride_h = options.stride_w = 1;
       options.fused_activation_function = schema::ActivationFunctionType::TANH;
       const int32_t weights = m.output("w", {1, 1, 1, 2}, 0, 0, schema::TensorType::FLOAT32);
       m.op(BuiltinOperator::DEQUANTIZE, {m.constant<int8_t>("q", {1, 1, 1, 2}, {3, 4}, 0.5f)}, {weights});
       m.op(BuiltinOperator::DEPTHWISE_CONV_2D,
            {m.input("x", {1, 2, 2, 2}, 0, 0, schema::TensorType::FLOAT32), weights},
            {m.output("y", {1, 2, 2, 2}, 0, 0, schema::TensorType::FLOAT32)}, options);
     },
     "w: f32[1,1,1,2] = dequantize(q) @\"dequantize:w\"\n"
     "y_weights: f32[2,1,1,1] = dequantize(q_2)\n"
     "y_linear: f32[1,2,2,2] = conv2d(x, y_weights, _) groups=2\n"
     "y: f32[1,2,2,2] = tanh(y_linear) @\"depthwise_conv_2d:y\"\n"},
    {"split",
     [](ModelBuilder& m) {
       m.op(BuiltinOperator::SPLIT, {m.constant<int32_t>("axis", {}, {-1}), m.input("x", {2, 4}, 0.5f)},
            {m.output("a", {2, 2}, 0.5f), m.output("b", {2, 2}, 0.5f)});
     },
     "a: i8[2,2] scale=0.5 = slice(x) begins=[0,0] sizes=[2,2] steps=[1,1] @\"split:a\"\n"
     "b: i8[2,2] scale=0.5 = slice(x) begins=[0,2] sizes=[2,2] steps=[1,1] @\"split:a\"\n"},
    {"concatenation.activation",
     [](ModelBuilder& m) {
       schema::ConcatenationOptionsT options;
       options.axis = -1;
       options.fused_activation_function = schema::ActivationFunctionType::RELU6;
       m.op(BuiltinOperator::CONCATENATION, {m.input("a", {2, 1}, 0.5f), m.input("b", {2, 3}, 0.5f)},
            {m.output("y", {2, 4}, 0.5f)}, options);
     },
     "y_linear: i8[2,4] scale=0.5 = concat(a, b) axis=-1\n"
     "y: i8[2,4] scale=0.5 = clip(y_linear) @\"concatenation:y\"\n"},
    {"concatenation",
     [](ModelBuilder& m) {
       schema::ConcatenationOptionsT options;
       options.axis = -1;
       m.op(BuiltinOperator::CONCATENATION, {m.input("a", {2, 1}, 0.5f), m.input("b", {2, 3}, 0.25f, 1)},
            {m.output("y", {2, 4}, 0.5f)}, options);
     },
     "y_part1: i8[2,3] scale=0.5 = requantize(b)\n"
     "y: i8[2,4] scale=0.5 = concat(a, y_part1) axis=-1 @\"concatenation:y\"\n"},
};

inline const std::vector<Case> kOpCases = [] {
  std::vector<Case> all(std::begin(kOperatorCases), std::end(kOperatorCases));
  all.insert(all.end(), std::begin(kControlCases), std::end(kControlCases));
  all.insert(all.end(), std::begin(kImageCases), std::end(kImageCases));
  all.insert(all.end(), std::begin(kLayerCases), std::end(kLayerCases));
  all.insert(all.end(), std::begin(kMovedCases), std::end(kMovedCases));
  all.insert(all.end(), std::begin(kRecurrentCases), std::end(kRecurrentCases));
  all.insert(all.end(), std::begin(kSignalCases), std::end(kSignalCases));
  return all;
}();

}  // namespace tmc::frontend::tflite::op_cases
