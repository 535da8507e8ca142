// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: operators on integers, which stand for others.

#include "tmc/frontend/onnx/testing/op_case.hpp"

namespace tmc::frontend::onnx_format::op_cases {

// `name` of int8, with a scale and a zero point.
inline void quantised_input(ModelBuilder& m, const std::string& name, const Dims& dims) {
  m.input(name, dims, ::onnx::TensorProto::INT8);
  m.scalar<float>(name + "_scale", 0.5f);
  m.scalar<int8_t>(name + "_zero", 3);
}

inline void output_scale(ModelBuilder& m) {
  m.scalar<float>("y_scale", 0.25f);
  m.scalar<int8_t>("y_zero", -1);
}

inline const Case kQuantizedCases[] = {
    {"QLinearConv", 17,
     [](ModelBuilder& m) {
       quantised_input(m, "x", {1, 1, 2, 2});
       m.constant<int8_t>("w", {1, 1, 1, 1}, {5});
       m.scalar<float>("w_scale", 0.125f);
       m.scalar<int8_t>("w_zero", 0);
       output_scale(m);
       m.op("QLinearConv", {"x", "x_scale", "x_zero", "w", "w_scale", "w_zero", "y_scale", "y_zero"}, {"y"});
     },
     "\"QLinearConv:y.0.x_real\": f32[1,1,2,2] = dequantize(x) @\"DequantizeLinear:QLinearConv:y.0.x_real\"\n"
     "\"QLinearConv:y.0.w_real\": f32[1,1,1,1] = dequantize(\"QLinearConv:y.0.w\") "
     "@\"DequantizeLinear:QLinearConv:y.0.w_real\"\n"
     "\"QLinearConv:y.0.y_real\": f32[1,1,2,2] = conv2d(\"QLinearConv:y.0.x_real\", \"QLinearConv:y.0.w_real\", _) "
     "layout=nchw @\"Conv:QLinearConv:y.0.y_real\"\n"
     "\"QLinearConv:y.0.y\": i8[1,1,2,2] scale=0.25 zero_point=-1 = quantize(\"QLinearConv:y.0.y_real\") "
     "ties_to_even=true @\"QuantizeLinear:QLinearConv:y.0.y\"\n"
     "y: i8[1,1,2,2] scale=0.25 zero_point=-1 = reshape(\"QLinearConv:y.0.y\") shape=[1,1,2,2] @\"QLinearConv:y\"\n"},
    {"QLinearMatMul", 17,
     [](ModelBuilder& m) {
       quantised_input(m, "a", {2, 2});
       quantised_input(m, "b", {2, 2});
       output_scale(m);
       m.op("QLinearMatMul", {"a", "a_scale", "a_zero", "b", "b_scale", "b_zero", "y_scale", "y_zero"}, {"y"});
     },
     "\"QLinearMatMul:y.0.a_real\": f32[2,2] = dequantize(a) @\"DequantizeLinear:QLinearMatMul:y.0.a_real\"\n"
     "\"QLinearMatMul:y.0.b_real\": f32[2,2] = dequantize(b) @\"DequantizeLinear:QLinearMatMul:y.0.b_real\"\n"
     "\"QLinearMatMul:y.0.y_real\": f32[2,2] = matmul(\"QLinearMatMul:y.0.a_real\", \"QLinearMatMul:y.0.b_real\") "
     "@\"MatMul:QLinearMatMul:y.0.y_real\"\n"
     "\"QLinearMatMul:y.0.y\": i8[2,2] scale=0.25 zero_point=-1 = quantize(\"QLinearMatMul:y.0.y_real\") "
     "ties_to_even=true @\"QuantizeLinear:QLinearMatMul:y.0.y\"\n"
     "y: i8[2,2] scale=0.25 zero_point=-1 = reshape(\"QLinearMatMul:y.0.y\") shape=[2,2] @\"QLinearMatMul:y\"\n"},
    {"MatMulInteger", 17,
     [](ModelBuilder& m) {
       m.input("a", {2, 2}, ::onnx::TensorProto::INT8);
       m.input("b", {2, 2}, ::onnx::TensorProto::INT8);
       m.scalar<int8_t>("zero", 3);
       m.op("MatMulInteger", {"a", "b", "zero"}, {"y"});
     },
     "\"MatMulInteger:y.0.a_real\": f32[2,2] = cast(a) @\"Cast:MatMulInteger:y.0.a_real\"\n"
     "\"MatMulInteger:y.0.a_centred\": f32[2,2] = sub(\"MatMulInteger:y.0.a_real\", "
     "\"MatMulInteger:y.0.a_zero_shaped\") @\"Sub:MatMulInteger:y.0.a_centred\"\n"
     "\"MatMulInteger:y.0.b_centred\": f32[2,2] = cast(b) @\"Cast:MatMulInteger:y.0.b_centred\"\n"
     "\"MatMulInteger:y.0.y_real\": f32[2,2] = matmul(\"MatMulInteger:y.0.a_centred\", "
     "\"MatMulInteger:y.0.b_centred\") @\"MatMul:MatMulInteger:y.0.y_real\"\n"
     "\"MatMulInteger:y.0.y\": i32[2,2] = cast(\"MatMulInteger:y.0.y_real\") to=i32 @\"Cast:MatMulInteger:y.0.y\"\n"
     "y: i32[2,2] = reshape(\"MatMulInteger:y.0.y\") shape=[2,2] @\"MatMulInteger:y\"\n"},
    {"ConvInteger", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 300, 1, 1}, ::onnx::TensorProto::INT8);
       m.constant<int8_t>("w", {1, 300, 1, 1}, std::vector<int8_t>(300, 1));
       m.op("ConvInteger", {"x", "w"}, {"y"});
     },
     "node 'ConvInteger:y': it adds up 300 products, at most 258 are exact in float"},
    {"DynamicQuantizeLinear", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.op("DynamicQuantizeLinear", {"x"}, {"", "y"});
     },
     "\"DynamicQuantizeLinear:0.0.min\": f32[] = reduce_min(x) axes=[0] @\"ReduceMin:DynamicQuantizeLinear:0.0.min\"\n"
     "\"DynamicQuantizeLinear:0.0.min_with_zero\": f32[] = min(\"DynamicQuantizeLinear:0.0.min\", "
     "\"DynamicQuantizeLinear:0.0.zero\") @\"Min:DynamicQuantizeLinear:0.0.min_with_zero\"\n"
     "\"DynamicQuantizeLinear:0.0.max\": f32[] = reduce_max(x) axes=[0] @\"ReduceMax:DynamicQuantizeLinear:0.0.max\"\n"
     "\"DynamicQuantizeLinear:0.0.max_with_zero\": f32[] = max(\"DynamicQuantizeLinear:0.0.max\", "
     "\"DynamicQuantizeLinear:0.0.zero\") @\"Max:DynamicQuantizeLinear:0.0.max_with_zero\"\n"
     "\"DynamicQuantizeLinear:0.0.range\": f32[] = sub(\"DynamicQuantizeLinear:0.0.max_with_zero\", "
     "\"DynamicQuantizeLinear:0.0.min_with_zero\") @\"Sub:DynamicQuantizeLinear:0.0.range\"\n"
     "\"DynamicQuantizeLinear:0.0.y_scale\": f32[] = div(\"DynamicQuantizeLinear:0.0.range\", "
     "\"DynamicQuantizeLinear:0.0.steps\") @\"Div:DynamicQuantizeLinear:0.0.y_scale\"\n"
     "\"DynamicQuantizeLinear:0.0.below\": f32[] = sub(\"DynamicQuantizeLinear:0.0.zero\", "
     "\"DynamicQuantizeLinear:0.0.min_with_zero\") @\"Sub:DynamicQuantizeLinear:0.0.below\"\n"
     "\"DynamicQuantizeLinear:0.0.zero_step\": f32[] = div(\"DynamicQuantizeLinear:0.0.below\", "
     "\"DynamicQuantizeLinear:0.0.y_scale\") @\"Div:DynamicQuantizeLinear:0.0.zero_step\"\n"
     "\"DynamicQuantizeLinear:0.0.zero_rounded\": f32[] = round(\"DynamicQuantizeLinear:0.0.zero_step\") "
     "@\"Round:DynamicQuantizeLinear:0.0.zero_rounded\"\n"
     "\"DynamicQuantizeLinear:0.0.zero_clipped\": f32[] = clip(\"DynamicQuantizeLinear:0.0.zero_rounded\") max=255.0 "
     "@\"Clip:DynamicQuantizeLinear:0.0.zero_clipped\"\n"
     "\"DynamicQuantizeLinear:0.0.y_zero\": u8[] = cast(\"DynamicQuantizeLinear:0.0.zero_clipped\") to=u8 "
     "@\"Cast:DynamicQuantizeLinear:0.0.y_zero\"\n"
     "\"DynamicQuantizeLinear:0.0.y_steps\": f32[3] = div(x, \"DynamicQuantizeLinear:0.0.y_scale\")\n"
     "\"DynamicQuantizeLinear:0.0.y_rounded\": f32[3] = round(\"DynamicQuantizeLinear:0.0.y_steps\")\n"
     "\"DynamicQuantizeLinear:0.0.y_zero_point_f32\": f32[] = cast(\"DynamicQuantizeLinear:0.0.y_zero\")\n"
     "\"DynamicQuantizeLinear:0.0.y_shifted\": f32[3] = add(\"DynamicQuantizeLinear:0.0.y_rounded\", "
     "\"DynamicQuantizeLinear:0.0.y_zero_point_f32\")\n"
     "\"DynamicQuantizeLinear:0.0.y_limited\": f32[3] = clip(\"DynamicQuantizeLinear:0.0.y_shifted\") max=255.0\n"
     "\"DynamicQuantizeLinear:0.0.y\": u8[3] = cast(\"DynamicQuantizeLinear:0.0.y_limited\") to=u8 "
     "@\"QuantizeLinear:DynamicQuantizeLinear:0.0.y\"\n"
     "y: f32[] = reshape(\"DynamicQuantizeLinear:0.0.y_scale\") @\"DynamicQuantizeLinear:0\"\n"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
