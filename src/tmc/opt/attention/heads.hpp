// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where queries, keys and values of all batches and heads lie, and how their heads come to lie side by side with the
// fewest moves. What is a batch and what a head is the same to attention; so heads are what lies within a row.

#include "tmc/opt/view.hpp"

namespace tmc::opt {

// One operand of attention as it is seen of a value: by the axes that products run over one after the other, and
// within.
struct Operand {
  ir::ValueId source = ir::ValueId::kNone;
  int64_t offset = 0;
  Factors lead;            // batches and heads, in the product's order; all operands have the same extents
  Factors rows, elements;  // positions, and elements of one head
};

// The operand that a product reads, which has these leading extents; rows are its last axis but one, or with `turned`
// its last. None where its axes do not come apart.
std::optional<Operand> operand_of(const Seen& seen, const Shape& shape, const Shape& lead, bool turned);

// Splits the leading factors of all so that they have the same extents. False where they do not come apart.
bool align(std::span<Operand* const> operands);

// How many of the leading factors are batches; the rest are heads. `moves` make query, key and value.
struct Heads {
  int64_t batch = 1, heads = 1, kv_heads = 1;
  size_t split = 0;
  std::vector<Moves> moves;
};
// Of aligned operands: that with the fewest moves, none where there is none.
std::optional<Heads> choose_heads(const ir::Graph& graph, std::span<Operand* const> operands);

// The attention's result [batch, rows, heads * size] as [lead..., rows, size].
View view_of_result(std::span<const Factor> lead, const Heads& heads, int64_t rows, int64_t size);

}  // namespace tmc::opt
