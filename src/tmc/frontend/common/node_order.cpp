// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/node_order.hpp"

#include <functional>
#include <queue>

namespace tmc::frontend {
namespace {

constexpr int64_t kNobody = -1;
constexpr int64_t kOutside = -2;

// Per tensor the node that gives it.
Result<std::vector<int64_t>> producers(std::span<const FileNode> nodes, size_t tensor_count,
                                       std::span<const int32_t> given) {
  std::vector<int64_t> producer(tensor_count, kNobody);
  for (const int32_t tensor : given) producer[static_cast<size_t>(tensor)] = kOutside;
  for (size_t i = 0; i < nodes.size(); ++i) {
    for (const int32_t tensor : nodes[i].outputs) {
      if (tensor < 0) continue;
      int64_t& by = producer[static_cast<size_t>(tensor)];
      if (by != kNobody) {
        const std::string other =
            by == kOutside ? "the graph's inputs" : fmt::format("node '{}'", nodes[static_cast<size_t>(by)].name);
        return error(Error::kMalformed, "writes a tensor that {} gives already", other).at_node(nodes[i].name);
      }
      by = static_cast<int64_t>(i);
    }
  }
  return producer;
}

}  // namespace

Result<std::vector<size_t>> execution_order(std::span<const FileNode> nodes, size_t tensor_count,
                                            std::span<const int32_t> given) {
  TMC_ASSIGN(const std::vector<int64_t> producer, producers(nodes, tensor_count, given));
  std::vector<size_t> waits_for(nodes.size(), 0);
  std::vector<std::vector<size_t>> readers(nodes.size());
  for (size_t i = 0; i < nodes.size(); ++i) {
    for (const int32_t tensor : nodes[i].inputs) {
      if (tensor < 0 || producer[static_cast<size_t>(tensor)] < 0) continue;
      readers[static_cast<size_t>(producer[static_cast<size_t>(tensor)])].push_back(i);
      ++waits_for[i];
    }
  }
  std::priority_queue<size_t, std::vector<size_t>, std::greater<>> ready;
  for (size_t i = 0; i < nodes.size(); ++i) {
    if (waits_for[i] == 0) ready.push(i);
  }
  std::vector<size_t> order;
  while (!ready.empty()) {
    order.push_back(ready.top());
    ready.pop();
    for (const size_t reader : readers[order.back()]) {
      if (--waits_for[reader] == 0) ready.push(reader);
    }
  }
  for (size_t i = 0; order.size() < nodes.size() && i < nodes.size(); ++i) {
    if (waits_for[i] != 0) return error(Error::kMalformed, "the graph has a cycle").at_node(nodes[i].name);
  }
  return order;
}

}  // namespace tmc::frontend
