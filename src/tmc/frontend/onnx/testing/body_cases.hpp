// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: operators with bodies.

#include "tmc/frontend/onnx/testing/op_case.hpp"

namespace tmc::frontend::onnx_format::op_cases {

// A graph with one node, from these inputs, of which those in `own` are its own, to "r".
inline ::onnx::GraphProto one_node(const char* type, const std::vector<std::string>& inputs,
                                   const std::vector<std::string>& own = {}) {
  ::onnx::GraphProto graph;
  graph.set_name("body");
  for (const std::string& name : own) graph.add_input()->set_name(name);
  auto& node = *graph.add_node();
  node.set_op_type(type);
  for (const std::string& name : inputs) node.add_input(name);
  node.add_output("r");
  graph.add_output()->set_name("r");
  return graph;
}

inline void set_graph(::onnx::NodeProto& node, const char* name, const ::onnx::GraphProto& graph) {
  auto& attribute = *node.add_attribute();
  attribute.set_name(name);
  attribute.set_type(::onnx::AttributeProto::GRAPH);
  *attribute.mutable_g() = graph;
}

inline void branches(ModelBuilder& m) {
  m.input("x", {3});
  auto& node = m.op("If", {"c"}, {"y"});
  set_graph(node, "then_branch", one_node("Exp", {"x"}));
  set_graph(node, "else_branch", one_node("Neg", {"x"}));
}

// Three trips that add x to a state, which is x before the first.
inline ::onnx::NodeProto& sums(ModelBuilder& m, const std::string& condition) {
  m.input("x", {2});
  m.scalar<int64_t>("trips", 3);
  auto& node = m.op("Loop", {"trips", "", "x"}, {"y"});
  ::onnx::GraphProto body = one_node("Add", {"state", "x"}, {"trip", "goes_on", "state"});
  body.clear_output();
  body.add_output()->set_name(condition);
  body.add_output()->set_name("r");
  set_graph(node, "body", body);
  return node;
}

inline const Case kBodyCases[] = {
    {"If", 17,
     [](ModelBuilder& m) {
       m.input("a", {});
       m.op("Size", {"x"}, {"n"});
       m.scalar<int64_t>("three", 3);
       m.op("Equal", {"n", "three"}, {"c"});
       branches(m);
     },
     "\"If:y.0.r\": f32[3] = exp(x) @\"Exp:If:y.0.r\"\n"
     "y: f32[3] = reshape(\"If:y.0.r\") shape=[3] @\"If:y\"\n"},
    {"If.computed", 17,
     [](ModelBuilder& m) {
       m.input("c", {}, ::onnx::TensorProto::BOOL);
       branches(m);
     },
     "\"If:y.0.r\": f32[3] = exp(x) @\"Exp:If:y.0.r\"\n"
     "\"If:y.1.r\": f32[3] = neg(x) @\"Neg:If:y.1.r\"\n"
     "y: f32[3] = where(c, \"If:y.0.r\", \"If:y.1.r\") @\"If:y\"\n"},
    {"Loop", 17, [](ModelBuilder& m) { sums(m, "goes_on"); },
     "\"Loop:y.0.r\": f32[2] = add(x, x) @\"Add:Loop:y.0.r\"\n"
     "\"Loop:y.1.r\": f32[2] = add(\"Loop:y.0.r\", x) @\"Add:Loop:y.1.r\"\n"
     "\"Loop:y.2.r\": f32[2] = add(\"Loop:y.1.r\", x) @\"Add:Loop:y.2.r\"\n"
     "y: f32[2] = reshape(\"Loop:y.2.r\") shape=[2] @\"Loop:y\"\n"},
    {"Loop.endless", 17,
     [](ModelBuilder& m) {
       auto& node = sums(m, "goes_on");
       node.set_input(0, "");
     },
     "node 'Loop:y': it runs more than 10000 times, or nobody knows how often"},
    {"Scan", 17,
     [](ModelBuilder& m) {
       m.input("x", {2, 3});
       auto& node = m.op("Scan", {"x"}, {"y"});
       ModelBuilder::set(node, "num_scan_inputs", int64_t{1});
       ModelBuilder::set(node, "scan_input_directions", ModelBuilder::Dims{1});
       set_graph(node, "body", one_node("Abs", {"e"}, {"e"}));
     },
     "y_in0_0_part: f32[1,3] = slice(x) begins=[1,0] sizes=[1,3] steps=[1,1]\n"
     "y_in0_0: f32[3] = reshape(y_in0_0_part) shape=[3]\n"
     "\"Scan:y.0.r\": f32[3] = abs(y_in0_0) @\"Abs:Scan:y.0.r\"\n"
     "y_in0_1_part: f32[1,3] = slice(x) begins=[0,0] sizes=[1,3] steps=[1,1]\n"
     "y_in0_1: f32[3] = reshape(y_in0_1_part) shape=[3]\n"
     "\"Scan:y.1.r\": f32[3] = abs(y_in0_1) @\"Abs:Scan:y.1.r\"\n"
     "y_out0_0: f32[1,3] = reshape(\"Scan:y.0.r\") shape=[1,3]\n"
     "y_out0_1: f32[1,3] = reshape(\"Scan:y.1.r\") shape=[1,3]\n"
     "y: f32[2,3] = concat(y_out0_0, y_out0_1) @\"Scan:y\"\n"},
};

}  // namespace tmc::frontend::onnx_format::op_cases
