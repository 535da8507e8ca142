// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: sequences, of which nothing is left in the graph.

#include "tmc/frontend/onnx/testing/body_cases.hpp"

namespace tmc::frontend::onnx_format::op_cases {

inline void three_rows(ModelBuilder& m) {
  m.input("x", {2});
  m.input("z", {2});
  m.constant<int64_t>("first", {}, {0});
  m.constant<int64_t>("last", {}, {-1});
  m.op("SequenceConstruct", {"x", "z", "x"}, {"rows"});
}

inline const Case kSequenceCases[] = {
    {"SequenceConstruct", 13,
     [](ModelBuilder& m) {
       three_rows(m);
       m.op("SequenceAt", {"rows", "last"}, {"picked"});
       m.op("Add", {"picked", "z"}, {"y"});
     },
     "y: f32[2] = add(x, z) @\"Add:y\"\n"},
    {"SequenceAt", 13,
     [](ModelBuilder& m) {
       three_rows(m);
       m.op("SequenceAt", {"rows", "first"}, {"y"});
     },
     "y: f32[2] = reshape(x) shape=[2] @\"SequenceAt:y\"\n"},
    {"SequenceErase", 13,
     [](ModelBuilder& m) {
       three_rows(m);
       m.op("SequenceErase", {"rows", "first"}, {"fewer"});
       ModelBuilder::set(m.op("ConcatFromSequence", {"fewer"}, {"y"}), "axis", int64_t{0});
     },
     "y: f32[4] = concat(z, x) @\"ConcatFromSequence:y\"\n"},
    {"SequenceInsert", 13,
     [](ModelBuilder& m) {
       three_rows(m);
       m.op("SequenceInsert", {"rows", "z", "first"}, {"more"});
       ModelBuilder::set(m.op("ConcatFromSequence", {"more"}, {"y"}), "axis", int64_t{0});
     },
     "y: f32[8] = concat(z, x, z, x) @\"ConcatFromSequence:y\"\n"},
    {"SequenceEmpty", 13,
     [](ModelBuilder& m) {
       m.input("x", {2});
       m.op("SequenceEmpty", {}, {"none"});
       m.op("SequenceInsert", {"none", "x"}, {"one"});
       ModelBuilder::set(m.op("ConcatFromSequence", {"one"}, {"y"}), "axis", int64_t{-1});
     },
     "y: f32[2] = concat(x) @\"ConcatFromSequence:y\"\n"},
    {"SequenceLength", 13,
     [](ModelBuilder& m) {
       three_rows(m);
       m.op("SequenceLength", {"rows"}, {"count"});
       m.op("Identity", {"x"}, {"same"});
       m.op("SequenceInsert", {"rows", "same"}, {"more"});
       m.op("Identity", {"more"}, {"again"});
       m.op("SequenceAt", {"again", "count"}, {"y"});
     },
     "y: f32[2] = reshape(x) shape=[2] @\"SequenceAt:y\"\n"},
    {"SplitToSequence", 13,
     [](ModelBuilder& m) {
       m.input("x", {5, 2});
       m.constant<int64_t>("size", {}, {3});
       m.constant<int64_t>("last", {}, {-1});
       m.op("SplitToSequence", {"x", "size"}, {"parts"});
       m.op("SequenceAt", {"parts", "last"}, {"part"});
       m.op("Neg", {"part"}, {"y"});
     },
     "parts_part0: f32[3,2] = slice(x) begins=[0,0] sizes=[3,2] steps=[1,1]\n"
     "parts_part1: f32[2,2] = slice(x) begins=[3,0] sizes=[2,2] steps=[1,1]\n"
     "y: f32[2,2] = neg(parts_part1) @\"Neg:y\"\n"},
    {"SplitToSequence.rows", 13,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       ModelBuilder::set(m.op("SplitToSequence", {"x"}, {"parts"}), "keepdims", int64_t{0});
       auto& node = m.op("ConcatFromSequence", {"parts"}, {"y"});
       ModelBuilder::set(node, "axis", int64_t{-1});
       ModelBuilder::set(node, "new_axis", int64_t{1});
     },
     "parts_part0: f32[1,3] = slice(x) begins=[0,0] sizes=[1,3] steps=[1,1]\n"
     "parts_part0_row: f32[3] = reshape(parts_part0) shape=[3]\n"
     "parts_part1: f32[1,3] = slice(x) begins=[1,0] sizes=[1,3] steps=[1,1]\n"
     "parts_part1_row: f32[3] = reshape(parts_part1) shape=[3]\n"
     "y_element0: f32[3,1] = reshape(parts_part0_row) shape=[3,1]\n"
     "y_element1: f32[3,1] = reshape(parts_part1_row) shape=[3,1]\n"
     "y: f32[3,2] = concat(y_element0, y_element1) axis=1 @\"ConcatFromSequence:y\"\n"},
    {"ConcatFromSequence", 13,
     [](ModelBuilder& m) {
       three_rows(m);
       ModelBuilder::set(m.op("ConcatFromSequence", {"rows"}, {"y"}), "axis", int64_t{0});
     },
     "y: f32[6] = concat(x, z, x) @\"ConcatFromSequence:y\"\n"},
    {"SequenceMap", 17,
     [](ModelBuilder& m) {
       three_rows(m);
       auto& node = m.op("SequenceMap", {"rows", "z"}, {"sums"});
       set_graph(node, "body", one_node("Add", {"a", "b"}, {"a", "b"}));
       m.op("SequenceAt", {"sums", "last"}, {"picked"});
       m.op("Neg", {"picked"}, {"y"});
     },
     "\"SequenceMap:sums.0.r\": f32[2] = add(x, z) @\"Add:SequenceMap:sums.0.r\"\n"
     "\"SequenceMap:sums.1.r\": f32[2] = add(z, z) @\"Add:SequenceMap:sums.1.r\"\n"
     "\"SequenceMap:sums.2.r\": f32[2] = add(x, z) @\"Add:SequenceMap:sums.2.r\"\n"
     "y: f32[2] = neg(\"SequenceMap:sums.2.r\") @\"Neg:y\"\n"},
    {"SequenceAt.at_run_time", 13,
     [](ModelBuilder& m) {
       three_rows(m);
       m.input("at", {}, ::onnx::TensorProto::INT64);
       m.op("SequenceAt", {"rows", "at"}, {"y"});
     },
     "node 'SequenceAt:y': its position ('at') is an input of the model"},
    {"Neg.of_a_sequence", 13,
     [](ModelBuilder& m) {
       three_rows(m);
       m.op("Neg", {"rows"}, {"y"});
     },
     "node 'Neg:y': tensor 'rows' is a sequence"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
