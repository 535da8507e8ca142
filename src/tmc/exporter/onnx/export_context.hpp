// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What an operator exporter works with: the node at hand, the names of its operands in the file, and the means to write
// nodes. Orders of axes are those of file_tensors.hpp. An exporter ends with `finish`, which adds what the node's
// `activation` says and the result's quantisation.

#include "tmc/exporter/onnx/file_tensors.hpp"

namespace tmc::exporter::onnx_format {

class ExportContext {
 public:
  ExportContext(const ir::Graph& graph, ModelWriter& model, FileTensors& tensors, const ir::Node& node)
      : graph_(&graph), model_(&model), tensors_(&tensors), node_(&node) {}

  const ops::AnyOp& any_op() const { return node_->op; }
  template <typename Op>
  const Op& op() const {
    return node_->op.get<Op>();
  }
  int64_t opset() const { return model_->opset(); }
  size_t input_count() const { return node_->inputs.size(); }
  bool has_input(size_t index) const { return index < input_count() && node_->inputs[index] != ir::ValueId::kNone; }
  const ir::Value& input_value(size_t index) const { return graph_->value(node_->inputs[index]); }
  const Shape& input_shape(size_t index) const { return input_value(index).type.shape; }
  // Whether an operand or a result stands for reals.
  bool is_quantized() const;
  const Shape& output_shape(size_t index = 0) const { return graph_->value(node_->outputs[index]).type.shape; }

  Permutation order_of(size_t index) const { return tensors_->order_of(node_->inputs[index]); }
  // The order of the first computed operand that has the output's rank, where all of them can have it; else their own.
  Permutation common_order() const;
  // An operand's reals, in its own order or another.
  Result<std::string> input(size_t index) const;
  Result<std::string> input(size_t index, const Permutation& order) const;
  // The bias of a layer, input 2; "" where it has none. Integers are in the scale of the layer's accumulator.
  Result<std::string> bias() const;

  // A constant of one float, of several, or of a list of integers; `what` becomes part of its name.
  std::string scalar(const std::string& what, double value);
  std::string reals(const std::string& what, const Shape& shape, std::span<const float> values);
  std::string integers(const std::string& what, const std::vector<int64_t>& values);
  // A node before the last one; gives the name of its output.
  std::string append(const std::string& type, const std::vector<std::string>& inputs,
                     const Attributes& attributes = {});
  // The same with several outputs, of which those that are not wanted have the name "".
  std::vector<std::string> append_all(const std::string& type, const std::vector<std::string>& inputs,
                                      const std::vector<bool>& wanted, const Attributes& attributes);
  // A node that gives one of several outputs.
  Status finish_output(size_t index, const std::string& type, const std::vector<std::string>& inputs);

  // The node that gives the output, whose axes lie in that order.
  Status finish(const std::string& type, const std::vector<std::string>& inputs, const Attributes& attributes,
                const Permutation& order);
  // The same in the output's own order.
  Status finish(const std::string& type, const std::vector<std::string>& inputs, const Attributes& attributes = {});
  // The node of another domain, with all outputs in their own orders.
  Status finish_all(const std::string& domain, const std::string& type, const std::vector<std::string>& inputs,
                    const Attributes& attributes);
  // The output is the first input with its axes permuted, or its reals, or those quantised anew.
  Status finish_as_transposed(const Permutation& perm);
  Status finish_as_reals();
  Status finish_as_quantized();

 private:
  ir::ValueId output() const { return node_->outputs[0]; }

  const ir::Graph* graph_;
  ModelWriter* model_;
  FileTensors* tensors_;
  const ir::Node* node_;
};

}  // namespace tmc::exporter::onnx_format
