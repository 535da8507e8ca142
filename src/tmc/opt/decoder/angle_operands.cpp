// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/decoder/angle_operands.hpp"

#include "tmc/opt/decoder/rotary_steps.hpp"
#include "tmc/opt/decoder/value_at.hpp"

namespace tmc::opt {

// Of angles that are computed, and so have no end, these are looked at.
constexpr int64_t kComputedPositions = 4096;

std::optional<std::vector<int64_t>> steps_of(const ir::Graph& graph, const PastGraph& past, ir::NodeId rotary,
                                             ir::Evaluator& evaluator) {
  const ir::ValueId cosines = graph.node(rotary).inputs[1], sines = graph.node(rotary).inputs[2];
  const Shape& shape = graph.value(cosines).type.shape;
  if (shape.back(1) != past.block) return std::nullopt;
  const auto at = [&](int64_t first) -> std::optional<Turned> {
    const auto cosine = value_at(graph, past, cosines, first, evaluator);
    const auto sine = value_at(graph, past, sines, first, evaluator);
    if (!cosine || !sine) return std::nullopt;
    return Turned{cosine->to_vector<float>(), sine->to_vector<float>()};
  };
  const int64_t rows = table_rows(graph, past.positions, cosines);
  const int64_t positions = rows > 0 ? rows : kComputedPositions;
  return rotary_steps(at, static_cast<size_t>(shape.back()), past.block, positions);
}

}  // namespace tmc::opt
