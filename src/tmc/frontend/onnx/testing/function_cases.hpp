// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: operators that become functions of elements, and what moves or chooses elements of any type.

#include "tmc/frontend/onnx/testing/op_case.hpp"

namespace tmc::frontend::onnx_format::op_cases {

inline const Case kFunctionCases[] = {
    {"Mod.fmod", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.input("d", {3});
       ModelBuilder::set(m.op("Mod", {"x", "d"}, {"y"}), "fmod", int64_t{1});
     },
     "y: f32[3] = remainder(x, d) @\"Mod:y\"\n"},
    {"BitShift", 17,
     [](ModelBuilder& m) {
       m.input("x", {3}, ::onnx::TensorProto::UINT8);
       m.input("n", {3}, ::onnx::TensorProto::UINT8);
       ModelBuilder::set(m.op("BitShift", {"x", "n"}, {"y"}), "direction", std::string("LEFT"));
     },
     "y: u8[3] = shift_left(x, n) @\"BitShift:y\"\n"},
    {"IsInf", 20,
     [](ModelBuilder& m) {
       m.input("x", {3});
       ModelBuilder::set(m.op("IsInf", {"x"}, {"y"}), "detect_negative", int64_t{0});
     },
     "y: bool[3] = is_inf(x) detect_negative=0.0 @\"IsInf:y\"\n"},
    {"LogSoftmax", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.op("LogSoftmax", {"x"}, {"y"});
     },
     "y_largest: f32[2,1] = reduce_max(x) axes=[1] keep_dims=true\n"
     "y_rest: f32[2,3] = sub(x, y_largest)\n"
     "y_log_sum: f32[2,1] = reduce_log_sum_exp(y_rest) axes=[1] keep_dims=true\n"
     "y: f32[2,3] = sub(y_rest, y_log_sum) @\"LogSoftmax:y\"\n"},
    {"Hardmax", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.op("Hardmax", {"x"}, {"y"});
     },
     "y_lines: f32[2,3,1] = reshape(x) shape=[2,3,1]\n"
     "y_place: i64[2,1,1] = arg_max(y_lines) axes=[1] keep_dims=true\n"
     "y_found: bool[2,3,1] = equal(y_place, y_places)\n"
     "y_number: f32[2,3,1] = cast(y_found)\n"
     "y: f32[2,3] = reshape(y_number) shape=[2,3] @\"Hardmax:y\"\n"},
    {"RMSNormalization", 23,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("s", {3});
       m.op("RMSNormalization", {"x", "s"}, {"y"});
     },
     "y: f32[2,3] = rms_norm(x, s) @\"RMSNormalization:y\"\n"},
    {"SimplifiedLayerNormalization", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("s", {2, 3});
       ModelBuilder::set(m.op("SimplifiedLayerNormalization", {"x", "s"}, {"y"}), "axis", int64_t{0});
     },
     "y: f32[2,3] = rms_norm(x, s) axis=0 @\"SimplifiedLayerNormalization:y\"\n"},
    {"Tile", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.constant<int64_t>("times", {2}, {1, 4});
       m.op("Tile", {"x", "times"}, {"y"});
     },
     "y: f32[2,12] = tile(x) repeats=[1,4] @\"Tile:y\"\n"},
    {"Trilu", 14,
     [](ModelBuilder& m) {
       m.input("x", {2, 3, 3});
       m.op("Trilu", {"x"}, {"y"});
     },
     "y: f32[2,3,3] = where(y_triangle, x, y_zero) @\"Trilu:y\"\n"},
    {"Where", 17,
     [](ModelBuilder& m) {
       m.input("c", {3}, ::onnx::TensorProto::BOOL);
       m.input("a", {1});
       m.input("b", {2, 1});
       m.op("Where", {"c", "a", "b"}, {"y"});
     },
     "y: f32[2,3] = where(c, a, b) @\"Where:y\"\n"},
    {"Cast.at_run_time", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       ModelBuilder::set(m.op("Cast", {"x"}, {"y"}), "to", int64_t{::onnx::TensorProto::INT64});
     },
     "y: i64[3] = cast(x) to=i64 @\"Cast:y\"\n"},
    {"CastLike", 19,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.input("like", {1}, ::onnx::TensorProto::BOOL);
       m.op("CastLike", {"x", "like"}, {"y"});
     },
     "y: bool[3] = cast(x) to=bool @\"CastLike:y\"\n"},
    {"Pow.of_constants", 17,
     [](ModelBuilder& m) {
       m.input("x", {1});
       m.constant<float>("c", {1}, {3});
       m.constant<int64_t>("p", {1}, {2});
       m.op("Pow", {"c", "p"}, {"nine"});
       m.op("Add", {"x", "nine"}, {"y"});
     },
     "y: f32[1] = add(x, nine) @\"Add:y\"\n"},
    {"Pow.at_run_time", 17,
     [](ModelBuilder& m) {
       m.input("x", {3});
       m.input("p", {1}, ::onnx::TensorProto::INT32);
       m.op("Pow", {"x", "p"}, {"y"});
     },
     "y_exponent: f32[1] = cast(p)\n"
     "y: f32[3] = pow(x, y_exponent) @\"Pow:y\"\n"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
