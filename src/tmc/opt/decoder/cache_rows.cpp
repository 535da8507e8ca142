// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/decoder/cache_rows.hpp"

#include <algorithm>

namespace tmc::opt {
namespace {

using ir::ValueId;
using Place = ElementPlaces::Place;

constexpr int64_t kMostElements = int64_t{1} << 22;  // of keys or values of a layer: each is looked at

Status is_no_cache(const ir::Graph& graph, ValueId operand, const std::string& why) {
  return error(Error::kUnsupportedOp, "its operand '{}' is no cache with new rows behind it: {}",
               graph.value(operand).name, why)
      .with_hint(
          "export the decoder so that it concatenates past and new keys (after their rotary positions) and values "
          "along "
          "the tokens and gives them as they are, or bind the lengths of its caches with --shape to have it as it is");
}

// Where an element of the past lies in tensors that have other numbers of tokens along the axis.
struct Extents {
  int64_t inner, past, all;
  int64_t token(int64_t element) const { return element / inner % past; }
  // The element of the same place and another token in the present.
  int64_t in_present(int64_t element, int64_t token) const {
    return (element / inner / past * all + token) * inner + element % inner;
  }
};

}  // namespace

std::vector<Place> rows_of(const std::vector<Place>& places, const Shape& shape) {
  std::vector<Place> rows;
  for (int64_t token = 0; token < shape[1]; ++token) {
    for (int64_t batch = 0; batch < shape[0]; ++batch) {
      const auto begin = places.begin() + (batch * shape[1] + token) * shape[2];
      rows.insert(rows.end(), begin, begin + shape[2]);
    }
  }
  return rows;
}

NewRows source_of(const std::vector<Place>& rows, size_t first) {
  NewRows found{rows[first].value, {}};
  for (size_t i = first; i < rows.size(); ++i) {
    if (rows[i].value != found.source) return {};
    found.elements.push_back(rows[i].element);
  }
  return found;
}

Result<NewRows> new_rows(const ir::Graph& graph, const PastGraph& past, ir::NodeId id, size_t input) {
  const ValueId operand = graph.node(id).inputs[input];
  const Shape shape = graph.value(operand).type.shape;
  const auto refuse = [&](const std::string& why) {
    return is_no_cache(graph, operand, why).at_node(graph.node(id).name);
  };
  if (shape.elements() < 0 || shape.elements() > kMostElements) {
    return error(Error::kUnsupportedShape, "its operand '{}' would have {} elements", graph.value(operand).name,
                 shape.elements())
        .at_node(graph.node(id).name)
        .with_hint("give a --window of fewer tokens");
  }
  if (shape[1] != past.past + past.block) return refuse("it has not a row for each token");
  ElementPlaces places(graph);
  const std::vector<Place> rows = rows_of(places.of(operand), shape);
  const auto cache = std::ranges::find(past.caches, rows[0].value, &PastGraph::Cache::past);
  if (cache == past.caches.end()) return refuse("its first rows are no input of the model");
  const Shape before = graph.value(cache->past).type.shape, after = graph.value(cache->present).type.shape;
  const Extents extents{before.elements(cache->axis + 1, before.rank()), past.past, past.past + past.block};
  Shape expected = before;
  expected[cache->axis] = extents.all;
  if (after != expected)
    return refuse(fmt::format("'{}' is no longer by the new tokens", graph.value(cache->present).name));
  const std::vector<Place>& present = places.of(cache->present);
  const int64_t width = shape[0] * shape[2];
  for (int64_t token = 0; token < extents.all; ++token) {
    for (int64_t column = 0; column < width; ++column) {
      const Place& at = rows[static_cast<size_t>(token * width + column)];
      const int64_t first = rows[static_cast<size_t>(column)].element;
      const int64_t same = extents.in_present(first, token);
      if (extents.token(first) != 0 || present[static_cast<size_t>(same)] != at) {
        return refuse(fmt::format("'{}' does not hold them in the order of '{}'", graph.value(cache->present).name,
                                  graph.value(cache->past).name));
      }
      const bool is_past = at.value == cache->past && extents.token(at.element) == token &&
                           extents.in_present(at.element, token) == same;
      if (token < past.past && !is_past) return refuse("its rows are not in the order of the tokens");
    }
  }
  NewRows found = source_of(rows, static_cast<size_t>(past.past * width));
  if (found.source == ValueId::kNone) return refuse("its new rows come from several places");
  return found;
}

}  // namespace tmc::opt
