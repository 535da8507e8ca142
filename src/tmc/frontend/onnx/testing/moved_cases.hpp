// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: operators that only move elements.

#include "tmc/frontend/onnx/testing/op_case.hpp"

namespace tmc::frontend::onnx_format::op_cases {

inline const Case kMovedCases[] = {
    {"Transpose", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3, 4});
       ModelBuilder::set(m.op("Transpose", {"x"}, {"y"}), "perm", Dims{2, 0, 1});
     },
     "y: f32[4,2,3] = transpose(x) perm=[2,0,1] @\"Transpose:y\"\n"},
    {"Transpose.of_weights", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.constant<int8_t>("w_q", {4, 3}, std::vector<int8_t>(12, 1));
       m.constant<float>("s", {4}, {1, 2, 3, 4});
       ModelBuilder::set(m.op("DequantizeLinear", {"w_q", "s"}, {"w"}), "axis", int64_t{0});
       m.op("Transpose", {"w"}, {"w_t"});
       m.op("MatMul", {"x", "w_t"}, {"y"});
     },
     "w: f32[4,3] = dequantize(w_q) @\"DequantizeLinear:w\"\n"
     "w_t_weights_dequantize: f32[3,4] = dequantize(w_t_weights)\n"
     "y_weights_dequantize: f32[4,3] = dequantize(y_weights)\n"
     "y: f32[2,4] = fully_connected(x, y_weights_dequantize) @\"MatMul:y\"\n"},
    {"Concat", 17,
     [](ModelBuilder& m) {
       m.input("a", {2, 1});
       m.input("b", {2, 3});
       ModelBuilder::set(m.op("Concat", {"a", "b"}, {"y"}), "axis", int64_t{-1});
     },
     "y: f32[2,4] = concat(a, b) axis=-1 @\"Concat:y\"\n"},
    {"Pad.attributes", 10,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       ModelBuilder::set(m.op("Pad", {"x"}, {"y"}), "pads", Dims{1, 0, 2, 3});
     },
     "y: f32[5,6] = pad(x) pads=[1,0,2,3] @\"Pad:y\"\n"},
    {"Pad", 18,
     [](ModelBuilder& m) {
       m.input("x", {2, 3, 4});
       m.constant<int64_t>("pads", {2}, {1, 2});
       m.scalar<float>("value", 0.5f);
       m.constant<int64_t>("axes", {1}, {-2});
       m.op("Pad", {"x", "pads", "value", "axes"}, {"y"});
     },
     "y: f32[2,6,4] = pad(x) pads=[0,1,0,0,2,0] value=0.5 @\"Pad:y\"\n"},
    {"Pad.reflect", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.constant<int64_t>("pads", {4}, {0, 1, 0, 2});
       ModelBuilder::set(m.op("Pad", {"x", "pads"}, {"y"}), "mode", std::string("reflect"));
     },
     "y: f32[2,6] = gather(x) axes=[1] counts=[6] indices=[1,0,1,2,1,0] @\"Pad:y\"\n"},
    {"Pad.mode", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.constant<int64_t>("pads", {4}, {0, 1, 0, 2});
       ModelBuilder::set(m.op("Pad", {"x", "pads"}, {"y"}), "mode", std::string("circular"));
     },
     "node 'Pad:y': its mode is 'circular'"},
    {"Slice", 13,
     [](ModelBuilder& m) {
       m.input("x", {4, 6});
       m.constant<int64_t>("starts", {2}, {-3, 1});
       m.constant<int64_t>("ends", {2}, {INT64_MAX, -1});
       m.constant<int64_t>("axes", {2}, {0, -1});
       m.constant<int64_t>("steps", {2}, {1, 2});
       m.op("Slice", {"x", "starts", "ends", "axes", "steps"}, {"y"});
     },
     "y: f32[3,2] = slice(x) begins=[1,1] sizes=[3,2] steps=[1,2] @\"Slice:y\"\n"},
    {"Slice.attributes", 9,
     [](ModelBuilder& m) {
       m.input("x", {4, 6});
       auto& node = m.op("Slice", {"x"}, {"y"});
       ModelBuilder::set(node, "starts", Dims{1});
       ModelBuilder::set(node, "ends", Dims{3});
     },
     "y: f32[2,6] = slice(x) begins=[1,0] sizes=[2,6] steps=[1,1] @\"Slice:y\"\n"},
    {"Slice.backwards", 13,
     [](ModelBuilder& m) {
       m.input("x", {4});
       m.constant<int64_t>("starts", {1}, {-1});
       m.constant<int64_t>("ends", {1}, {INT64_MIN});
       m.constant<int64_t>("axes", {1}, {0});
       m.constant<int64_t>("steps", {1}, {-1});
       m.op("Slice", {"x", "starts", "ends", "axes", "steps"}, {"y"});
     },
     "y: f32[4] = slice(x) begins=[3] sizes=[4] steps=[-1] @\"Slice:y\"\n"},
    {"Split", 18,
     [](ModelBuilder& m) {
       m.input("x", {2, 5});
       auto& node = m.op("Split", {"x"}, {"a", "b"});
       ModelBuilder::set(node, "axis", int64_t{-1});
       ModelBuilder::set(node, "num_outputs", int64_t{2});
       m.op("Relu", {"b"}, {"y"});
     },
     "b: f32[2,2] = slice(x) begins=[0,3] sizes=[2,2] steps=[1,1] @\"Split:a\"\n"
     "y: f32[2,2] = relu(b) @\"Relu:y\"\n"},
    {"Gather", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 3, 4});
       m.scalar<int64_t>("i", -1);
       ModelBuilder::set(m.op("Gather", {"x", "i"}, {"y"}), "axis", int64_t{1});
     },
     "y_slice: f32[2,1,4] = slice(x) begins=[0,2,0] sizes=[2,1,4] steps=[1,1,1]\n"
     "y: f32[2,4] = reshape(y_slice) shape=[2,4] @\"Gather:y\"\n"},
    {"Gather.several", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 3, 4});
       m.constant<int64_t>("i", {2, 2}, {0, -1, 1, 1});
       ModelBuilder::set(m.op("Gather", {"x", "i"}, {"y"}), "axis", int64_t{1});
     },
     "y_gathered: f32[2,4,4] = gather(x) axes=[1] counts=[4] indices=[0,2,1,1]\n"
     "y: f32[2,2,2,4] = reshape(y_gathered) shape=[2,2,2,4] @\"Gather:y\"\n"},
    {"Resize", 19,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 2, 3});
       m.constant<float>("scales", {4}, {1, 1, 2, 1.5F});
       m.op("Resize", {"x", "", "scales"}, {"y"});
     },
     "y: f32[1,2,4,4] = gather(x) axes=[2,3] counts=[4,4] indices=[0,0,1,1,0,0,1,2] @\"Resize:y\"\n"},
    {"Upsample", 9,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 2, 3});
       m.constant<float>("scales", {4}, {1, 1, 2, 1.5F});
       m.op("Upsample", {"x", "scales"}, {"y"});
     },
     "y: f32[1,2,4,4] = gather(x) axes=[2,3] counts=[4,4] indices=[0,0,1,1,0,0,1,2] @\"Upsample:y\"\n"},
    {"Upsample.attribute", 7,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 2, 3});
       auto& scales = *m.op("Upsample", {"x"}, {"y"}).add_attribute();
       scales.set_name("scales");
       for (const float scale : {1.F, 1.F, 2.F, 1.5F}) scales.add_floats(scale);
     },
     "y: f32[1,2,4,4] = gather(x) axes=[2,3] counts=[4,4] indices=[0,0,1,1,0,0,1,2] @\"Upsample:y\"\n"},
    {"Resize.linear", 19,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 2, 3});
       m.constant<float>("scales", {4}, {1, 1, 2, 2});
       ModelBuilder::set(m.op("Resize", {"x", "", "scales"}, {"y"}), "mode", std::string("linear"));
     },
     "y_axis2_tap0: f32[1,2,4,3] = gather(x) axes=[2] counts=[4] indices=[0,0,0,1]\n"
     "y_axis2_part0: f32[1,2,4,3] = mul(y_axis2_tap0, y_axis2_weight0)\n"
     "y_axis2_tap1: f32[1,2,4,3] = gather(x) axes=[2] counts=[4] indices=[0,1,1,1]\n"
     "y_axis2_part1: f32[1,2,4,3] = mul(y_axis2_tap1, y_axis2_weight1)\n"
     "y_axis2_sum1: f32[1,2,4,3] = add(y_axis2_part0, y_axis2_part1)\n"
     "y_axis3_tap0: f32[1,2,4,6] = gather(y_axis2_sum1) axes=[3] counts=[6] indices=[0,0,0,1,1,2]\n"
     "y_axis3_part0: f32[1,2,4,6] = mul(y_axis3_tap0, y_axis3_weight0)\n"
     "y_axis3_tap1: f32[1,2,4,6] = gather(y_axis2_sum1) axes=[3] counts=[6] indices=[0,1,1,2,2,2]\n"
     "y_axis3_part1: f32[1,2,4,6] = mul(y_axis3_tap1, y_axis3_weight1)\n"
     "y_axis3_sum1: f32[1,2,4,6] = add(y_axis3_part0, y_axis3_part1)\n"
     "y: f32[1,2,4,6] = reshape(y_axis3_sum1) shape=[1,2,4,6] @\"Resize:y\"\n"},
    {"Resize.strange", 19,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 2, 3});
       m.constant<float>("scales", {4}, {1, 1, 2, 2});
       ModelBuilder::set(m.op("Resize", {"x", "", "scales"}, {"y"}), "mode", std::string("spline"));
     },
     "node 'Resize:y': resizing of mode 'spline' is not supported"},
    {"DepthToSpace", 13,
     [](ModelBuilder& m) {
       m.input("x", {1, 8, 2, 3});
       ModelBuilder::set(m.op("DepthToSpace", {"x"}, {"y"}), "blocksize", int64_t{2});
     },
     "y: f32[1,2,4,6] = depth_to_space(x) layout=nchw block=2 @\"DepthToSpace:y\"\n"},
    {"SpaceToDepth", 13,
     [](ModelBuilder& m) {
       m.input("x", {1, 2, 4, 6});
       ModelBuilder::set(m.op("SpaceToDepth", {"x"}, {"y"}), "blocksize", int64_t{2});
     },
     "y: f32[1,8,2,3] = space_to_depth(x) layout=nchw block=2 @\"SpaceToDepth:y\"\n"},
    {"Expand", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.constant<float>("c", {2, 1}, {1, 2});
       m.constant<int64_t>("shape", {2}, {1, 3});
       m.op("Expand", {"c", "shape"}, {"e"});
       m.op("Add", {"x", "e"}, {"y"});
     },
     "y: f32[2,3] = add(x, e) @\"Add:y\"\n"},
    {"Expand.run_time", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 1});
       m.constant<int64_t>("shape", {2}, {1, 3});
       m.op("Expand", {"x", "shape"}, {"y"});
     },
     "y: f32[2,3] = expand(x) shape=[2,3] @\"Expand:y\"\n"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
