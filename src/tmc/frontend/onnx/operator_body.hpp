// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Operators that are graphs of others of the format: what such a graph says is imported in place of the node.

#include "tmc/frontend/onnx/body.hpp"
#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

class OperatorBody {
 public:
  using Names = std::vector<std::string>;

  // `inputs` are called as the node's, in their order; the node may have fewer.
  OperatorBody(const Names& inputs, const Names& outputs);

  // Adds a node, which gives one output; a name that is empty is an absent input.
  ::onnx::NodeProto& add(const std::string& type, const Names& inputs, const std::string& output);
  static void set_integer(::onnx::NodeProto& node, const std::string& name, int64_t value);
  static void set_real(::onnx::NodeProto& node, const std::string& name, float value);
  void add_real(const std::string& name, float value);
  // A vector of int64.
  void add_integers(const std::string& name, const std::vector<int64_t>& values);
  // Elements of an integer type as float, less their zero point where the node at hand has it: one, or as many as the
  // shape, of which one extent is -1, says.
  void add_centred(ImportContext& context, const std::string& from, size_t zero_input, const std::string& zero,
                   const std::vector<int64_t>& zero_shape, const std::string& to);
  void add_cast(const std::string& from, int32_t onnx_type, const std::string& to);

  Status import(ImportContext& context) const;

 private:
  ::onnx::GraphProto graph_;
};

// kUnsupportedShape where so many products of 8 bits may add up to more than a float holds exactly.
Status check_exact_sums(int64_t products);

// Imports a graph in place of the node, whose outputs are its own in order, and so are its inputs unless others are
// given.
Status import_in_place(ImportContext& context, const ::onnx::GraphProto& graph, const std::vector<FileTensor>& inputs);
Status import_in_place(ImportContext& context, const ::onnx::GraphProto& graph);

}  // namespace tmc::frontend::onnx_format
