// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Operators of ONNX one at a time, for another format that is said in them (frontend/savedmodel): each becomes nodes of
// the graph, or a constant where it is computed from such, before the next one is known. Tensors have names, which are
// given once. Operators are those of the newest opset.

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "tmc/frontend/common/constants.hpp"
#include "tmc/frontend/common/import_options.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend::onnx_format {

class ImportContext;

struct StepAttribute {
  std::string name;
  std::variant<int64_t, double, std::string, std::vector<int64_t>, DType> value;
};

struct Step {
  std::string op;
  std::vector<std::string> inputs;  // empty names: absent
  std::vector<std::string> outputs;
  std::vector<StepAttribute> attributes = {};
};

class StepImport {
 public:
  // Both outlive this object.
  StepImport(const ImportOptions& options, ir::Graph& graph);
  ~StepImport();

  ConstantBudget& budget();
  void add_input(const std::string& name, const ops::TensorType& type);
  // The caller has taken it from the budget.
  void add_constant(const std::string& name, const ops::TensorType& type, ir::TensorData data);
  // Outputs of the graph are expected before what gives them is run, and added afterwards.
  void expect_output(const std::string& name);
  Status add_output(const std::string& name);

  // Errors are those of the operator's importer, at this node; kUnsupportedOp where there is none.
  Status run(const Step& step, const std::string& node);
  // An operator of the graph in its place, where ONNX has none that says the same as directly.
  Status append(ops::AnyOp op, const std::vector<std::string>& inputs, const std::string& output,
                const std::string& node);

  // Of a tensor that is there; kMalformed where it is not.
  Result<ops::TensorType> type(const std::string& tensor) const;
  // The elements of a constant; null where it is computed at run time.
  const ir::TensorData* constant(const std::string& tensor) const;

 private:
  ir::Graph& graph_;
  std::unique_ptr<ImportContext> context_;
};

}  // namespace tmc::frontend::onnx_format
