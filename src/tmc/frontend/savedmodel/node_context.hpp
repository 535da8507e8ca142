// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What an operator's importer works with: the node at hand, what it reads, and the means to say it in operators of ONNX
// (onnx/step_import.hpp). It ends with one of the `finish` functions. Attributes of another type than asked for are
// kMalformed, absent ones give the default.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/frontend/onnx/step_import.hpp"
#include "tmc/frontend/savedmodel/value.hpp"

namespace tmc::savedmodel {
class NodeDef;
}  // namespace tmc::savedmodel

namespace tmc::frontend::savedmodel {

namespace proto = tmc::savedmodel;
class GraphImport;

class NodeContext {
 public:
  using Tensors = std::vector<std::string>;
  using Attributes = std::vector<onnx_format::StepAttribute>;

  // `name` is the node's with the names of the calls around it.
  NodeContext(const proto::NodeDef& node, std::string name, std::vector<Value> inputs, GraphImport& graph,
              onnx_format::StepImport& steps)
      : node_(node), name_(std::move(name)), inputs_(std::move(inputs)), graph_(graph), steps_(steps) {}

  // --- attributes
  const std::string& op() const;
  Result<int64_t> integer(const char* attribute, int64_t otherwise) const;
  Result<bool> truth(const char* attribute, bool otherwise) const;
  Result<double> real(const char* attribute, double otherwise) const;
  Result<std::string> text(const char* attribute, const std::string& otherwise) const;
  Result<std::vector<int64_t>> integers(const char* attribute) const;
  Result<DType> dtype(const char* attribute, DType otherwise) const;
  Result<std::string> function(const char* attribute) const;
  const proto::NodeDef& node() const { return node_; }

  // --- what it reads
  size_t input_count() const { return inputs_.size(); }
  const std::vector<Value>& inputs() const { return inputs_; }
  // kMalformed where there is no such input or it is no tensor.
  Result<std::string> input(size_t index) const;
  // All inputs from `first` on, without the last `without`.
  Result<Tensors> tensors(size_t first = 0, size_t without = 0) const;
  Result<ops::TensorType> type_of(const std::string& tensor) const { return steps_.type(tensor); }
  Result<Shape> shape(size_t index) const;
  // Integers or truth values that are known here; none where they are computed at run time.
  std::optional<std::vector<int64_t>> known(const std::string& tensor) const;
  // kUnsupportedShape, with what it is, where the input is computed at run time.
  Result<std::vector<int64_t>> constant_ints(size_t index, const char* what) const;
  Result<int64_t> constant_int(size_t index, const char* what) const;
  // The axis of a tensor of that rank that an input says.
  Result<int> constant_axis(size_t index, int rank) const;
  GraphImport& graph() { return graph_; }
  onnx_format::StepImport& steps() { return steps_; }
  const std::string& name() const { return name_; }

  // --- what it gives
  Result<std::string> append(const std::string& op, Tensors inputs, Attributes attributes = {});
  Result<Tensors> append_many(size_t outputs, const std::string& op, Tensors inputs, Attributes attributes = {});
  Result<std::string> append_integers(const std::vector<int64_t>& values, DType dtype = DType::kI64);
  Result<std::string> append_scalar(double value, DType dtype);
  Result<std::string> transposed(const std::string& tensor, std::vector<int64_t> perm);
  Result<std::string> reshaped(const std::string& tensor, const std::vector<int64_t>& extents);
  Result<std::string> as_dtype(const std::string& tensor, DType dtype);
  Status finish(const std::string& op, Tensors inputs, Attributes attributes = {});
  // The same of an operator of the graph.
  Status finish_node(ops::AnyOp op, const Tensors& inputs);
  Status finish_as(const std::string& tensor);
  Status finish_as(const Tensors& tensors);
  void finish_value(Value value) { outputs_.push_back(std::move(value)); }
  std::vector<Value>& outputs() { return outputs_; }

 private:
  const proto::NodeDef& node_;
  std::string name_;
  std::vector<Value> inputs_;
  GraphImport& graph_;
  onnx_format::StepImport& steps_;
  std::vector<Value> outputs_;
};

}  // namespace tmc::frontend::savedmodel
