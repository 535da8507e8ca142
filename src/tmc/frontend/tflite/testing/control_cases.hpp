// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of op_cases.hpp: graphs within operators, variables, and what goes with them.

#include "tmc/frontend/tflite/testing/op_case.hpp"

namespace tmc::frontend::tflite::op_cases {

// A handle of the variable "v", in the model's graph or in the second one.
inline int32_t handle(ModelBuilder& m) {
  schema::VarHandleOptionsT options;
  options.shared_name = "v";
  const int32_t tensor = m.tensor("handle", {}, 0, 0, TensorType::RESOURCE);
  m.op(BuiltinOperator::VAR_HANDLE, {}, {tensor}, options);
  return tensor;
}

// x joins a variable, which is x afterwards.
inline void variable(ModelBuilder& m) {
  const int32_t x = m.input("x", {1, 2}, 0.5f);
  const int32_t v = handle(m);
  const int32_t before = m.tensor("before", {1, 2}, 0.5f);
  m.op(BuiltinOperator::READ_VARIABLE, {v}, {before});
  schema::ConcatenationOptionsT options;
  options.axis = 1;
  m.op(BuiltinOperator::CONCATENATION, {before, x}, {m.output("y", {1, 4}, 0.5f)}, options);
  m.op(BuiltinOperator::ASSIGN_VARIABLE, {v, x}, {});
}

// The same, where another graph says what the variable begins as.
inline void initialised(ModelBuilder& m) {
  schema::CallOnceOptionsT options;
  options.init_subgraph_index = 1;
  m.op(BuiltinOperator::CALL_ONCE, {}, {}, options);
  variable(m);
  ModelBuilder other;
  const int32_t v = handle(other);
  other.op(BuiltinOperator::ASSIGN_VARIABLE, {v, other.constant<int8_t>("c", {1, 2}, {3, 4}, 0.5f)}, {});
  m.append_graph(other);
}

// y = x + x in one branch, x * x in the other; the condition is a constant where `known`.
inline void branches(ModelBuilder& m, bool known) {
  schema::IfOptionsT options;
  options.then_subgraph_index = 1;
  options.else_subgraph_index = 2;
  int32_t condition;
  if (known) {
    condition = m.constant<uint8_t>("c", {1}, {0});
    m.tensor_at(condition).type = TensorType::BOOL;
  } else {
    condition = m.input("c", {1}, 0, 0, TensorType::BOOL);
  }
  const int32_t x = m.input("x", {2}, 0, 0, TensorType::FLOAT32);
  m.op(BuiltinOperator::IF, {condition, x}, {m.output("y", {2}, 0, 0, TensorType::FLOAT32)}, options);
  for (const bool adds : {true, false}) {
    ModelBuilder branch;
    const int32_t in = branch.input("in", {2}, 0, 0, TensorType::FLOAT32);
    const int32_t out = branch.output("out", {2}, 0, 0, TensorType::FLOAT32);
    if (adds) {
      branch.op(BuiltinOperator::ADD, {in, in}, {out}, schema::AddOptionsT());
    } else {
      branch.op(BuiltinOperator::MUL, {in, in}, {out}, schema::MulOptionsT());
    }
    m.append_graph(branch);
  }
}

// Doubles x as often as a counter is below two; or below an input, where that is so.
inline void loop(ModelBuilder& m, bool known) {
  schema::WhileOptionsT options;
  options.cond_subgraph_index = 1;
  options.body_subgraph_index = 2;
  const int32_t from = m.constant<int32_t>("from", {}, {0});
  const int32_t until = known ? m.constant<int32_t>("until", {}, {2}) : m.input("until", {}, 0, 0, TensorType::INT32);
  const int32_t x = m.input("x", {2}, 0, 0, TensorType::FLOAT32);
  const int32_t y = m.output("y", {2}, 0, 0, TensorType::FLOAT32);
  const int32_t count = m.tensor("count", {}, 0, 0, TensorType::INT32);
  const int32_t limit = m.tensor("limit", {}, 0, 0, TensorType::INT32);
  m.op(BuiltinOperator::WHILE, {from, until, x}, {count, limit, y}, options);
  ModelBuilder condition, body;
  for (ModelBuilder* graph : {&condition, &body}) {
    graph->input("i", {}, 0, 0, TensorType::INT32);
    graph->input("n", {}, 0, 0, TensorType::INT32);
    graph->input("s", {2}, 0, 0, TensorType::FLOAT32);
  }
  condition.op(BuiltinOperator::LESS, {0, 1}, {condition.output("goes_on", {}, 0, 0, TensorType::BOOL)});
  const int32_t one = body.constant<int32_t>("one", {}, {1});
  const int32_t next = body.output("next", {}, 0, 0, TensorType::INT32);
  body.op(BuiltinOperator::ADD, {0, one}, {next}, schema::AddOptionsT());
  body.graph().outputs.push_back(1);
  body.op(BuiltinOperator::ADD, {2, 2}, {body.output("twice", {2}, 0, 0, TensorType::FLOAT32)}, schema::AddOptionsT());
  m.append_graph(condition);
  m.append_graph(body);
}

// The update in the middle of the operand, or beyond its end, from where it is moved back.
inline void update_slice(ModelBuilder& m, std::vector<int32_t> begins) {
  const int32_t x = m.input("x", {3, 4}, 0.5f);
  const int32_t u = m.input("u", {1, 4}, 0.5f);
  m.op(BuiltinOperator::DYNAMIC_UPDATE_SLICE, {x, u, m.constant<int32_t>("begins", {2}, begins)},
       {m.output("y", {3, 4}, 0.5f)});
}

inline const Case kControlCases[] = {
    {"if", [](ModelBuilder& m) { branches(m, true); },
     "\"if:y.0.out\": f32[2] = mul(x, x) @\"if:y.0.mul:out\"\n"
     "y: f32[2] = reshape(\"if:y.0.out\") shape=[2] @\"if:y\"\n"},
    {"if.at_run_time", [](ModelBuilder& m) { branches(m, false); },
     "\"if:y.0.out\": f32[2] = add(x, x) @\"if:y.0.add:out\"\n"
     "\"if:y.0.out_2\": f32[2] = mul(x, x) @\"if:y.0.mul:out\"\n"
     "y: f32[2] = where(c, \"if:y.0.out\", \"if:y.0.out_2\") @\"if:y\"\n"},
    {"while", [](ModelBuilder& m) { loop(m, true); },
     "\"while:count.0.twice\": f32[2] = add(x, x) @\"while:count.0.add:twice\"\n"
     "\"while:count.1.twice\": f32[2] = add(\"while:count.0.twice\", \"while:count.0.twice\") "
     "@\"while:count.1.add:twice\"\n"
     "count: i32[] = reshape(\"while:count.1.next\") @\"while:count\"\n"
     "limit: i32[] = reshape(until) @\"while:count\"\n"
     "y: f32[2] = reshape(\"while:count.1.twice\") shape=[2] @\"while:count\"\n"},
    {"while.at_run_time", [](ModelBuilder& m) { loop(m, false); },
     "node 'while:count': it runs more than 1000 times, or nobody knows how often"},
    {"logical_and",
     [](ModelBuilder& m) {
       const int32_t no = m.constant<uint8_t>("no", {1}, {0});
       m.tensor_at(no).type = TensorType::BOOL;
       const int32_t never = m.tensor("never", {1}, 0, 0, TensorType::BOOL);
       m.op(BuiltinOperator::LOGICAL_AND, {m.input("a", {1}, 0, 0, TensorType::BOOL), no}, {never});
       m.op(BuiltinOperator::LOGICAL_AND, {never, m.input("b", {1}, 0, 0, TensorType::BOOL)},
            {m.output("y", {1}, 0, 0, TensorType::BOOL)});
     },
     ""},  // false, which is known
    {"dynamic_update_slice",
     [](ModelBuilder& m) {
       update_slice(m, {1, 0});
     },
     "y_axis0_from1: i8[1,4] scale=0.5 = slice(x) begins=[1,0] sizes=[1,4] steps=[1,1]\n"
     "y_axis0_from0: i8[1,4] scale=0.5 = slice(x) begins=[0,0] sizes=[1,4] steps=[1,1]\n"
     "y_axis0_from2: i8[1,4] scale=0.5 = slice(x) begins=[2,0] sizes=[1,4] steps=[1,1]\n"
     "y_axis0: i8[3,4] scale=0.5 = concat(y_axis0_from0, u, y_axis0_from2)\n"
     "y: i8[3,4] scale=0.5 = reshape(y_axis0) shape=[3,4] @\"dynamic_update_slice:y\"\n"},
    {"dynamic_update_slice.clamped",
     [](ModelBuilder& m) {
       update_slice(m, {9, -3});
     },
     "y_axis0_from2: i8[1,4] scale=0.5 = slice(x) begins=[2,0] sizes=[1,4] steps=[1,1]\n"
     "y_axis0_from0: i8[2,4] scale=0.5 = slice(x) begins=[0,0] sizes=[2,4] steps=[1,1]\n"
     "y_axis0: i8[3,4] scale=0.5 = concat(y_axis0_from0, u)\n"
     "y: i8[3,4] scale=0.5 = reshape(y_axis0) shape=[3,4] @\"dynamic_update_slice:y\"\n"},
    {"read_variable", [](ModelBuilder& m) { variable(m); },
     "before: i8[1,2] scale=0.5 = reshape(v) shape=[1,2] @\"read_variable:before\"\n"
     "y: i8[1,4] scale=0.5 = concat(before, x) axis=1 @\"concatenation:y\"\n"},
    {"var_handle.twice",
     [](ModelBuilder& m) {
       variable(m);
       m.graph().operators[1]->inputs[0] = m.graph().inputs[0];
     },
     "node 'read_variable:before': input 0 is no handle of a variable"},
    {"call_once", [](ModelBuilder& m) { initialised(m); },
     "before: i8[1,2] scale=0.5 = reshape(v) shape=[1,2] @\"read_variable:before\"\n"
     "y: i8[1,4] scale=0.5 = concat(before, x) axis=1 @\"concatenation:y\"\n"},
    {"assign_variable.type",
     [](ModelBuilder& m) {
       variable(m);
       m.tensor_at(m.graph().operators[1]->outputs[0]).quantization->scale = {0.25f};
     },
     "node 'assign_variable:3': the variable 'v' changes its type"},
};

}  // namespace tmc::frontend::tflite::op_cases
