// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Tensors of int64 that provably hold what int32 does become int32: half the memory, and one instruction where a core
// of 32 bits takes several. They begin at casts from shorter types; what the model's inputs and outputs are stays. The
// proof is by intervals: of constants, of types, and from them through sums, products, choices and moves.

#include <algorithm>
#include <map>
#include <set>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/where.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

// Ends included; of the numbers that an element can be. Products of what fits int64 have a place here.
struct Interval {
  __int128 low, high;
  bool within(DType dtype) const { return low >= dtype_min(dtype) && high <= dtype_max(dtype); }
};

constexpr Interval kAnything{INT64_MIN, INT64_MAX};

Interval hull(const Interval& a, const Interval& b) {
  return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

// What a function gives whose extremes lie at the ends of its operands; anything where it leaves int64, and wraps.
template <typename Function>
Interval at_ends(const Interval& a, const Interval& b, Function function) {
  const __int128 ends[] = {function(a.low, b.low), function(a.low, b.high), function(a.high, b.low),
                           function(a.high, b.high)};
  const Interval found{*std::ranges::min_element(ends), *std::ranges::max_element(ends)};
  return found.low < INT64_MIN || found.high > INT64_MAX ? kAnything : found;
}

// Whether int64 holds what dtype_min and dtype_max say of it.
bool is_bounded(DType dtype) {
  return dtype == DType::kBool || (!dtype_is_float(dtype) && dtype != DType::kU32 && dtype != DType::kU64);
}

class Narrowing {
 public:
  explicit Narrowing(Graph& graph) : graph_(graph) {}

  Status run() {
    const std::vector<NodeId> order = graph_.order();
    for (const NodeId id : order) find(graph_.node(id));
    for (const NodeId id : order) TMC_TRY(rewrite(id));
    for (const ValueId id : narrow_) {
      graph_.value(id).type.dtype = DType::kI32;
      graph_.rename(id, graph_.value(id).name + "_i32");
    }
    return {};
  }

 private:
  bool is_long(ValueId id) const { return id != ValueId::kNone && graph_.value(id).type.dtype == DType::kI64; }
  bool is_narrow(ValueId id) const { return narrow_.contains(id); }

  Interval interval_of(ValueId id) {
    const auto found = intervals_.find(id);
    if (found != intervals_.end()) return found->second;
    const ir::Value& value = graph_.value(id);
    Interval interval = kAnything;
    if (value.is_constant() && is_long(id)) {
      const std::vector<int64_t> elements = value.data->to_vector<int64_t>();
      if (!elements.empty()) {
        const auto [low, high] = std::ranges::minmax(elements);
        interval = {low, high};
      }
    } else if (is_bounded(value.type.dtype) && !is_long(id)) {
      interval = value.type.dtype == DType::kBool ? Interval{0, 1}
                                                  : Interval{dtype_min(value.type.dtype), dtype_max(value.type.dtype)};
    }
    return intervals_[id] = interval;
  }

  // Of what the node gives.
  Interval result_of(const Node& node) {
    const auto of = [&](size_t index) { return interval_of(node.inputs[index]); };
    const ops::AnyOp& op = node.op;
    if (op.is<ops::Cast>()) return is_bounded(graph_.value(node.inputs[0]).type.dtype) ? of(0) : kAnything;
    if (op.is<ops::Add>()) return at_ends(of(0), of(1), [](auto a, auto b) { return a + b; });
    if (op.is<ops::Sub>()) return at_ends(of(0), of(1), [](auto a, auto b) { return a - b; });
    if (op.is<ops::Mul>()) return at_ends(of(0), of(1), [](auto a, auto b) { return a * b; });
    if (op.is<ops::Max>()) return at_ends(of(0), of(1), [](auto a, auto b) { return std::max(a, b); });
    if (op.is<ops::Min>()) return at_ends(of(0), of(1), [](auto a, auto b) { return std::min(a, b); });
    if (op.is<ops::Neg>()) return at_ends(of(0), of(0), [](auto a, auto) { return -a; });
    if (op.is<ops::ReduceMax>() || op.is<ops::ReduceMin>()) return of(0);
    if (op.is<ops::Where>()) return hull(of(1), of(2));
    if (!op.moves_elements() || op.is<ops::Pad>()) return kAnything;
    Interval all = of(0);
    for (size_t i = 1; i < node.inputs.size(); ++i) all = hull(all, of(i));
    return all;
  }

  // Whether its long operands may be int32: narrow ones, of which there is one, and constants that fit.
  bool takes_narrow(const Node& node) {
    const bool computes = node.op.is_unary() || node.op.is_binary() || node.op.moves_elements() ||
                          node.op.is<ops::Where>() || node.op.is<ops::Cast>() || node.op.reduces();
    const auto fits = [&](ValueId input) {
      return !is_long(input) || is_narrow(input) ||
             (graph_.value(input).is_constant() && interval_of(input).within(DType::kI32));
    };
    return computes && std::ranges::any_of(node.inputs, [&](ValueId input) { return is_narrow(input); }) &&
           std::ranges::all_of(node.inputs, fits);
  }

  void find(const Node& node) {
    if (node.outputs.size() != 1 || !is_long(node.outputs[0])) return;
    const ValueId output = node.outputs[0];
    const Interval interval = result_of(node);
    intervals_[output] = interval;
    const bool begins = node.op.is<ops::Cast>() && !is_long(node.inputs[0]);
    // Places of arg_max are int64 whatever it reads.
    const bool has_long_result = node.op.reduces() && !node.op.is<ops::ReduceMax>() && !node.op.is<ops::ReduceMin>();
    if (!interval.within(DType::kI32) || graph_.is_output(output) || has_long_result) return;
    if (begins || takes_narrow(node)) narrow_.insert(output);
  }

  Status rewrite(NodeId id) {
    const Node& node = graph_.node(id);
    const bool is_narrow_result = node.outputs.size() == 1 && is_narrow(node.outputs[0]);
    const bool reads_narrow = is_narrow_result || (!is_long(node.outputs[0]) && takes_narrow(node));
    if (is_narrow_result && node.op.is<ops::Cast>()) graph_.node(id).op = ops::Cast{DType::kI32};
    for (size_t i = 0; i < graph_.node(id).inputs.size(); ++i) {
      const ValueId input = graph_.node(id).inputs[i];
      if (!is_long(input)) continue;
      if (reads_narrow && graph_.value(input).is_constant()) {
        graph_.node(id).inputs[i] = narrowed(input);
        graph_.erase_unused(input);
      } else if (!reads_narrow && is_narrow(input)) {
        TMC_ASSIGN(const ValueId wide, widened(input, id));
        graph_.node(id).inputs[i] = wide;
      }
    }
    return {};
  }

  ValueId narrowed(ValueId constant) {
    const std::vector<int64_t> elements = graph_.value(constant).data->to_vector<int64_t>();
    const std::vector<int32_t> narrow(elements.begin(), elements.end());
    return graph_.add_constant(graph_.value(constant).name + "_i32", {DType::kI32, graph_.value(constant).type.shape},
                               ir::TensorData::of(std::span<const int32_t>(narrow)));
  }

  Result<ValueId> widened(ValueId value, NodeId before) {
    const auto known = wide_.find(value);
    if (known != wide_.end()) return known->second;
    TMC_ASSIGN(const ValueId wide,
               graph_.insert(before, graph_.value(value).name + "_wide", ops::Cast{DType::kI64}, {value}));
    return wide_[value] = wide;
  }

  Graph& graph_;
  std::map<ValueId, Interval> intervals_;
  std::set<ValueId> narrow_;
  std::map<ValueId, ValueId> wide_;
};

Status run_narrow_integers(Graph& graph, const ir::PassContext&) {
  return Narrowing(graph).run();
}

}  // namespace

extern const ir::Pass narrow_integers;
const ir::Pass narrow_integers = {"narrow_integers", "Makes int32 of tensors of int64 that provably hold no more.",
                                  run_narrow_integers};

}  // namespace tmc::opt
