// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What quantising needs from outside: rows of data, and runs of a graph on them. `pipeline` implements both.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::quant {

// The bytes of every input of the graph, in their order.
using Row = std::vector<std::vector<std::byte>>;

// Rows by index; a source holds at most a part of them in memory.
class RowSource {
 public:
  virtual ~RowSource() = default;
  virtual int64_t size() const = 0;
  virtual Result<Row> read(int64_t index) = 0;
};

// Called with how many rows of how many are done, and of what.
using Progress = std::function<void(std::string_view what, int64_t done, int64_t all)>;

struct TensorInfo {
  std::string name;  // of the graph's value
  ops::TensorType type;
  Quantization quantization;
};

// A graph that is ready to run. One thread at a time.
class Session {
 public:
  virtual ~Session() = default;

  // Every tensor that a run shows: inputs, outputs and what lies between, in the order in which they are computed.
  virtual const std::vector<TensorInfo>& tensors() const = 0;

  // Called when a tensor is complete, with its index; what it changes is what later operators read.
  using Observer = std::function<void(size_t tensor, std::span<std::byte> bytes)>;
  virtual Status run(const Row& row, const Observer& observe) = 0;
};

class Runner {
 public:
  virtual ~Runner() = default;
  // Lowers quantise/dequantise pairs to integers first. The graph may be dropped afterwards.
  virtual Result<std::unique_ptr<Session>> open(const ir::Graph& graph) = 0;
};

// The reals that the bytes of a float32 or quantised tensor stand for; empty for another type.
std::vector<float> reals(const TensorInfo& tensor, std::span<const std::byte> bytes);
// The reverse, rounded and saturated, into the bytes of such a tensor.
void store_reals(const TensorInfo& tensor, std::span<const float> reals, std::span<std::byte> bytes);

}  // namespace tmc::quant
