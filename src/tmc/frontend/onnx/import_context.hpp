// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What an operator importer works with: the node at hand, its tensors as values of the graph under construction, and
// the means to add nodes. An importer reads its inputs and attributes, and ends with one of the `finish` functions.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "tmc/frontend/common/import_options.hpp"
#include "tmc/frontend/onnx/attributes.hpp"
#include "tmc/frontend/onnx/constant.hpp"
#include "tmc/frontend/onnx/narrow_type.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend::onnx_format {

// A tensor of the file. A constant becomes a value of the graph when an operator first reads it.
struct FileTensor {
  ir::ValueId value = ir::ValueId::kNone;
  std::optional<Constant> constant;
  // The reals of a value that is dequantised from a constant, for whoever wants to know them here.
  std::optional<Constant> reals = {};
  bool shifted = false;  // uint8 in the file, int8 in the graph
  // What a refused node was to give. Where its type is known it is a graph input, so that the rest can be looked at;
  // else it has neither a value nor a constant.
  bool refused = false;
  // The file's element type, where graphs have only a wider one.
  const NarrowType* narrow = nullptr;
  // Strings: u8 with the bytes of each along one more axis (text.hpp).
  bool text = false;
  // Not empty: an element of a sequence of which only that it is there is known, and what helps.
  std::string unknown = {};
  // Set: a sequence, which has neither a value nor a constant of its own (sequence.hpp).
  std::shared_ptr<const std::vector<FileTensor>> elements = {};
};

class ImportContext {
 public:
  ImportContext(int64_t opset, std::filesystem::path folder, const ImportOptions& options, ir::Graph& graph)
      : opset_(opset), folder_(std::move(folder)), options_(options), graph_(graph) {}

  // --- for operator importers: reading
  int64_t opset() const { return opset_; }
  const std::string& op_type() const { return node_->op_type(); }
  Attributes attributes() const { return Attributes(*node_); }
  size_t input_count() const { return static_cast<size_t>(node_->input_size()); }
  bool has_input(size_t index) const { return !input_name(index).empty(); }
  const ::onnx::NodeProto& node() const { return *node_; }
  // Empty where the input is absent.
  const std::string& input_name(size_t index) const { return name_at(node_->input(), index); }
  // Whether the node names an output that something reads; others need not be computed.
  bool has_output(size_t index) const;
  size_t output_count() const { return static_cast<size_t>(node_->output_size()); }
  // The file's tensor; kMalformed where the input is absent or nothing produces it.
  Result<FileTensor*> tensor(size_t index);
  // A copy of it, for bodies; refused where the input's node is.
  Result<FileTensor> file_tensor(size_t index) const;
  // The value of an input; the second gives kNone where it is absent.
  Result<ir::ValueId> input(size_t index);
  Result<ir::ValueId> optional_input(size_t index);
  // The extents of an input, computed or constant.
  Result<Shape> shape_of(size_t index);
  // An input that the file holds, that follows from such by moving elements, or that is dequantised from it;
  // kUnsupportedShape where `what` is computed at run time.
  Result<const Constant*> constant(size_t index, const char* what);
  // Null where the input is absent or computed at run time.
  const Constant* constant_if(size_t index) const;
  // The file's element type of an input, where it is narrower than any of ours and known; else null.
  const NarrowType* narrow_type(size_t index) const;
  // Says the same of the output, which is there.
  void set_narrow_type(const NarrowType* narrow) { tensors_[output_name()].narrow = narrow; }
  // Whether the input is a constant, or one that a refused node was to give.
  bool is_constant(size_t index) const;
  // Whether the input is there and its elements are known at run time only.
  bool is_at_run_time(size_t index) const;
  // Where the new tokens of a decoder with past stand, an input of the graph (past_ports.hpp); kNone where the file is
  // imported as it is.
  ir::ValueId token_positions() const;
  // Whether it is an input of the model.
  bool is_port(size_t index) const { return ports_.contains(input_name(index)); }
  // The shape that the file gives an output of the node (declared.hpp); null where it does not say all of it.
  const Shape* declared_shape(size_t output) const;
  // Whether every input that is there is constant: then the node is computed here (constant_math.hpp). A constant that
  // a refused node was to give is one.
  bool all_constant() const;
  Result<std::vector<int64_t>> constant_ints(size_t index, const char* what);
  // The one element of a float constant; `otherwise` where the input is absent.
  Result<double> constant_real(size_t index, const char* what, double otherwise);
  // Integers that newer opsets take as an input and older ones as an attribute. None where the file gives none.
  Result<std::optional<std::vector<int64_t>>> ints_of(const char* attribute, size_t input, int64_t since_opset);

  // Whether the input is there and holds strings.
  bool is_text(size_t index) const;
  bool reads_text(const ::onnx::NodeProto& node) const;
  // A tensor of strings, u8 [..., width]; kUnsupportedType where the input holds none.
  Result<ir::ValueId> text(size_t index);
  // The most that the caller says there may be of what a tensor of that name counts or holds (`--bound`).
  std::optional<int64_t> bound_of(const std::string& name);

  // The axes of a reduction of the first input; none where it is left as it is. With `one`, the attribute "axis" is.
  Result<std::optional<std::vector<int64_t>>> reduced_axes(bool one, int64_t input_since_opset);

  const ops::TensorType& type(ir::ValueId id) const { return graph_.value(id).type; }
  ir::Graph& graph() { return graph_; }
  // Empty where the output is absent.
  const std::string& output_name(size_t index = 0) const { return name_at(node_->output(), index); }
  // Of the first that is there, after which the node's other values are named.
  const std::string& first_output_name() const;
  const std::filesystem::path& folder() const { return folder_; }
  ConstantBudget& budget() { return budget_; }
  const custom::Operators* custom() const { return options_.custom.get(); }
  // Says what is odd about the node and does no harm.
  void warn(const std::string& text) const;

  // --- for operator importers: writing
  // Adds a node before the node's own; the value is named after the output with `suffix`.
  Result<ir::ValueId> append(const std::string& suffix, ops::AnyOp op, std::vector<ir::ValueId> inputs,
                             Quantization quantization = {});
  // Adds a constant of one element, named after the output with `suffix`.
  ir::ValueId append_scalar(const std::string& suffix, float value);
  // Adds the node that gives the output, where the node names one. Without `quantization` an integer output is in the
  // scale of the first input.
  Status finish(ops::AnyOp op, std::vector<ir::ValueId> inputs);
  Status finish(ops::AnyOp op, std::vector<ir::ValueId> inputs, Quantization quantization, bool shifted);
  // The same for an output that is not the first, where something reads it.
  Status finish_output(size_t index, ops::AnyOp op, std::vector<ir::ValueId> inputs);
  // The output is a value that is there already, or a constant.
  Status finish_as(ir::ValueId value);
  Status finish_as(Constant constant);
  Status finish_output_as(size_t index, Constant constant);
  Status finish_output_as(size_t index, const FileTensor& tensor);

  // An output that is there holds strings.
  void set_text(size_t index = 0) { tensors_[output_name(index)].text = true; }
  // How much of an output counts, i64 []: where it is one of the graph, so is this, as NAME_count.
  Status finish_count(size_t index, ir::ValueId count);
  // Imports the node under other names for inputs and outputs, of which the tensors are given and asked for.
  Result<std::vector<FileTensor>> import_as(const ::onnx::NodeProto& node, const std::vector<FileTensor>& inputs,
                                            const std::function<Status(ImportContext&)>& importer);

  // An output is a sequence of these. kUnsupportedShape once the sequences of the file have too many elements.
  Status finish_elements(std::vector<FileTensor> elements, size_t index = 0);

  // The node that gives all outputs, those that the file does not name too, each with its quantisation.
  Status finish_all(ops::AnyOp op, std::vector<ir::ValueId> inputs, std::vector<Quantization> quantizations);

  // --- for importers of operators with bodies (body.hpp)
  // Imports the body's nodes here; its inputs are these tensors, of which some may be absent. Its outputs, of which
  // those of refused nodes are refused. kUnsupportedShape where all bodies together have more than kMostBodyNodes,
  // kMalformed where they lie too deep in one another.
  Result<std::vector<FileTensor>> import_body(const ::onnx::GraphProto& body, const std::vector<FileTensor>& inputs);
  static constexpr int64_t kMostBodyNodes = 50'000;
  static constexpr int kMostBodyDepth = 100;  // a function that calls itself would never end
  // A value of the graph; kUnsupportedOp where the tensor is refused.
  Result<ir::ValueId> value_of(FileTensor& tensor);
  const ::onnx::ModelProto& model() const { return *model_; }

  // --- for the file's importer
  // How the nodes of a graph are imported, for bodies. The model outlives this object.
  using NodesImporter = std::function<Status(const ::onnx::GraphProto&)>;
  void import_bodies_by(NodesImporter importer, const ::onnx::ModelProto& model) {
    import_nodes_ = std::move(importer);
    model_ = &model;
  }
  Status add_initializer(const ::onnx::TensorProto& initializer);
  void add_constant(const std::string& name, Constant constant) { tensors_[name].constant = std::move(constant); }
  // Null where nothing has produced it.
  const FileTensor* find_tensor(const std::string& name) const;
  void add_graph_input(const std::string& name, const ops::TensorType& type, std::vector<std::string> symbols);
  void set_input_type(const std::string& name, int32_t onnx_type) {
    tensors_[name].narrow = find_narrow_type(onnx_type);
  }
  // An input of strings, u8 [..., width].
  void add_text_input(const std::string& name, const ops::TensorType& type);
  // A constant of the file, which may be one of strings.
  Result<FileTensor> read_tensor(const ::onnx::TensorProto& tensor);
  // Behind all other outputs.
  void add_counts();
  // kBadUsage for a bound of what needs none.
  Status check_bounds() const;
  // A sequence of inputs of these shapes.
  Status add_sequence_input(const std::string& name, const std::vector<Shape>& shapes, DType dtype);
  void expect_graph_output(const std::string& name) { outputs_[name] = ir::ValueId::kNone; }
  void expect_read(const std::string& name) { read_.insert(name); }
  Status add_graph_output(const std::string& name);
  using NodeImporter = std::function<Status(ImportContext&)>;
  Status import_node(const ::onnx::NodeProto& node, const std::string& node_name, const NodeImporter& importer);
  // An input that has no elements says nothing at run time: a constant.
  void add_empty_input(const std::string& name, const ops::TensorType& type);
  // What the file says of the types of its tensors.
  void declare(std::map<std::string, ops::TensorType> types, std::map<std::string, Shape> shapes) {
    declared_.merge(types);
    shapes_.merge(shapes);
  }
  // The node, or the graph's input, is refused.
  void skip_node(const ::onnx::NodeProto& node);
  void skip_tensor(const std::string& name) { tensors_[name].refused = true; }
  // Whether the last node's importer asked for the content of what a refused node was to give: then it says nothing of
  // its own that it failed.
  bool missed_an_operand() const { return missed_; }

 private:
  // The file may name fewer tensors than the operator has.
  template <typename Names>
  static const std::string& name_at(const Names& names, size_t index) {
    static const std::string absent;
    return index < static_cast<size_t>(names.size()) ? names[static_cast<int>(index)] : absent;
  }
  // Notes the reals of a value that is dequantised from a constant; false where it is no such value.
  bool find_reals(FileTensor& tensor) const;
  Result<ir::ValueId> value_of(const std::string& name, FileTensor& tensor);
  Status add_sequence_output(const std::string& name);
  ir::ValueId add_output_value(size_t index, const ops::TensorType& type, Quantization quantization, bool shifted);
  Status finish(size_t index, ops::AnyOp op, std::vector<ir::ValueId> inputs);
  Status finish(size_t index, ops::AnyOp op, std::vector<ir::ValueId> inputs, Quantization quantization, bool shifted);

  const int64_t opset_;
  const std::filesystem::path folder_;
  const ImportOptions& options_;
  ir::Graph& graph_;
  ConstantBudget budget_;
  std::unordered_map<std::string, FileTensor> tensors_;
  std::unordered_map<std::string, ir::ValueId> ports_;    // graph inputs themselves
  std::unordered_map<std::string, ir::ValueId> outputs_;  // names of graph outputs, and their values once made
  std::map<std::string, ops::TensorType> declared_;
  std::map<std::string, Shape> shapes_;   // declared, or implied by what is
  std::unordered_set<std::string> read_;  // names that nodes read
  std::vector<ir::ValueId> counts_;
  std::unordered_set<std::string> used_bounds_;
  NodesImporter import_nodes_;
  const ::onnx::ModelProto* model_ = nullptr;
  int64_t bodies_ = 0;
  int body_depth_ = 0;
  int64_t body_nodes_ = 0;
  size_t sequence_elements_ = 0;
  const ::onnx::NodeProto* node_ = nullptr;
  std::string node_name_;
  mutable bool missed_ = false;
};

}  // namespace tmc::frontend::onnx_format
