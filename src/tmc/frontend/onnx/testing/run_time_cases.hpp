// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: operands that others have as constants, computed at run time.

#include "tmc/frontend/onnx/testing/op_case.hpp"

namespace tmc::frontend::onnx_format::op_cases {

inline const Case kRunTimeCases[] = {
    {"Reshape.at_run_time", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("shape", {2}, ::onnx::TensorProto::INT64);
       m.declare("y", {3, 2});
       m.op("Reshape", {"x", "shape"}, {"y"});
     },
     "y: f32[3,2] = reshape(x) shape=[3,2] @\"Reshape:y\"\n"},
    {"Reshape.undeclared", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("shape", {2}, ::onnx::TensorProto::INT64);
       m.op("Reshape", {"x", "shape"}, {"y"});
     },
     "node 'Reshape:y': its shape ('shape') is an input of the model, and the file does not say the shape of 'y'"},
    {"Unsqueeze.at_run_time", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("axes", {1}, ::onnx::TensorProto::INT64);
       m.declare("y", {2, 1, 3});
       m.op("Unsqueeze", {"x", "axes"}, {"y"});
     },
     "y: f32[2,1,3] = reshape(x) shape=[2,1,3] @\"Unsqueeze:y\"\n"},
    {"Squeeze.at_run_time", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 1, 3});
       m.input("axes", {1}, ::onnx::TensorProto::INT64);
       m.declare("y", {2, 3});
       m.op("Squeeze", {"x", "axes"}, {"y"});
     },
     "y: f32[2,3] = reshape(x) shape=[2,3] @\"Squeeze:y\"\n"},
    {"Expand.at_run_time", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 1});
       m.input("shape", {2}, ::onnx::TensorProto::INT64);
       m.declare("y", {2, 3});
       m.op("Expand", {"x", "shape"}, {"y"});
     },
     "y: f32[2,3] = expand(x) shape=[2,3] @\"Expand:y\"\n"},
    {"Tile.at_run_time", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("times", {2}, ::onnx::TensorProto::INT64);
       m.declare("y", {2, 6});
       m.op("Tile", {"x", "times"}, {"y"});
     },
     "y: f32[2,6] = tile(x) repeats=[1,2] @\"Tile:y\"\n"},
    {"Split.at_run_time", 17,
     [](ModelBuilder& m) {
       m.input("x", {5});
       m.input("parts", {2}, ::onnx::TensorProto::INT64);
       m.declare("a", {2});
       m.declare("b", {3});
       m.op("Split", {"x", "parts"}, {"a", "b"});
       m.op("Relu", {"b"}, {"y"});
     },
     "b: f32[3] = slice(x) begins=[2] sizes=[3] steps=[1] @\"Split:a\"\n"
     "y: f32[3] = relu(b) @\"Relu:y\"\n"},
    {"ReduceSum.at_run_time", 18,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("axes", {1}, ::onnx::TensorProto::INT64);
       m.declare("y", {2, 1});
       m.op("ReduceSum", {"x", "axes"}, {"y"});
     },
     "y: f32[2,1] = reduce_sum(x) axes=[1] keep_dims=true @\"ReduceSum:y\"\n"},
    {"ReduceSum.implied", 18,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("axes", {1}, ::onnx::TensorProto::INT64);
       m.declare("y", {2, 1});
       m.op("ReduceSum", {"x", "axes"}, {"sum"});
       m.op("Sqrt", {"sum"}, {"y"});
     },
     "sum: f32[2,1] = reduce_sum(x) axes=[1] keep_dims=true @\"ReduceSum:sum\"\n"
     "y: f32[2,1] = sqrt(sum) @\"Sqrt:y\"\n"},
    {"ReduceSum.either", 18,
     [](ModelBuilder& m) {
       m.input("x", {2, 2});
       m.input("axes", {1}, ::onnx::TensorProto::INT64);
       m.declare("y", {2});
       ModelBuilder::set(m.op("ReduceSum", {"x", "axes"}, {"y"}), "keepdims", int64_t{0});
     },
     "y_codes: i64[1] = lookup(y_powers, axes)\n"
     "y_code: i64[] = reduce_sum(y_codes) axes=[0]\n"
     "y_along0: f32[2] = reduce_sum(x) axes=[0]\n"
     "y_along1: f32[2] = reduce_sum(x) axes=[1]\n"
     "y_along1_is_it: bool[] = equal(y_code, y_along1_code)\n"
     "y: f32[2] = where(y_along1_is_it, y_along1, y_along0) @\"ReduceSum:y\"\n"},
    {"ReduceSum.neither", 18,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("axes", {1}, ::onnx::TensorProto::INT64);
       m.declare("y", {5, 1});
       m.op("ReduceSum", {"x", "axes"}, {"y"});
     },
     "node 'ReduceSum:y': its axes ('axes') are known at run time only, and 0 sets of them are possible"},
    {"Trilu.at_run_time", 14,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("k", {}, ::onnx::TensorProto::INT64);
       m.op("Trilu", {"x", "k"}, {"y"});
     },
     "y_above: i64[2,3] = sub(y_columns, y_rows)\n"
     "y_triangle: bool[2,3] = greater_or_equal(y_above, k)\n"
     "y: f32[2,3] = where(y_triangle, x, y_zero) @\"Trilu:y\"\n"},
    {"Range.at_run_time", 17,
     [](ModelBuilder& m) {
       m.input("start", {});
       m.scalar<float>("limit", 5);
       m.scalar<float>("step", 2);
       m.declare("y", {3});
       m.op("Range", {"start", "limit", "step"}, {"y"});
     },
     "y_numbers_cast: f32[3] = cast(y_numbers)\n"
     "y_distances: f32[3] = mul(y_numbers_cast, step)\n"
     "y: f32[3] = add(y_distances, start) @\"Range:y\"\n"},
    {"Slice.at_run_time", 17,
     [](ModelBuilder& m) {
       m.input("x", {4, 6});
       m.input("starts", {1}, ::onnx::TensorProto::INT64);
       m.input("ends", {1}, ::onnx::TensorProto::INT64);
       m.constant<int64_t>("axes", {1}, {-1});
       m.declare("y", {4, 2});
       m.op("Slice", {"x", "starts", "ends", "axes"}, {"y"});
     },
     "y_starts_by_axis: i64[2] = scatter_elements(y_starts_otherwise, axes, starts)\n"
     "y_axis1_start: i64[1] = slice(y_starts_by_axis) begins=[1] sizes=[1] steps=[1]\n"
     "y_axis1_from_end: i64[1] = add(y_axis1_start, y_axis1_extent)\n"
     "y_axis1_is_negative: bool[1] = less(y_axis1_start, y_axis1_zero)\n"
     "y_axis1_begin: i64[1] = where(y_axis1_is_negative, y_axis1_from_end, y_axis1_start)\n"
     "y_axis1_begin_low: i64[1] = max(y_axis1_begin, y_axis1_zero)\n"
     "y_axis1_begin_high: i64[1] = min(y_axis1_begin_low, y_axis1_last)\n"
     "y_axis1_indices: i64[2] = add(y_axis1_numbers, y_axis1_begin_high)\n"
     "y_axis1_part: f32[4,2] = lookup(x, y_axis1_indices) axis=1\n"
     "y: f32[4,2] = reshape(y_axis1_part) shape=[4,2] @\"Slice:y\"\n"},
    {"Pad.at_run_time", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.input("pads", {2}, ::onnx::TensorProto::INT64);
       m.declare("y", {5});
       m.op("Pad", {"x", "pads"}, {"y"});
     },
     "y_before: i64[1] = slice(pads) begins=[0] sizes=[1] steps=[1]\n"
     "y_before_by_axis: i64[1] = scatter_elements(y_before_otherwise, y_before_axes, y_before)\n"
     "y_axis0_before: i64[1] = slice(y_before_by_axis) begins=[0] sizes=[1] steps=[1]\n"
     "y_axis0_index: i64[5] = sub(y_axis0_numbers, y_axis0_before)\n"
     "y_axis0_read: f32[5] = lookup(x, y_axis0_index)\n"
     "y_axis0_begun: bool[5] = greater_or_equal(y_axis0_index, y_axis0_zero)\n"
     "y_axis0_going: bool[5] = less(y_axis0_index, y_axis0_extent)\n"
     "y_axis0_inside: bool[5] = logical_and(y_axis0_begun, y_axis0_going)\n"
     "y_axis0_filled: f32[5] = where(y_axis0_inside, y_axis0_read, y_zero)\n"
     "y: f32[5] = reshape(y_axis0_filled) shape=[5] @\"Pad:y\"\n"},
    {"Pad.reflect_at_run_time", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.input("pads", {2}, ::onnx::TensorProto::INT64);
       m.declare("y", {5});
       ModelBuilder::set(m.op("Pad", {"x", "pads"}, {"y"}), "mode", std::string("reflect"));
     },
     "y_before: i64[1] = slice(pads) begins=[0] sizes=[1] steps=[1]\n"
     "y_before_by_axis: i64[1] = scatter_elements(y_before_otherwise, y_before_axes, y_before)\n"
     "y_axis0_before: i64[1] = slice(y_before_by_axis) begins=[0] sizes=[1] steps=[1]\n"
     "y_axis0_index: i64[5] = sub(y_axis0_numbers, y_axis0_before)\n"
     "y_axis0_forth: i64[5] = mod(y_axis0_index, y_axis0_period)\n"
     "y_axis0_back: i64[5] = sub(y_axis0_period, y_axis0_forth)\n"
     "y_axis0_reflected: i64[5] = min(y_axis0_forth, y_axis0_back)\n"
     "y_axis0_read: f32[5] = lookup(x, y_axis0_reflected)\n"
     "y: f32[5] = reshape(y_axis0_read) shape=[5] @\"Pad:y\"\n"},
    {"BatchNormalization.at_run_time", 15,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 3});
       m.input("s", {2});
       m.input("b", {2});
       m.input("mean", {2});
       m.input("variance", {2});
       m.op("BatchNormalization", {"x", "s", "b", "mean", "variance"}, {"y"});
     },
     "y_scale: f32[2,1] = reshape(s) shape=[2,1]\n"
     "y_bias: f32[2,1] = reshape(b) shape=[2,1]\n"
     "y_mean: f32[2,1] = reshape(mean) shape=[2,1]\n"
     "y_variance: f32[2,1] = reshape(variance) shape=[2,1]\n"
     "y_positive: f32[2,1] = add(y_variance, y_epsilon)\n"
     "y_deviation: f32[2,1] = sqrt(y_positive)\n"
     "y_factor: f32[2,1] = div(y_scale, y_deviation)\n"
     "y_shift: f32[2,1] = mul(y_mean, y_factor)\n"
     "y_addend: f32[2,1] = sub(y_bias, y_shift)\n"
     "y_product: f32[1,2,3] = mul(x, y_factor)\n"
     "y: f32[1,2,3] = add(y_product, y_addend) @\"BatchNormalization:y\"\n"},
    {"Conv.at_run_time", 17,
     [](ModelBuilder& m) {
       m.input("x", {1, 4, 5});
       m.input("w", {2, 2, 3});
       m.input("b", {2});
       ModelBuilder::set(m.op("Conv", {"x", "w", "b"}, {"y"}), "group", int64_t{2});
     },
     "y_image: f32[1,4,1,5] = reshape(x) shape=[1,4,1,5]\n"
     "y_weights: f32[2,2,1,3] = reshape(w) shape=[2,2,1,3]\n"
     "y_padded: f32[1,4,1,5] = pad(y_image) pads=[0,0,0,0,0,0,0,0]\n"
     "y_pixels: f32[1,4,1,9] = gather(y_padded) axes=[2,3] counts=[1,9] indices=[0,0,1,2,1,2,3,2,3,4]\n"
     "y_taps: f32[1,4,1,1,3,3] = reshape(y_pixels) shape=[1,4,1,1,3,3]\n"
     "y_windows: f32[1,4,1,3,1,3] = transpose(y_taps) perm=[0,1,2,4,3,5]\n"
     "y_columns: f32[1,2,6,3] = reshape(y_windows) shape=[1,2,6,3]\n"
     "y_rows: f32[2,1,6] = reshape(y_weights) shape=[2,1,6]\n"
     "y_product: f32[1,2,1,3] = matmul(y_rows, y_columns)\n"
     "y_sums: f32[1,2,3] = reshape(y_product) shape=[1,2,3]\n"
     "y_bias: f32[2,1] = reshape(b) shape=[2,1]\n"
     "y: f32[1,2,3] = add(y_sums, y_bias) @\"Conv:y\"\n"},
    {"ConstantOfShape.at_run_time", 17,
     [](ModelBuilder& m) {
       m.input("x", {2});
       m.input("shape", {1}, ::onnx::TensorProto::INT64);
       m.declare("c", {2});
       m.op("ConstantOfShape", {"shape"}, {"c"});
       m.op("Add", {"x", "c"}, {"y"});
     },
     "y: f32[2] = add(x, c) @\"Add:y\"\n"},
    {"QuantizeLinear.at_run_time", 21,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("s", {3});
       m.input("z", {3}, ::onnx::TensorProto::INT8);
       m.op("QuantizeLinear", {"x", "s", "z"}, {"y"});
     },
     "y_steps: f32[2,3] = div(x, s)\n"
     "y_rounded: f32[2,3] = round(y_steps)\n"
     "y_zero_point_f32: f32[3] = cast(z)\n"
     "y_shifted: f32[2,3] = add(y_rounded, y_zero_point_f32)\n"
     "y_limited: f32[2,3] = clip(y_shifted) min=-128.0 max=127.0\n"
     "y: i8[2,3] = cast(y_limited) to=i8 @\"QuantizeLinear:y\"\n"},
    {"DequantizeLinear.in_blocks", 21,
     [](ModelBuilder& m) {
       m.input("x", {1, 4}, ::onnx::TensorProto::INT8);
       m.constant<float>("s", {1, 2}, {1, 2});
       ModelBuilder::set(m.op("DequantizeLinear", {"x", "s"}, {"y"}), "block_size", int64_t{2});
     },
     "y_reals: f32[1,4] = cast(x)\n"
     "y_scale_of_blocks: f32[1,4] = gather(s) axes=[1] counts=[4] indices=[0,0,1,1]\n"
     "y: f32[1,4] = mul(y_reals, y_scale_of_blocks) @\"DequantizeLinear:y\"\n"},
    {"Cast.to_float8", 21,
     [](ModelBuilder& m) {
       m.input("x", {2});
       auto& node = m.op("Cast", {"x"}, {"y"});
       ModelBuilder::set(node, "to", int64_t{17});
       ModelBuilder::set(node, "saturate", int64_t{0});
     },
     "y: f32[2] = to_float8_e4m3fn(x) saturate=0.0 @\"Cast:y\"\n"},
    {"CastLike.int4", 21,
     [](ModelBuilder& m) {
       m.input("x", {2});
       m.input("like", {1}, 22);
       m.op("CastLike", {"x", "like"}, {"y"});
     },
     "y_i64: i64[2] = cast(x) to=i64\n"
     "y_raised: i64[2] = add(y_i64, y_half)\n"
     "y_wrapped: i64[2] = mod(y_raised, y_period)\n"
     "y_lowered: i64[2] = sub(y_wrapped, y_half)\n"
     "y: i8[2] = cast(y_lowered) to=i8 @\"CastLike:y\"\n"},
    {"Cast.to_powers_of_two", 21,
     [](ModelBuilder& m) {
       m.input("x", {2});
       ModelBuilder::set(m.op("Cast", {"x"}, {"y"}), "to", int64_t{24});
     },
     "node 'Cast:y': casts to powers of two (ONNX type 24) are not supported"},
    {"ReduceSum.of_many", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 64, 64});
       m.op("ReduceSum", {"x"}, {"y"});
     },
     "y_sums: f32[2,1,1] = reduce_sum(x) axes=[2,1] keep_dims=true\n"
     "y: f32[1,1,1] = reduce_sum(y_sums) axes=[0,1,2] keep_dims=true @\"ReduceSum:y\"\n"},
    {"Resize.sizes_at_run_time", 18,
     [](ModelBuilder& m) {
       m.input("x", {1, 1, 2, 3});
       m.input("sizes", {4}, ::onnx::TensorProto::INT64);
       m.declare("y", {1, 1, 4, 3});
       m.op("Resize", {"x", "", "", "sizes"}, {"y"});
     },
     "y: f32[1,1,4,3] = gather(x) axes=[2] counts=[4] indices=[0,0,1,1] @\"Resize:y\"\n"},
    {"Resize.scales_at_run_time", 18,
     [](ModelBuilder& m) {
       m.input("x", {1, 1, 2, 3});
       m.input("scales", {4});
       m.declare("y", {1, 1, 4, 3});
       m.op("Resize", {"x", "", "scales"}, {"y"});
     },
     "node 'Resize:y': its scales ('scales') do not follow from the declared shape"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
