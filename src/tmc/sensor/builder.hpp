// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the parts of a sensor's graph are built with: nodes one behind the other, the first thing that goes wrong being
// kept, so that arithmetic reads as such. A signal is a value f32 [channels, samples].

#include <map>
#include <string>
#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::sensor {

using ir::ValueId;

class Builder {
 public:
  explicit Builder(ir::Graph& graph) : graph_(graph) {}

  ir::Graph& graph() { return graph_; }
  const Status& status() const { return status_; }
  const Shape& shape(ValueId value) const { return graph_.value(value).type.shape; }

  // kNone, and no change, once something has gone wrong.
  ValueId add(const char* name, ir::AnyOp op, std::vector<ValueId> inputs);
  ValueId constant(const char* name, const Shape& shape, const std::vector<double>& values);
  ValueId number(double value) { return constant("number", Shape(), {value}); }

  ValueId reshaped(ValueId value, std::vector<int64_t> extents);
  // `size` elements of the last axis, `step` apart.
  ValueId part(ValueId value, int64_t first, int64_t size, int64_t step = 1);
  // The last axis read at these indices.
  ValueId at(ValueId value, const std::vector<int64_t>& indices);
  // Less the mean along the last axis; what is so already stays. Of a line of equal numbers it is exactly 0, and a
  // large offset costs no digits: the first number is taken off before the mean.
  ValueId centred(ValueId value);
  // Along the last axis, which is left out.
  template <typename Reduction>
  ValueId along_last(const char* name, ValueId value, bool keep_dims = false) {
    if (value == ValueId::kNone) return value;
    return add(name, Reduction{{shape(value).rank() - 1}, keep_dims}, {value});
  }

 private:
  ir::Graph& graph_;
  Status status_;
  std::map<ValueId, ValueId> centred_;  // by what they are made of, and by themselves
};

}  // namespace tmc::sensor
