// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The keys or values that an attention reads, as rows of a cache: those of the past are an input of the graph, those of
// the new tokens stand behind them, and the output that is the next run's past holds the same.

#include "tmc/opt/decoder/element_places.hpp"
#include "tmc/opt/decoder/past_graph.hpp"

namespace tmc::opt {

// The new rows [block, width]: these elements of a value.
struct NewRows {
  ir::ValueId source = ir::ValueId::kNone;
  std::vector<int64_t> elements;
};

// Of input number `input` of attention node `id`. kUnsupportedOp where it is no such thing, kUnsupportedShape where it
// has more elements than a microcontroller would hold.
Result<NewRows> new_rows(const ir::Graph& graph, const PastGraph& past, ir::NodeId id, size_t input);

// An operand of attention [batch, tokens, width] as rows of tokens, whose batches are heads too: of one text there is
// nothing else that they could be.
std::vector<ElementPlaces::Place> rows_of(const std::vector<ElementPlaces::Place>& places, const Shape& shape);

// Rows from number `first` on; source kNone where they come from several values.
NewRows source_of(const std::vector<ElementPlaces::Place>& rows, size_t first);

}  // namespace tmc::opt
