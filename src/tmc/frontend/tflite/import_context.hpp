// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What an operator importer works with: the operator at hand, its tensors as values of the graph under construction,
// and the means to add nodes. An importer reads its inputs and options, and ends with `finish`.

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tmc/frontend/common/constants.hpp"
#include "tmc/frontend/common/import_options.hpp"
#include "tmc/frontend/common/open_shape.hpp"
#include "tmc/frontend/tflite/custom_options.hpp"
#include "tmc/frontend/tflite/tensor_reader.hpp"
#include "tmc/frontend/tflite/variables.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend::tflite {

// As files name a resource variable.
std::string variable_name(const schema::VarHandleOptions& handle);

// What is one for the file, whichever of its graphs is imported.
struct FileImport {
  ConstantBudget budget;
  Variables variables;
  int64_t body_operators = 0;  // imported so far for operators that run graphs, trip by trip
  int depth = 0;               // of the graph at hand in others
};

class ImportContext {
 public:
  ImportContext(const ModelView& view, const ImportOptions& options, ir::Graph& graph);
  // Of a graph that an operator of `outer` runs, which `view` is about.
  ImportContext(const ModelView& view, const ImportContext& outer);

  // --- for operator importers
  std::string operator_name() const { return view_.operator_name(*op_); }
  size_t input_count() const { return op_->inputs() == nullptr ? 0 : op_->inputs()->size(); }
  size_t output_count() const { return op_->outputs()->size(); }
  bool has_input(size_t index) const { return tensor_of(index) >= 0; }
  // The value of an input; kMalformed where it is absent or nothing produces it.
  Result<ir::ValueId> input(size_t index);
  // kNone where it is absent.
  Result<ir::ValueId> optional_input(size_t index);
  // What a variable tensor holds, and what it holds from now on. kMalformed where the input is none.
  Result<ir::ValueId> read_variable(size_t index);
  Status write_variable(size_t index, ir::ValueId value);
  // Resource variables, which are known by name. The operator's output is a handle of that name; an input is one.
  Variables& variables() { return file_->variables; }
  void name_handle(std::string name) { handles_[static_cast<size_t>(op_->outputs()->Get(0))] = std::move(name); }
  Result<std::string> handle(size_t index) const;
  const ModelView& view() const { return view_; }
  const schema::Operator& file_operator() const { return *op_; }
  const custom::Operators* custom() const { return options_.custom.get(); }
  // The quantisation of what lies between the operator's steps; none where the file does not say.
  Result<Quantization> intermediate_quantization(size_t index) const;
  // The bias of a layer that reads input `image`: kNone where it is absent. Of int16 activations the format has int64
  // biases and sums, which graphs imply where they have int32 biases; kUnsupportedType where a bias does not fit, and
  // for int32 ones of the file, which ask for other arithmetic.
  Result<ir::ValueId> bias(size_t index, size_t image = 0);
  // An input that is constant; the error says that it is `what` that must not be computed at run time.
  Result<FileTensor> read_constant(size_t index, const char* what) const;
  // Elements of a constant int32 or int64 input; kUnsupportedShape where it is computed at run time.
  Result<std::vector<int64_t>> constant_ints(size_t index, const char* what) const;
  // The one element of a constant input as a real number.
  Result<double> constant_real(size_t index, const char* what) const;
  // The constant of an input, transposed: its scales move with their axis. It may lie behind a Dequantize, which is
  // then read from the transposed one. kUnsupportedShape where it is computed at run time.
  Result<ir::ValueId> transposed_constant(size_t index, const std::vector<int64_t>& perm);

  ConstantBudget& budget() { return file_->budget; }
  const ops::TensorType& type(ir::ValueId id) const { return graph_.value(id).type; }
  const Quantization& quantization(ir::ValueId id) const { return graph_.value(id).quantization; }
  ir::Graph& graph() { return graph_; }
  // What the file says of the operator's output, and what it calls it.
  Result<FileTensor> output() const;
  const std::string& output_name() const { return name_of(op_->outputs()->Get(0)); }

  // The operator's options; kMalformed where the file has none or others.
  template <typename Options>
  Result<const Options*> options() const {
    if (op_->builtin_options_type() != schema::BuiltinOptionsTraits<Options>::enum_value) return missing_options();
    const auto* found = static_cast<const Options*>(op_->builtin_options());
    if (found == nullptr) return missing_options();
    return found;
  }

  // Those of a custom operator.
  Result<CustomOptions> custom_options() const;

  // Adds a node before the operator's own; the value is named after the operator's output with `suffix`.
  Result<ir::ValueId> append(const std::string& suffix, ops::AnyOp op, std::vector<ir::ValueId> inputs,
                             Quantization quantization = {});
  // The activation that the operator's options name, for an attribute of the graph's; what that has no name for becomes
  // a node behind the operator's own.
  Result<ops::Activation> fused(schema::ActivationFunctionType activation);
  // The same for an operator without such an attribute.
  Status fuse_behind(schema::ActivationFunctionType activation);
  // Adds the operator's own node, which gives its output, after checking the file's type for it against the inferred.
  Status finish(ops::AnyOp op, std::vector<ir::ValueId> inputs) {
    return finish_output(0, std::move(op), std::move(inputs));
  }
  // The same for one of several outputs, each of which takes a node.
  Status finish_output(size_t index, ops::AnyOp op, std::vector<ir::ValueId> inputs);
  // The operator's output is a value that is there already.
  Status finish_as(ir::ValueId value);
  // One of them, after `finish_output`.
  ir::ValueId finished_output(size_t index) const;
  // One node that gives all outputs. kUnsupportedType where the file has an input or an output as uint8.
  Status finish_all(ops::AnyOp op, std::vector<ir::ValueId> inputs);

  // --- for operators that run graphs (body.hpp)
  FileImport& file() const { return *file_; }
  const std::string& node_name() const { return node_name_; }
  // Forgets what operators gave and calls tensors by their names with `prefix` before them from now on.
  void begin_again(const std::string& prefix);
  // What the tensor, an input of the graph, is.
  void set_value(int32_t tensor, ir::ValueId value) { values_[static_cast<size_t>(tensor)] = value; }
  // kMalformed where nothing produces it.
  Result<ir::ValueId> value_of(int32_t tensor);
  // Elements of integers or truth values that are known here, in 64 bits, of at most kMostKnown; none where they are
  // computed at run time, or of another type.
  static constexpr int64_t kMostKnown = 64;
  std::optional<std::vector<int64_t>> known(ir::ValueId value) const;
  // Gives output 0 as these elements, which are known here.
  Status finish_known(DType dtype, const Shape& shape, std::span<const int64_t> elements);

  // --- for the file's importer
  // What the file says of the shape of a graph input.
  Result<OpenShape> open_shape(int32_t tensor) const;
  Status add_graph_input(int32_t tensor, ShapeBinder& binder);
  Status add_graph_output(int32_t tensor);
  // After all inputs and outputs.
  Status add_states() { return file_->variables.finish(file_->budget); }
  Status import_operator(const schema::Operator& op, const std::string& node_name, Status (*importer)(ImportContext&));
  // The operator, or the graph input, is refused: what it was to give becomes a graph input of its declared type where
  // that is supported.
  void skip_operator(const schema::Operator& op);
  void skip_tensor(int32_t tensor);
  // Whether the last operator's importer asked for the content of what a refused one was to give: then it says nothing
  // of its own that it failed.
  bool missed_an_operand() const { return missed_; }

 private:
  // The elements of a value that moves of constants give, of at most kMostStructural elements: shapes that a file works
  // out. None where it is computed otherwise.
  std::optional<ir::TensorData> moved_constant(ir::ValueId id, int depth) const;
  // -1 where the input is absent.
  int32_t tensor_of(size_t index) const;
  Result<FileTensor> read(int32_t tensor) const;
  // Adds a constant with its axes permuted; its scales move with their axis.
  Result<ir::ValueId> add_transposed(const std::string& name, const ops::TensorType& type,
                                     std::span<const std::byte> bytes, Quantization quantization,
                                     const std::vector<int64_t>& perm);
  // The constant that is dequantised to give an input; kNone where there is none.
  ir::ValueId dequantized_constant(size_t index) const;
  // A constant of the file in another form, under the file's name where that is still free.
  ir::ValueId add_changed_constant(const std::string& name, const ops::TensorType& type, std::vector<std::byte> bytes,
                                   Quantization quantization);
  Status check_declared(const FileTensor& declared, const ops::TensorType& inferred) const;
  const std::string& name_of(int32_t tensor) const { return names_[static_cast<size_t>(tensor)]; }
  Status missing_options() const;

  const ModelView& view_;
  const ImportOptions& options_;
  ir::Graph& graph_;
  std::shared_ptr<FileImport> file_;
  std::vector<std::string> names_;
  std::vector<ir::ValueId> values_;  // by tensor
  std::vector<ir::ValueId> ports_;   // by tensor: the graph input or output itself, which of a shifted tensor is uint8
  std::vector<bool> shifted_outputs_;  // by tensor: a uint8 graph output, whose name its border value takes
  mutable std::map<int32_t, std::optional<std::vector<std::byte>>> dense_;  // by tensor, of those that are sparse
  const schema::Operator* op_ = nullptr;
  std::string node_name_;
  std::optional<ops::AnyOp> behind_;  // the activation that follows the operator at hand
  std::vector<std::string> handles_;  // by tensor: the resource variable that it is a handle of
  std::vector<bool> refused_;         // by tensor: what a refused operator was to give
  mutable bool missed_ = false;
  mutable std::deque<std::vector<std::byte>> computed_;  // by moved_constant, which FileTensors look at
};

}  // namespace tmc::frontend::tflite
