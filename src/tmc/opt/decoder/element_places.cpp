// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/decoder/element_places.hpp"

namespace tmc::opt {

using ir::ValueId;

constexpr int kMostMoves = 64;

const std::vector<ElementPlaces::Place>& ElementPlaces::of(ValueId id) {
  if (const auto found = known_.find(id); found != known_.end()) return found->second;
  const ir::Value& value = graph_.value(id);
  std::vector<Place> places;
  for (int64_t i = 0; i < value.type.shape.elements(); ++i) places.push_back({id, i});
  if (value.producer == ir::NodeId::kNone) return known_[id] = std::move(places);
  const ir::Node& node = graph_.node(value.producer);
  const bool moves = node.op.moves_elements() && node.outputs.size() == 1 && depth_ < kMostMoves;
  const Result<ops::IndexMap> map = moves ? graph_.index_map(node) : Result<ops::IndexMap>(Status());
  if (!map.ok() || !ops::covers_all(*map)) return known_[id] = std::move(places);
  ++depth_;
  for (const ops::Box& box : map->boxes) {
    const std::vector<Place>& source = of(node.inputs[box.input]);
    int64_t count = 1;
    for (const ops::MovedAxis& axis : box.axes) count *= axis.extent;
    for (int64_t i = 0; i < count; ++i) {
      int64_t rest = i, from = box.from, to = box.to;
      for (size_t axis = box.axes.size(); axis-- > 0;) {
        const int64_t digit = rest % box.axes[axis].extent;
        rest /= box.axes[axis].extent;
        from += digit * box.axes[axis].input_stride;
        to += digit * box.axes[axis].output_stride;
      }
      places[static_cast<size_t>(to)] = source[static_cast<size_t>(from)];
    }
  }
  --depth_;
  return known_[id] = std::move(places);
}

}  // namespace tmc::opt
