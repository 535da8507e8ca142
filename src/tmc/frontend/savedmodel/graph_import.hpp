// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The nodes of a TensorFlow graph and of the functions that it calls, as far as what is asked for needs them, one after
// the other as nodes of a graph.

#include <map>
#include <set>

#include "tmc/base/host/refusals.hpp"
#include "tmc/frontend/savedmodel/importers.hpp"
#include "tmc/frontend/savedmodel/variables.hpp"

namespace tmc::savedmodel {
class GraphDef;
}  // namespace tmc::savedmodel

namespace tmc::frontend::savedmodel {

class GraphImport {
 public:
  // All outlive this object.
  GraphImport(const proto::GraphDef& graph, Variables& variables, onnx_format::StepImport& steps, Refusals& refusals);

  // What these tensors of the graph are, where others are given, by node. kMalformed where nodes or functions
  // contradict themselves; kUnsupportedShape where calls and loops are more than kMostNodes nodes.
  Result<std::vector<Value>> import(const std::vector<std::string>& tensors, std::map<std::string, Value> given);
  static constexpr size_t kMostNodes = 50'000;
  static constexpr size_t kMostTensors = 1'000'000;  // that they make
  static constexpr int kMostDepth = 64;              // of calls in one another

  // --- for importers of operators
  // What a function gives; its nodes are called with `prefix`. Bodies of loops and branches name their nodes after
  // them.
  Result<std::vector<Value>> call(const std::string& function, std::vector<Value> arguments, const std::string& prefix);
  // The tensor that a variable is.
  Result<std::string> read_variable(const std::string& node);
  // The tensor of a constant's node, empty until it is imported: functions run many times.
  std::string& constant_of(const proto::NodeDef& node) { return constants_[&node]; }
  // The same of a constant with its axes in another order, as weights of all trips of a loop are.
  std::string& transposed_constant(const std::string& tensor, const std::vector<int64_t>& perm) {
    return transposed_[{tensor, perm}];
  }
  // A name that nothing has yet: this one, or with a number behind it.
  std::string new_name(const std::string& name);

 private:
  // Nodes by name, and what is asked of them; of functions in order of their signature.
  struct Body {
    std::map<std::string, const proto::NodeDef*> nodes;
    std::vector<std::string> arguments;
    std::set<std::string> given = {};  // what nodes are not asked for: arguments, and inputs of the graph
    std::vector<std::string> results;
    std::vector<std::string> controls;              // nodes that have to run
    std::vector<const proto::NodeDef*> order = {};  // that results need, producers first
  };
  using Values = std::map<std::string, std::vector<Value>>;  // by node or argument

  static Body body_of(const proto::GraphDef& graph);
  Result<Body*> find_function(const std::string& name);
  Status sort(Body& body);
  std::set<std::string> reachable(const Body& body, bool by_control) const;
  Status check(Body& body, bool effects_only, int depth);
  Status check_called(const proto::NodeDef& node, bool effects_only, int depth);
  Status run(const Body& body, Values& values, const std::string& prefix);
  Status run_node(const proto::NodeDef& node, Values& values, const std::string& prefix);
  Result<Value> value_of(const Body& body, const std::string& reference, const Values& values) const;

  const proto::GraphDef& graph_;
  Variables& variables_;
  onnx_format::StepImport& steps_;
  Refusals& refusals_;
  Body main_;
  std::map<std::string, Body> functions_;
  std::set<std::pair<std::string, bool>> checked_;
  std::map<const proto::NodeDef*, std::string> constants_;
  std::map<std::pair<std::string, std::vector<int64_t>>, std::string> transposed_;
  std::map<std::string, std::string> read_;  // tensors of variables
  std::map<std::string, int64_t> names_;     // and how often they were asked for
  const Body* current_ = nullptr;            // whose nodes are run
  size_t nodes_ = 0;
  int depth_ = 0;
};

}  // namespace tmc::frontend::savedmodel
