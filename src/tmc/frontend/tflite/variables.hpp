// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a TFLite model keeps from one run to the next: variable tensors, which operators update, resource variables,
// which ReadVariable and AssignVariable name, and what custom operators keep by themselves, which their importers name.
// Each that is read before it is written becomes a state of the graph.

#include <map>
#include <string>

#include "tmc/frontend/common/constants.hpp"
#include "tmc/frontend/tflite/tensor_reader.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend::tflite {

class Variables {
 public:
  explicit Variables(ir::Graph& graph) : graph_(graph) {}

  // What the variable of that name is before the first run; else it is zeros.
  void begin_as(const std::string& name, const FileTensor& constant) { initial_[name] = constant; }
  // What it holds where the operator at hand stands, in a tensor that is declared so.
  Result<ir::ValueId> read(const std::string& name, const FileTensor& declared);
  // kMalformed where it holds something of another type.
  Status write(const std::string& name, ir::ValueId value);
  // How often variables were written so far.
  int64_t writes() const { return writes_; }
  // Adds the states to the graph, whose inputs and outputs are there. Initial values are taken from the budget.
  Status finish(ConstantBudget& budget);

 private:
  struct Variable {
    ir::ValueId before = ir::ValueId::kNone;  // the run: a graph input
    ir::ValueId now = ir::ValueId::kNone;
  };
  Result<ir::TensorData> initial_of(const std::string& name, const ir::Value& before, ConstantBudget& budget) const;

  ir::Graph& graph_;
  std::map<std::string, Variable> variables_;
  std::map<std::string, FileTensor> initial_;
  int64_t writes_ = 0;
};

}  // namespace tmc::frontend::tflite
