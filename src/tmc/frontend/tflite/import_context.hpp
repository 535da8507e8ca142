// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What an operator importer works with: the operator at hand, its tensors as values of the graph under construction,
// and the means to add nodes. An importer reads its inputs and options, and ends with `finish`.

#include <string>
#include <vector>

#include "tmc/frontend/common/constants.hpp"
#include "tmc/frontend/common/import_options.hpp"
#include "tmc/frontend/common/open_shape.hpp"
#include "tmc/frontend/tflite/tensor_reader.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend::tflite {

class ImportContext {
 public:
  ImportContext(const ModelView& view, const ImportOptions& options, ir::Graph& graph);

  // --- for operator importers
  size_t input_count() const { return op_->inputs() == nullptr ? 0 : op_->inputs()->size(); }
  bool has_input(size_t index) const { return tensor_of(index) >= 0; }
  // The value of an input; kMalformed where it is absent or nothing produces it.
  Result<ir::ValueId> input(size_t index);
  // kNone where it is absent.
  Result<ir::ValueId> optional_input(size_t index);
  // The bias of a layer with input 0: kNone where it is absent. Of int16 activations the format has int64 biases and
  // sums, which graphs imply where they have int32 biases; kUnsupportedType where a bias does not fit, and for int32
  // ones of the file, which ask for other arithmetic.
  Result<ir::ValueId> bias(size_t index);
  // Elements of a constant int32 or int64 input; kUnsupportedShape where it is computed at run time.
  Result<std::vector<int64_t>> constant_ints(size_t index, const char* what) const;
  // The one element of a constant input as a real number.
  Result<double> constant_real(size_t index, const char* what) const;
  // The constant of an input, transposed: its scales move with their axis. kUnsupportedType where it is no constant.
  Result<ir::ValueId> transposed_constant(size_t index, const std::vector<int64_t>& perm);

  const ops::TensorType& type(ir::ValueId id) const { return graph_.value(id).type; }
  const Quantization& quantization(ir::ValueId id) const { return graph_.value(id).quantization; }
  // What the file says of the operator's output.
  Result<FileTensor> output() const;

  // The operator's options; kMalformed where the file has none or others.
  template <typename Options>
  Result<const Options*> options() const {
    if (op_->builtin_options_type() != schema::BuiltinOptionsTraits<Options>::enum_value) return missing_options();
    const auto* found = static_cast<const Options*>(op_->builtin_options());
    if (found == nullptr) return missing_options();
    return found;
  }

  // Adds a node before the operator's own; the value is named after the operator's output with `suffix`.
  Result<ir::ValueId> append(const std::string& suffix, ops::AnyOp op, std::vector<ir::ValueId> inputs,
                             Quantization quantization = {});
  // Adds the operator's own node, which gives its output, after checking the file's type for it against the inferred.
  Status finish(ops::AnyOp op, std::vector<ir::ValueId> inputs);

  // --- for the file's importer
  // What the file says of the shape of a graph input.
  Result<OpenShape> open_shape(int32_t tensor) const;
  Status add_graph_input(int32_t tensor, ShapeBinder& binder);
  Status add_graph_output(int32_t tensor);
  Status import_operator(const schema::Operator& op, const std::string& node_name, Status (*importer)(ImportContext&));

 private:
  // -1 where the input is absent.
  int32_t tensor_of(size_t index) const;
  Result<FileTensor> read(int32_t tensor) const;
  // An input that is constant; the error says that it is `what` that must not be computed at run time.
  Result<FileTensor> read_constant(size_t index, const char* what) const;
  Result<ir::ValueId> value_of(int32_t tensor);
  // A constant of the file in another form, under the file's name where that is still free.
  ir::ValueId add_changed_constant(int32_t tensor, const ops::TensorType& type, std::vector<std::byte> bytes,
                                   Quantization quantization);
  Status check_declared(const FileTensor& declared, const ops::TensorType& inferred) const;
  const std::string& name_of(int32_t tensor) const { return names_[static_cast<size_t>(tensor)]; }
  Status missing_options() const;

  const ModelView& view_;
  const ImportOptions& options_;
  ir::Graph& graph_;
  const std::vector<std::string> names_;
  std::vector<ir::ValueId> values_;  // by tensor
  std::vector<ir::ValueId> ports_;   // by tensor: the graph input or output itself, which of a shifted tensor is uint8
  std::vector<bool> shifted_outputs_;  // by tensor: a uint8 graph output, whose name its border value takes
  ConstantBudget budget_;
  const schema::Operator* op_ = nullptr;
  std::string node_name_;
};

}  // namespace tmc::frontend::tflite
