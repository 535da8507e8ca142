// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// An ONNX model under construction: names that are used once, and the messages of the format behind plain calls.

#include <memory>
#include <string>
#include <unordered_set>
#include <variant>
#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::exporter::onnx_format {

struct Attribute {
  std::string name;
  std::variant<int64_t, float, std::string, std::vector<int64_t>, std::vector<float>, std::vector<std::string>> value;
};
using Attributes = std::vector<Attribute>;

// The format's number of an element type.
int element_type(DType dtype);

class ModelWriter {
 public:
  ModelWriter(const std::string& graph_name, int64_t opset);
  ModelWriter(ModelWriter&&) noexcept;
  ModelWriter& operator=(ModelWriter&&) noexcept;
  ~ModelWriter();

  int64_t opset() const { return opset_; }
  // The only source of names of tensors: `wanted`, with a number behind it where it is taken; taken from then on.
  std::string claim(const std::string& wanted);

  // Tensors' names are claimed before; empty ones among `inputs` are absent. The node gets `name`, with a number behind
  // it where a node has it already: one node of the graph may become several.
  void add_node(const std::string& name, const std::string& type, const std::vector<std::string>& inputs,
                const std::string& output, const Attributes& attributes);
  // The same of another domain than ONNX's own, with several outputs.
  void add_node_of(const std::string& domain, const std::string& name, const std::string& type,
                   const std::vector<std::string>& inputs, const std::vector<std::string>& outputs,
                   const Attributes& attributes);
  void add_constant(const std::string& name, const ops::TensorType& type, std::span<const std::byte> bytes);
  void add_input(const std::string& name, const ops::TensorType& type);
  void add_output(const std::string& name, const ops::TensorType& type);

  void add_metadata(const std::string& key, const std::string& value);

  std::string bytes() const;

 private:
  struct Model;
  void add_domain(const std::string& domain);
  int64_t opset_;
  std::unique_ptr<Model> model_;
  std::unordered_set<std::string> tensor_names_, node_names_;
};

}  // namespace tmc::exporter::onnx_format
