// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/view.hpp"

#include <algorithm>
#include <numeric>

#include "tmc/ir/constant_reals.hpp"
#include "tmc/ops/op/expand.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::opt {

using ir::Graph;
using ir::ValueId;

int64_t elements(std::span<const Factor> factors) {
  int64_t product = 1;
  for (const Factor& factor : factors) product *= factor.extent;
  return product;
}

Factors merged(std::span<const Factor> factors) {
  Factors result;
  for (const Factor& factor : factors) {
    if (factor.extent == 1) continue;
    if (!result.empty() && result.back().stride == factor.stride * factor.extent) {
      result.back() = {result.back().extent * factor.extent, factor.stride};
    } else {
      result.push_back(factor);
    }
  }
  return result;
}

View whole(int64_t count) {
  return {merged(std::vector<Factor>{{count, 1}}), 0};
}

bool is_whole(const View& view, int64_t count) {
  return view.offset == 0 && merged(view.factors) == whole(count).factors;
}

namespace {

// Digits of the inner view that one factor of the outer one moves along, innermost first; `used` is the highest digit
// that all of them together reach, by the inner factors counted from the innermost.
bool spread(std::span<const Factor> inner, Factor outer, std::vector<int64_t>& used, Factors& result) {
  if (outer.stride == 0) {
    result.push_back(outer);
    return true;
  }
  int64_t step = outer.stride;
  for (size_t at = inner.size(); at-- > 0 && outer.extent > 1;) {
    const Factor& digit = inner[at];
    if (step % digit.extent == 0) {
      step /= digit.extent;
      continue;
    }
    const int64_t room = digit.extent / step;
    if (room == 0 || (outer.extent > room && (digit.extent % step != 0 || outer.extent % room != 0))) return false;
    const int64_t taken = std::min(outer.extent, room);
    result.push_back({taken, digit.stride * step});
    used[at] += (taken - 1) * step;
    if (used[at] >= digit.extent) return false;
    outer.extent /= taken;
    step = 1;
  }
  return outer.extent == 1;
}

}  // namespace

std::optional<View> compose(const View& inner, const View& outer) {
  View result{{}, inner.offset};
  std::vector<int64_t> used(inner.factors.size(), 0);
  int64_t rest = outer.offset;
  for (size_t at = inner.factors.size(); at-- > 0;) {
    used[at] = rest % inner.factors[at].extent;
    result.offset += used[at] * inner.factors[at].stride;
    rest /= inner.factors[at].extent;
  }
  for (const Factor& factor : outer.factors) {
    Factors digits;
    if (factor.stride < 0 || !spread(inner.factors, factor, used, digits)) return std::nullopt;
    result.factors.insert(result.factors.end(), digits.rbegin(), digits.rend());
  }
  result.factors = merged(result.factors);
  return result;
}

std::optional<View> view_of(const Graph& graph, const ir::Node& node) {
  if (!node.op.moves_elements() || node.inputs.size() != 1) return std::nullopt;
  const Result<ops::IndexMap> map = graph.index_map(node);
  if (!map.ok() || map->boxes.size() != 1 || !ops::covers_all(*map)) return std::nullopt;
  const ops::Box& box = map->boxes[0];
  std::vector<ops::MovedAxis> axes = box.axes;
  std::ranges::stable_sort(axes, std::ranges::greater(), &ops::MovedAxis::output_stride);
  View view{{}, box.from};
  for (const ops::MovedAxis& axis : axes) {
    if (axis.input_stride < 0) return std::nullopt;
    view.factors.push_back({axis.extent, axis.input_stride});
  }
  view.factors = merged(view.factors);
  return view;
}

View broadcasting(const Shape& from, const Shape& to) {
  View view;
  for (int axis = 0; axis < to.rank(); ++axis) {
    const int at = axis - (to.rank() - from.rank());
    const bool repeats = at < 0 || from[at] == 1;
    view.factors.push_back({to[axis], repeats ? 0 : from.elements(at + 1, from.rank())});
  }
  view.factors = merged(view.factors);
  return view;
}

std::vector<int64_t> indices_of(const View& view) {
  std::vector<int64_t> indices;
  const int64_t count = elements(view.factors);
  for (int64_t index = 0; index < count; ++index) {
    int64_t rest = index, at = view.offset;
    for (size_t factor = view.factors.size(); factor-- > 0;) {
      at += rest % view.factors[factor].extent * view.factors[factor].stride;
      rest /= view.factors[factor].extent;
    }
    indices.push_back(at);
  }
  return indices;
}

// Runs of equal steps are taken from the innermost digit on.
std::optional<View> view_of_indices(std::span<const int64_t> indices) {
  if (indices.empty()) return std::nullopt;
  View view{{}, indices[0]};
  const auto count = std::ssize(indices);
  for (int64_t within = 1; within < count;) {
    const auto index = [&](int64_t digit) { return indices[static_cast<size_t>(digit * within)] - view.offset; };
    const int64_t stride = index(1), room = count / within;
    int64_t extent = 2;
    while (extent < room && index(extent) == extent * stride) ++extent;
    if (stride <= 0 || room % extent != 0) return std::nullopt;
    view.factors.insert(view.factors.begin(), {extent, stride});
    within *= extent;
  }
  if (!std::ranges::equal(indices_of(view), indices)) return std::nullopt;
  return view;
}

std::vector<float> numbers_of(const ir::Value& constant, const View& view) {
  std::vector<float> all;
  if (constant.type.dtype == DType::kBool) {
    for (const uint8_t bit : constant.data->to_vector<uint8_t>()) all.push_back(bit != 0 ? 1.0F : 0.0F);
  } else {
    all = ir::constant_reals(constant);
  }
  std::vector<float> result;
  for (const int64_t at : indices_of(view)) result.push_back(all[static_cast<size_t>(at)]);
  return result;
}

std::optional<std::vector<Factors>> grouped(std::span<const Factor> factors, std::span<const int64_t> extents) {
  std::vector<Factors> groups(extents.size());
  std::vector<Factor> left(factors.begin(), factors.end());
  for (size_t group = extents.size(); group-- > 0;) {
    int64_t wanted = extents[group];
    while (wanted > 1) {
      if (left.empty()) return std::nullopt;
      const Factor last = left.back();
      left.pop_back();
      if (last.extent > wanted) {
        if (last.extent % wanted != 0) return std::nullopt;
        left.push_back({last.extent / wanted, last.stride * wanted});
      } else if (wanted % last.extent != 0) {
        return std::nullopt;
      }
      const int64_t taken = std::min(last.extent, wanted);
      groups[group].insert(groups[group].begin(), {taken, last.stride});
      wanted /= taken;
    }
  }
  if (!left.empty()) return std::nullopt;
  return groups;
}

Origins::Origins(const Graph& graph) : seen_(graph.value_count()) {
  for (const ir::NodeId id : graph.order()) {
    const ir::Node& node = graph.node(id);
    const std::optional<View> view = view_of(graph, node);
    if (!view) continue;
    const Seen before = of(graph, node.inputs[0]);
    const std::optional<View> both = compose(before.view, *view);
    seen_[static_cast<size_t>(node.outputs[0])] = both ? Seen{before.source, *both} : Seen{node.inputs[0], *view};
  }
}

Seen Origins::of(const Graph& graph, ValueId id) const {
  const auto at = static_cast<size_t>(id);
  if (at < seen_.size() && seen_[at]) return *seen_[at];
  return {id, whole(graph.value(id).type.shape.elements())};
}

std::optional<Moves> moves_for(const View& view, int64_t source_elements) {
  const Factors factors = merged(view.factors);
  std::vector<size_t> sorted;
  for (size_t at = 0; at < factors.size(); ++at) {
    if (factors[at].stride > 0) sorted.push_back(at);
  }
  std::ranges::stable_sort(sorted, std::ranges::greater(), [&](size_t at) { return factors[at].stride; });
  Moves moves;
  int64_t above = source_elements, rest = view.offset;
  const auto cut = [&](int64_t stride, int64_t extent) {
    if (above % stride != 0) return false;
    moves.box.push_back(above / stride);
    moves.begins.push_back(rest / stride);
    moves.sizes.push_back(extent);
    moves.slices |= moves.box.back() != extent;
    rest %= stride;
    above = stride;
    return moves.begins.back() + extent <= moves.box.back();
  };
  // Where the outermost digit does not fill the value, it has an axis of which one index is cut out.
  for (const size_t at : sorted) {
    const auto [extent, stride] = factors[at];
    if (!cut(stride, extent)) return std::nullopt;
  }
  if (above > 1 && !cut(1, 1)) return std::nullopt;
  for (size_t at = 0; at < factors.size(); ++at) {
    const bool repeats = factors[at].stride == 0;
    moves.repeats |= repeats;
    moves.ones.push_back(repeats ? 1 : factors[at].extent);
    moves.repeated.push_back(factors[at].extent);
    if (!repeats) moves.order.push_back(std::ranges::find(sorted, at) - sorted.begin());
  }
  for (size_t axis = moves.order.size(); axis < moves.box.size(); ++axis) {
    moves.order.push_back(static_cast<int64_t>(axis));
  }
  moves.transposes = !std::ranges::is_sorted(moves.order);
  const size_t rank = std::max(moves.box.size(), moves.repeated.size());
  if (rank > static_cast<size_t>(Shape::kMaxRank)) return std::nullopt;
  return moves;
}

namespace {

Result<ValueId> reshaped(Graph& graph, ir::NodeId before, const std::string& name, ValueId id,
                         std::vector<int64_t> shape) {
  if (std::ranges::equal(graph.value(id).type.shape, shape)) return id;
  return graph.insert(before, name, ops::Reshape{std::move(shape)}, {id}, graph.value(id).quantization);
}

}  // namespace

Result<ValueId> emit(Graph& graph, ir::NodeId before, const std::string& name, ValueId source, const Moves& moves,
                     const Shape& shape) {
  ValueId at = source;
  const Quantization quantization = graph.value(source).quantization;
  if (moves.slices || moves.transposes) {
    TMC_ASSIGN(at, reshaped(graph, before, name + "_box", at, moves.box));
  }
  if (moves.slices) {
    const ops::Slice slice{moves.begins, moves.sizes, std::vector<int64_t>(moves.sizes.size(), 1)};
    TMC_ASSIGN(at, graph.insert(before, name + "_cut", slice, {at}, quantization));
  }
  if (moves.transposes) {
    TMC_ASSIGN(at, graph.insert(before, name + "_turned", ops::Transpose{moves.order}, {at}, quantization));
  }
  if (moves.repeats) {
    TMC_ASSIGN(at, reshaped(graph, before, name + "_once", at, moves.ones));
    TMC_ASSIGN(at, graph.insert(before, name + "_repeated", ops::Expand{moves.repeated}, {at}, quantization));
  }
  return reshaped(graph, before, name, at, {shape.begin(), shape.end()});
}

}  // namespace tmc::opt
