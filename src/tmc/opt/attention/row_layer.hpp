// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Layers of rows [batch, length, in], which passes run on other rows or other columns than the graph says.

#include "tmc/opt/uses.hpp"

namespace tmc::opt {

struct RowLayer {
  ir::ValueId x = ir::ValueId::kNone;        // [batch, length, in]; kNone: there is no such layer
  ir::ValueId weights = ir::ValueId::kNone;  // constants [out, in]
  ir::ValueId bias = ir::ValueId::kNone;     // [out], the layer's own or one that is added behind it
  bool exists() const { return x != ir::ValueId::kNone; }
};

// The layer that makes `rows`, where nothing else is made of what it computes on the way there.
RowLayer row_layer(const ir::Graph& graph, const Uses& uses, ir::ValueId rows);

}  // namespace tmc::opt
