// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Graphs within operators: branches of IF, conditions and bodies of WHILE. They are imported where the operator stands,
// as often as it runs them; constants that they hold are added once.

#include <set>
#include <vector>

#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

// By index: the graphs that the first one runs, by operators of any depth, and itself.
std::vector<bool> reached_graphs(const ModelView& view);
// Whether a graph does nothing but give variables what they begin as.
bool only_initialises(const ModelView& view, const schema::SubGraph& graph);

class Body {
 public:
  // `index`: of the file, as check_index found it to be there.
  Body(const ImportContext& outer, size_t index);
  // The context refers to the view.
  Body(const Body&) = delete;
  Body& operator=(const Body&) = delete;

  // kMalformed where the file has no graph of that number besides the first, or where it has not so many inputs and
  // outputs.
  static Result<size_t> check_index(const ImportContext& outer, int32_t index, size_t inputs, size_t outputs);

  // What the graph gives for these inputs, in the order of its outputs. kUnsupportedShape once all bodies of the file
  // have more than kMostOperators operators, trip by trip; an operator that is not supported is refused by name.
  Result<std::vector<ir::ValueId>> run(const std::vector<ir::ValueId>& inputs);
  // Operators, by their place in the file, that `run` leaves out, and an output that it therefore does not have: then
  // kNone is given for it.
  void leave_out(const std::vector<size_t>& operators, int32_t output);

  const schema::SubGraph& graph() const { return view_.subgraph(); }
  const ModelView& view() const { return view_; }
  ImportContext& context() { return context_; }

  static constexpr int64_t kMostOperators = 100'000;
  static constexpr int kDeepest = 16;

 private:
  Status import_operators();

  ModelView view_;
  ImportContext context_;
  std::string prefix_;
  int64_t runs_ = 0;
  std::set<size_t> left_out_;
  std::set<int32_t> missing_outputs_;
};

}  // namespace tmc::frontend::tflite
