// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A small SavedModel for tests and fuzzers, in memory: its message, which may be changed, and the files of it.

#include <cstring>
#include <initializer_list>
#include <map>
#include <string>
#include <vector>

#include "saved_model.pb.h"
#include "tmc/frontend/savedmodel/import_savedmodel.hpp"
#include "tmc/frontend/savedmodel/table_file.hpp"

namespace tmc::frontend::savedmodel {

namespace proto = tmc::savedmodel;

struct ModelFiles {
  std::string graph, index, data;

  ReadModelFile reader() const {
    return [this](const std::string& path) -> Result<std::string> {
      if (path == "saved_model.pb") return graph;
      if (path == "variables/variables.index") return index;
      if (path == "variables/variables.data-00000-of-00001") return data;
      return error(Error::kNotFound, "there is no file '{}'", path);
    };
  }
};

inline std::string varint(uint64_t number) {
  std::string text;
  for (; number >= 128; number >>= 7) text += static_cast<char>(number | 128);
  return text + static_cast<char>(number);
}
template <typename Number>
std::string fixed_bytes(Number number) {
  return {reinterpret_cast<const char*>(&number), sizeof(number)};
}
inline uint32_t checksum(const std::string& text) {
  return masked_crc32c(std::as_bytes(std::span(text)));
}

// A block of entries behind what `table` has already; the handle of it.
inline std::string add_block(std::string& table, const std::map<std::string, std::string>& entries) {
  std::string block;
  for (const auto& [key, value] : entries) {
    block += varint(0) + varint(key.size()) + varint(value.size());
    block += key + value;
  }
  block += fixed_bytes<uint32_t>(0) + fixed_bytes<uint32_t>(1);  // one restart, at the beginning
  const std::string handle = varint(table.size()) + varint(block.size());
  block += '\0';  // not compressed
  table += block + fixed_bytes(checksum(block));
  return handle;
}

inline std::string table_of(const std::map<std::string, std::string>& entries) {
  std::string table;
  const std::string last = entries.empty() ? "" : entries.rbegin()->first;
  const std::string block = add_block(table, entries);
  std::string footer = add_block(table, {});
  footer += add_block(table, {{last, block}});
  constexpr size_t kHandleBytes = 40;
  footer.resize(kHandleBytes, '\0');
  return table + footer + fixed_bytes<uint64_t>(0xdb4775248b80fb57);
}

template <typename Nodes>
proto::NodeDef& add_node(Nodes* nodes, const std::string& name, const std::string& op,
                         std::initializer_list<const char*> inputs) {
  proto::NodeDef& node = *nodes->Add();
  node.set_name(name);
  node.set_op(op);
  for (const char* input : inputs) node.add_input(input);
  return node;
}

inline void set_extents(proto::TensorShapeProto& shape, std::initializer_list<int64_t> extents) {
  for (const int64_t extent : extents) shape.add_dim()->set_size(extent);
}

inline void add_texts(proto::GraphDef& graph, const std::string& name, const std::string& text) {
  auto& tensor = *(*add_node(graph.mutable_node(), name, "Const", {}).mutable_attr())["value"].mutable_tensor();
  tensor.set_dtype(7);
  set_extents(*tensor.mutable_tensor_shape(), {1});
  tensor.add_string_val(text);
}

// relu(x times the variable `kernel`), of x [batch, 3], in a function that the signature's graph calls.
inline proto::SavedModel small_model() {
  proto::SavedModel model;
  proto::MetaGraphDef& meta = *model.add_meta_graphs();
  meta.mutable_meta_info_def()->add_tags("serve");
  proto::GraphDef& graph = *meta.mutable_graph_def();
  add_node(graph.mutable_node(), "serving_x", "Placeholder", {});
  add_node(graph.mutable_node(), "kernel", "VarHandleOp", {});
  proto::NodeDef& call = add_node(graph.mutable_node(), "call", "StatefulPartitionedCall", {"serving_x", "kernel"});
  (*call.mutable_attr())["f"].mutable_func()->set_name("forward");
  add_texts(graph, "names", "kernel/.ATTRIBUTES/VARIABLE_VALUE");
  add_texts(graph, "slices", "");
  add_node(graph.mutable_node(), "restore", "RestoreV2", {"file", "names", "slices"});
  add_node(graph.mutable_node(), "assign", "AssignVariableOp", {"kernel", "restore:0"});

  proto::FunctionDef& function = *graph.mutable_library()->add_function();
  function.mutable_signature()->set_name("forward");
  function.mutable_signature()->add_input_arg()->set_name("x");
  function.mutable_signature()->add_input_arg()->set_name("handle");
  function.mutable_signature()->add_output_arg()->set_name("y");
  add_node(function.mutable_node_def(), "read", "ReadVariableOp", {"handle"});
  add_node(function.mutable_node_def(), "product", "MatMul", {"x", "read:value:0"});
  add_node(function.mutable_node_def(), "relu", "Relu", {"product:product:0", "^done"});
  add_node(function.mutable_node_def(), "done", "NoOp", {"^read"});
  (*function.mutable_ret())["y"] = "relu:activations:0";

  proto::SignatureDef& signature = (*meta.mutable_signature_def())["serving_default"];
  proto::TensorInfo& x = (*signature.mutable_inputs())["x"];
  x.set_name("serving_x:0");
  x.set_dtype(1);
  set_extents(*x.mutable_tensor_shape(), {-1, 3});
  (*signature.mutable_outputs())["y"].set_name("call:0");
  return model;
}

inline constexpr float kSmallKernel[6] = {1, 2, 3, -4, 5, -6};  // [3, 2]

inline proto::BundleEntryProto small_entry(const std::string& data) {
  proto::BundleEntryProto entry;
  entry.set_dtype(1);
  set_extents(*entry.mutable_shape(), {3, 2});
  entry.set_size(static_cast<int64_t>(data.size()));
  entry.set_crc32c(checksum(data));
  return entry;
}

inline std::string index_of(const proto::BundleEntryProto& entry, int32_t shards = 1) {
  proto::BundleHeaderProto header;
  header.set_num_shards(shards);
  return table_of({{"", header.SerializeAsString()}, {"kernel/.ATTRIBUTES/VARIABLE_VALUE", entry.SerializeAsString()}});
}

inline ModelFiles files_of(const proto::SavedModel& model) {
  std::string data(sizeof(kSmallKernel), '\0');
  std::memcpy(data.data(), kSmallKernel, data.size());
  return {model.SerializeAsString(), index_of(small_entry(data)), data};
}

// All files in one, for fuzzers: the lengths of the first two in front.
inline std::string packed(const ModelFiles& files) {
  return fixed_bytes(static_cast<uint32_t>(files.graph.size())) +
         fixed_bytes(static_cast<uint32_t>(files.index.size())) + files.graph + files.index + files.data;
}
inline ModelFiles unpacked(std::string_view bytes) {
  const auto take = [&bytes](size_t count) {
    const std::string part(bytes.substr(0, count));
    bytes.remove_prefix(part.size());
    return part;
  };
  uint32_t lengths[2] = {0, 0};
  const std::string head = take(sizeof(lengths));
  std::memcpy(lengths, head.data(), head.size());
  ModelFiles files;
  files.graph = take(lengths[0]);
  files.index = take(lengths[1]);
  files.data = std::string(bytes);
  return files;
}

}  // namespace tmc::frontend::savedmodel
