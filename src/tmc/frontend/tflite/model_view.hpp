// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A TFLite file whose structure is known to be sound: every table, vector and string lies inside it, and every index
// that `open_model` lists is in range. Holds references into the file's bytes, which must outlive it.

#include <cstddef>
#include <span>
#include <string>

#include "tmc/base/host/status.hpp"
#include "tmc/frontend/common/node_order.hpp"
#include "tmc/frontend/tflite/tflite_generated.h"

namespace tmc::frontend::tflite {

struct ModelView {
  std::span<const std::byte> file;
  const schema::Model* model;
  size_t current = 0;  // the subgraph that is being imported: the model's, or one that an operator runs

  size_t subgraph_count() const { return model->subgraphs()->size(); }
  const schema::SubGraph& subgraph() const { return subgraph(current); }
  const schema::SubGraph& subgraph(size_t index) const {
    return *model->subgraphs()->Get(static_cast<flatbuffers::uoffset_t>(index));
  }
  // The operator's name in lower case; "custom" operators with the name that the file gives them.
  std::string operator_name(const schema::Operator& op) const;
};

// Checked: the flatbuffer's structure, the format's version, and for each subgraph that tensors exist and that inputs,
// outputs, operator codes and buffers are in range. The file's start must be aligned to 16 bytes.
Result<ModelView> open_model(std::span<const std::byte> file);

// Names of a subgraph's tensors: different from each other and never empty.
std::vector<std::string> tensor_names(const schema::SubGraph& subgraph);

// The operators of a subgraph as nodes, named after the operator and its output.
std::vector<FileNode> file_nodes(const ModelView& view, const schema::SubGraph& subgraph);

}  // namespace tmc::frontend::tflite
