// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Keys in four bits are kept less their mean, which a model's own texts show: what is left is a third as large or
// less. A mean of keys before they are turned by their positions turns with them; what it gives to a score depends on
// the query before it is turned and on how many tokens the key is older, and attention adds it (contract/
// cached_attention_s4.hpp).

#include <optional>
#include <span>
#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::quant {

// The nodes that turn queries and keys of an attention, all elements of a head by the same angles, and nothing else
// reads those keys.
struct TurnedKeys {
  ir::NodeId query, key;
  int32_t kv_heads, size;
  bool interleaved;
  std::vector<int64_t> steps;

  // What is turned, [1, tokens, width].
  ir::ValueId queries(const ir::Graph& graph) const { return graph.node(query).inputs[0]; }
  ir::ValueId keys(const ir::Graph& graph) const { return graph.node(key).inputs[0]; }
  // Of pair i: where its elements are in a head.
  int32_t first_of(int32_t i) const { return interleaved ? 2 * i : i; }
  int32_t second_of(int32_t i) const { return first_of(i) + (interleaved ? 1 : size / 2); }
};

std::optional<TurnedKeys> turned_keys(const ir::Graph& graph, ir::NodeId attention);

// Of the keys of an attention.
struct KeyMean {
  std::vector<float> mean;             // [kv_heads, size]
  float most_key = 0, most_query = 0;  // of a key less the mean and of a query of the mean, the largest elements
};

// Finds it from what is turned, token after token.
class KeyMeanSeeker {
 public:
  explicit KeyMeanSeeker(TurnedKeys turned) : turned_(std::move(turned)) {}

  void add_queries(std::span<const float> row);
  void add_keys(std::span<const float> row) { keys_.insert(keys_.end(), row.begin(), row.end()); }
  KeyMean found() const;

 private:
  int32_t pairs() const { return turned_.size / 2; }

  TurnedKeys turned_;
  std::vector<float> keys_;     // of all tokens
  std::vector<float> queries_;  // the largest of each pair
};

// Takes the mean off the keys, and gives the attention the queries of it, in int8.
Status keep_keys_less_mean(ir::Graph& graph, ir::NodeId attention, const TurnedKeys& turned, const KeyMean& of);

}  // namespace tmc::quant
