// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: operators that read and write at indices, and those that are made of them.

#include "tmc/frontend/onnx/testing/op_case.hpp"

namespace tmc::frontend::onnx_format::op_cases {

inline const Case kIndexedCases[] = {
    {"Gather.at_run_time", 17,
     [](ModelBuilder& m) {
       m.constant<float>("table", {2, 2}, {1, 2, 3, 4});
       m.input("i", {3}, ::onnx::TensorProto::INT64);
       m.op("Gather", {"table", "i"}, {"y"});
     },
     "y: f32[3,2] = lookup(table, i) @\"Gather:y\"\n"},
    {"GatherElements", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("i", {2, 1}, ::onnx::TensorProto::INT64);
       ModelBuilder::set(m.op("GatherElements", {"x", "i"}, {"y"}), "axis", int64_t{1});
     },
     "y: f32[2,1] = gather_elements(x, i) axis=1 @\"GatherElements:y\"\n"},
    {"GatherND", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 3, 4});
       m.input("i", {2, 1}, ::onnx::TensorProto::INT64);
       ModelBuilder::set(m.op("GatherND", {"x", "i"}, {"y"}), "batch_dims", int64_t{1});
     },
     "y: f32[2,4] = gather_nd(x, i) batch_dims=1 @\"GatherND:y\"\n"},
    {"GatherND.too_many", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("i", {2, 3}, ::onnx::TensorProto::INT64);
       m.op("GatherND", {"x", "i"}, {"y"});
     },
     "node 'GatherND:y': 0 axes of batches and 3 of indices do not fit data of rank 2"},
    {"ScatterElements", 18,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("i", {1, 2}, ::onnx::TensorProto::INT64);
       m.input("u", {1, 2});
       ModelBuilder::set(m.op("ScatterElements", {"x", "i", "u"}, {"y"}), "reduction", std::string("add"));
     },
     "y: f32[2,3] = scatter_elements(x, i, u) reduction=add @\"ScatterElements:y\"\n"},
    {"Scatter", 10,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("i", {1, 2}, ::onnx::TensorProto::INT64);
       m.input("u", {1, 2});
       m.op("Scatter", {"x", "i", "u"}, {"y"});
     },
     "y: f32[2,3] = scatter_elements(x, i, u) @\"Scatter:y\"\n"},
    {"ScatterND", 18,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("i", {1, 1}, ::onnx::TensorProto::INT64);
       m.input("u", {1, 3});
       m.op("ScatterND", {"x", "i", "u"}, {"y"});
     },
     "y: f32[2,3] = scatter_nd(x, i, u) @\"ScatterND:y\"\n"},
    {"ScatterND.reduction", 18,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("i", {1, 1}, ::onnx::TensorProto::INT64);
       m.input("u", {1, 3});
       ModelBuilder::set(m.op("ScatterND", {"x", "i", "u"}, {"y"}), "reduction", std::string("mean"));
     },
     "node 'ScatterND:y': there is no reduction 'mean'"},
    {"CumSum", 14,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.scalar<int64_t>("axis", -1);
       ModelBuilder::set(m.op("CumSum", {"x", "axis"}, {"y"}), "exclusive", int64_t{1});
     },
     "y: f32[2,3] = cum_sum(x) axis=1 exclusive=true @\"CumSum:y\"\n"},
    {"CumSum.at_run_time", 14,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("axis", {}, ::onnx::TensorProto::INT64);
       m.op("CumSum", {"x", "axis"}, {"y"});
     },
     "y_codes: i64[] = lookup(y_powers, axis)\n"
     "y_along0: f32[2,3] = cum_sum(x)\n"
     "y_along1: f32[2,3] = cum_sum(x) axis=1\n"
     "y_along1_is_it: bool[] = equal(y_codes, y_along1_code)\n"
     "y: f32[2,3] = where(y_along1_is_it, y_along1, y_along0) @\"CumSum:y\"\n"},
    {"CumProd", 26,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.scalar<int64_t>("axis", 0);
       ModelBuilder::set(m.op("CumProd", {"x", "axis"}, {"y"}), "reverse", int64_t{1});
     },
     "y: f32[2,3] = cum_prod(x) reverse=true @\"CumProd:y\"\n"},
    {"TopK", 11,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.constant<int64_t>("k", {1}, {2});
       m.op("TopK", {"x", "k"}, {"y", "places"});
     },
     "y_places: i64[2,2] = top_k(x) axis=1 k=2\n"
     "y: f32[2,2] = gather_elements(x, y_places) axis=1 @\"TopK:y\"\n"},
    {"TopK.at_run_time", 11,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("k", {1}, ::onnx::TensorProto::INT64);
       m.declare("places", {2, 1}, ::onnx::TensorProto::INT64);
       m.declare("values", {2, 1});
       ModelBuilder::set(m.op("TopK", {"x", "k"}, {"values", "places"}), "largest", int64_t{0});
       m.op("Identity", {"places"}, {"y"});
     },
     "values_places: i64[2,1] = top_k(x) axis=1 largest=false\n"
     "values: f32[2,1] = gather_elements(x, values_places) axis=1 @\"TopK:values\"\n"
     "places: i64[2,1] = reshape(values_places) shape=[2,1] @\"TopK:values\"\n"
     "y: i64[2,1] = reshape(places) shape=[2,1] @\"Identity:y\"\n"},
    {"OneHot", 11,
     [](ModelBuilder& m) {
       m.input("x", {2}, ::onnx::TensorProto::INT64);
       m.scalar<int64_t>("depth", 3);
       m.constant<float>("values", {2}, {0, 1});
       m.op("OneHot", {"x", "depth", "values"}, {"y"});
     },
     "y_off: f32[1] = slice(values) begins=[0] sizes=[1] steps=[1]\n"
     "y_off_aligned: f32[] = reshape(y_off)\n"
     "y_on: f32[1] = slice(values) begins=[1] sizes=[1] steps=[1]\n"
     "y_on_aligned: f32[] = reshape(y_on)\n"
     "y_aligned: i64[2,1] = reshape(x) shape=[2,1]\n"
     "y_below: i64[1,3] = sub(y_numbers, y_depth)\n"
     "y_is_it: bool[2,3] = equal(y_aligned, y_numbers)\n"
     "y_is_from_end: bool[2,3] = equal(y_aligned, y_below)\n"
     "y_either: bool[2,3] = logical_or(y_is_it, y_is_from_end)\n"
     "y: f32[2,3] = where(y_either, y_on_aligned, y_off_aligned) @\"OneHot:y\"\n"},
    {"Compress.at_run_time", 11,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("c", {3}, ::onnx::TensorProto::BOOL);
       m.declare("y", {2, 2});
       ModelBuilder::set(m.op("Compress", {"x", "c"}, {"y"}), "axis", int64_t{1});
     },
     "y_kept_numbers: i32[3] = cast(c) to=i32\n"
     "y_kept: i64[2] = top_k(y_kept_numbers) axis=0 k=2\n"
     "y: f32[2,2] = lookup(x, y_kept) axis=1 @\"Compress:y\"\n"},
    {"NonZero", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.declare("y", {2, 4}, ::onnx::TensorProto::INT64);
       m.op("NonZero", {"x"}, {"y"});
     },
     "y_flat: f32[6] = reshape(x) shape=[6]\n"
     "y_is_not_zero: bool[6] = cast(y_flat) to=bool\n"
     "y_places_numbers: i32[6] = cast(y_is_not_zero) to=i32\n"
     "y_places: i64[4] = top_k(y_places_numbers) axis=0 k=4\n"
     "y_quotients: i64[2,4] = div(y_places, y_strides)\n"
     "y: i64[2,4] = mod(y_quotients, y_extents) @\"NonZero:y\"\n"},
    {"ReverseSequence", 10,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       m.input("n", {3}, ::onnx::TensorProto::INT64);
       m.op("ReverseSequence", {"x", "n"}, {"y"});
     },
     "y_aligned: i64[1,3] = reshape(n) shape=[1,3]\n"
     "y_last: i64[1,3] = sub(y_aligned, y_one)\n"
     "y_turned: i64[2,3] = sub(y_last, y_steps)\n"
     "y_is_within: bool[2,3] = less(y_steps, y_aligned)\n"
     "y_from: i64[2,3] = where(y_is_within, y_turned, y_steps)\n"
     "y_column: i64[2,3,1] = reshape(y_from) shape=[2,3,1]\n"
     "y_items_of_all: i64[2,3,1] = expand(y_items) shape=[2,3,1]\n"
     "y_pairs: i64[2,3,2] = concat(y_column, y_items_of_all) axis=2\n"
     "y: f32[2,3] = gather_nd(x, y_pairs) @\"ReverseSequence:y\"\n"},
    {"EyeLike", 9,
     [](ModelBuilder& m) {
       m.input("x", {2, 2});
       m.op("EyeLike", {"x"}, {"eye"});
       m.op("Add", {"x", "eye"}, {"y"});
     },
     "y: f32[2,2] = add(x, eye) @\"Add:y\"\n"},
    {"Einsum", 12,
     [](ModelBuilder& m) {
       m.input("a", {2, 3, 4});
       m.input("b", {2, 4, 5});
       ModelBuilder::set(m.op("Einsum", {"a", "b"}, {"y"}), "equation", std::string("bij, bjk -> bki"));
     },
     "y_right1: f32[2,5,4] = transpose(b) perm=[0,2,1]\n"
     "y_product1: f32[2,3,5] = matmul(a, y_right1) transpose_b=true\n"
     "y_ordered: f32[2,5,3] = transpose(y_product1) perm=[0,2,1]\n"
     "y: f32[2,5,3] = reshape(y_ordered) shape=[2,5,3] @\"Einsum:y\"\n"},
    {"Einsum.diagonal", 12,
     [](ModelBuilder& m) {
       m.input("x", {3, 3});
       ModelBuilder::set(m.op("Einsum", {"x"}, {"y"}), "equation", std::string("ii->i"));
     },
     "y_diagonal0_0_2_last: f32[3,3] = transpose(x) perm=[0,1]\n"
     "y_diagonal0_0_2_flat: f32[9] = reshape(y_diagonal0_0_2_last) shape=[9]\n"
     "y_diagonal0_0_2: f32[3] = gather(y_diagonal0_0_2_flat) axes=[0] counts=[3] indices=[0,4,8]\n"
     "y: f32[3] = reshape(y_diagonal0_0_2) shape=[3] @\"Einsum:y\"\n"},
    {"Einsum.wrong", 12,
     [](ModelBuilder& m) {
       m.input("x", {3, 3});
       ModelBuilder::set(m.op("Einsum", {"x"}, {"y"}), "equation", std::string("ij->k"));
     },
     "node 'Einsum:y': its output has the label 'k' twice, or alone"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
