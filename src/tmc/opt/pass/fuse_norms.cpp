// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Layer norms and RMS norms, decomposed in float steps as exporters and code bases write them, become one operator
// each: a root of a mean of squares and an epsilon, by which what was squared is divided. Where that is x less its
// mean, it is a layer norm, else an RMS norm. The root may be a quotient's divisor or one over it a factor, gain and
// bias may come afterwards, the gain in the factor, and both as in a batch norm, x * g + (bias - mean * g), as
// TensorFlow's. Only axes at the end of a tensor are normalised, as the operators do; gains and biases that are no
// constants stay products and sums.

#include <algorithm>

#include "tmc/ops/op/average_pool2d.hpp"
#include "tmc/ops/op/layer_norm.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/rms_norm.hpp"
#include "tmc/opt/match.hpp"
#include "tmc/opt/passes.hpp"
#include "tmc/opt/uses.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

// A mean over trailing axes, which stay: of what, and from which axis on; kNone where it is none.
struct TrailingMean {
  ValueId of = ValueId::kNone;
  int axis = 0;
};
// The last axis, pooled as a whole as that of an image whose rows are [1, extent]: tf2onnx's mean.
TrailingMean pooled_axis(const Graph& graph, ValueId id) {
  const NodeId after = graph.producer_if<ops::Reshape>(id);
  if (after == NodeId::kNone) return {};
  const NodeId pool = graph.producer_if<ops::AveragePool2d>(graph.node(after).inputs[0]);
  if (pool == NodeId::kNone || made_by<ops::AveragePool2d>(graph, graph.node(pool).outputs[0]) == nullptr) return {};
  const ValueId image = graph.node(pool).inputs[0];
  const NodeId before = graph.producer_if<ops::Reshape>(image);
  if (before == NodeId::kNone) return {};
  const ValueId x = graph.node(before).inputs[0];
  const Shape& shape = graph.value(x).type.shape;
  Shape mean = shape;
  if (shape.rank() == 0) return {};
  mean[shape.rank() - 1] = 1;
  const bool is_nchw = graph.node(pool).op.get<ops::AveragePool2d>().layout == ops::Layout::kNchw;
  const Shape& pooled = graph.value(graph.node(pool).outputs[0]).type.shape;
  const Shape& rows = graph.value(image).type.shape;
  const bool pools_all = is_nchw && pooled.back() == 1 && pooled.back(1) == 1 && rows.back(1) == 1 &&
                         rows.back() == shape.back() &&
                         graph.node(pool).op.get<ops::AveragePool2d>().kernel_w == shape.back();
  if (!pools_all || graph.value(id).type.shape != mean) return {};
  return {x, shape.rank() - 1};
}

TrailingMean trailing_mean(const Graph& graph, ValueId id) {
  if (const TrailingMean pooled = pooled_axis(graph, id); pooled.of != ValueId::kNone) return pooled;
  const Node* mean = made_by<ops::Mean>(graph, id);
  if (mean == nullptr) return {};
  const int rank = graph.value(mean->inputs[0]).type.shape.rank();
  auto [axes, keep_dims] = ops::reduced_axes(mean->op);
  for (int64_t& axis : axes) axis += axis < 0 ? rank : 0;
  std::ranges::sort(axes);
  for (size_t at = 0; at < axes.size(); ++at) {
    if (axes[at] != rank - static_cast<int64_t>(axes.size() - at)) return {};
  }
  if (!keep_dims || axes.empty()) return {};
  return {mean->inputs[0], static_cast<int>(axes[0])};
}

// What is normalised: x / sqrt(mean of squares + epsilon), where the squares are of x or of x less its mean.
struct Norm {
  ValueId x = ValueId::kNone, centred = ValueId::kNone, mean = ValueId::kNone;
  ValueId gain = ValueId::kNone, bias = ValueId::kNone;
  NodeId last = NodeId::kNone;  // computes the result
  int axis = 0;
  double epsilon = 0;
  bool is_layer_norm() const { return mean != ValueId::kNone; }
};

class Fuser {
 public:
  explicit Fuser(Graph& graph) : graph_(graph), uses_(graph) {}

  Status fuse(NodeId root) {
    std::optional<Norm> norm = under_root(graph_.node(root).inputs[0]);
    if (!norm || !find_quotient(*norm, graph_.node(root).outputs[0])) return {};
    if (norm->gain == ValueId::kNone) take_gain(*norm);
    if (norm->bias == ValueId::kNone && norm->is_layer_norm()) take_bias(*norm);
    return replace(*norm);
  }

 private:
  const Shape& shape_of(ValueId id) const { return graph_.value(id).type.shape; }

  // An epsilon that no float next to 1 sees is left out by some exporters.
  std::optional<Norm> under_root(ValueId id) const {
    if (const TrailingMean variance = trailing_mean(graph_, id); variance.of != ValueId::kNone) {
      return of_squares(variance, 0);
    }
    const Node* sum = made_by<ops::Add>(graph_, id);
    if (sum == nullptr) return std::nullopt;
    for (const size_t side : {0, 1}) {
      const std::optional<double> epsilon = number(graph_, sum->inputs[side]);
      const TrailingMean variance = trailing_mean(graph_, sum->inputs[1 - side]);
      if (epsilon && *epsilon >= 0 && variance.of != ValueId::kNone) return of_squares(variance, *epsilon);
    }
    return std::nullopt;
  }

  std::optional<Norm> of_squares(const TrailingMean& variance, double epsilon) const {
    const Node* square = made_by<ops::Mul>(graph_, variance.of);
    if (square == nullptr) return std::nullopt;
    Norm norm;
    norm.x = norm.centred = square->inputs[0];
    norm.axis = variance.axis;
    norm.epsilon = epsilon;
    if (!find_mean(norm, square->inputs[0], square->inputs[1])) return std::nullopt;
    if (graph_.value(norm.x).type.dtype != DType::kF32) return std::nullopt;
    return norm;
  }

  // The two factors of the square are one value, or the same difference to a mean, computed twice.
  bool find_mean(Norm& norm, ValueId a, ValueId b) const {
    const Node* less = made_by<ops::Sub>(graph_, a);
    const Node* again = made_by<ops::Sub>(graph_, b);
    if (a != b && (less == nullptr || again == nullptr || less->inputs != again->inputs)) return false;
    if (less == nullptr) return true;
    const TrailingMean mean = trailing_mean(graph_, less->inputs[1]);
    if (mean.of != less->inputs[0] || mean.axis != norm.axis) return a == b;
    norm.x = mean.of;
    norm.mean = less->inputs[1];
    return true;
  }

  // Whether the value is x less its mean, or x itself where nothing was taken off it.
  bool is_centred(const Norm& norm, ValueId id) const {
    if (id == norm.centred) return true;
    const Node* less = norm.is_layer_norm() ? made_by<ops::Sub>(graph_, id) : nullptr;
    return less != nullptr && less->inputs[0] == norm.x && less->inputs[1] == norm.mean;
  }

  bool find_quotient(Norm& norm, ValueId root) const {
    for (const NodeId user : uses_.of(root)) {
      const Node& node = graph_.node(user);
      if (made_by<ops::Div>(graph_, node.outputs[0]) == nullptr || node.inputs[1] != root) continue;
      if (is_centred(norm, node.inputs[0])) {
        norm.last = user;
        return true;
      }
      if (is_number(graph_, node.inputs[0], 1) && find_product(norm, node.outputs[0], true)) return true;
    }
    return false;
  }

  // A product of what is normalised and the factor, which may be times a gain first.
  bool find_product(Norm& norm, ValueId factor, bool may_have_gain) const {
    for (const NodeId user : uses_.of(factor)) {
      const Node& node = graph_.node(user);
      if (made_by<ops::Mul>(graph_, node.outputs[0]) == nullptr) continue;
      const ValueId other = beside(node, factor);
      if (is_centred(norm, other)) {
        norm.last = user;
        return true;
      }
      if (Norm shifted = norm; other == norm.x && find_shift(shifted, node.outputs[0], factor)) {
        norm = shifted;
        return true;
      }
      if (!may_have_gain || !is_parameter(norm, other)) continue;
      Norm with_gain = norm;
      with_gain.gain = other;
      if (find_product(with_gain, node.outputs[0], false)) {
        norm = with_gain;
        return true;
      }
    }
    return false;
  }

  // Less the mean times the factor: -mean * factor as it stands, or with `negative` the product without the sign.
  bool is_mean_part(const Norm& norm, ValueId id, ValueId factor, bool negative) const {
    const Node* part = made_by<ops::Mul>(graph_, id);
    if (part == nullptr) return false;
    const ValueId mean = beside(*part, factor);
    const NodeId negated = graph_.producer_if<ops::Neg>(mean);
    if (negative) return mean == norm.mean;
    return negated != NodeId::kNone && graph_.node(negated).inputs[0] == norm.mean;
  }

  // What is added to x * factor: -mean * factor, to which a bias may be added, or from a bias that product taken off.
  bool find_addend(Norm& norm, ValueId addend, ValueId factor) const {
    if (is_mean_part(norm, addend, factor, false)) return true;
    const Node* less = made_by<ops::Sub>(graph_, addend);
    const Node* sum = made_by<ops::Add>(graph_, addend);
    if (less == nullptr && sum == nullptr) return false;
    for (const size_t side : {0, 1}) {
      const Node& node = less != nullptr ? *less : *sum;
      if (less != nullptr && side == 1) break;
      if (!is_parameter(norm, node.inputs[side])) continue;
      norm.bias = node.inputs[side];
      return is_mean_part(norm, node.inputs[1 - side], factor, less != nullptr);
    }
    return false;
  }

  // x * factor - mean * factor, in the forms of a batch norm.
  bool find_shift(Norm& norm, ValueId product, ValueId factor) const {
    const NodeId user = uses_.only(product);
    if (user == NodeId::kNone || !norm.is_layer_norm()) return false;
    const Node& node = graph_.node(user);
    norm.last = user;
    if (made_by<ops::Sub>(graph_, node.outputs[0]) != nullptr && node.inputs[0] == product) {
      return is_mean_part(norm, node.inputs[1], factor, true);
    }
    return made_by<ops::Add>(graph_, node.outputs[0]) != nullptr && find_addend(norm, beside(node, product), factor);
  }

  // A constant of the extents that are normalised.
  bool is_parameter(const Norm& norm, ValueId id) const {
    const ir::Value& value = graph_.value(id);
    const Shape& shape = shape_of(norm.x);
    const int trailing = shape.rank() - norm.axis;
    if (!value.is_constant() || value.type.dtype != DType::kF32 || value.type.shape.rank() < trailing) return false;
    for (int at = 0; at < trailing; ++at) {
      if (value.type.shape.back(at) != shape.back(at)) return false;
    }
    return value.type.shape.elements() == shape.elements(norm.axis, shape.rank());
  }

  template <typename Op>
  ValueId parameter_after(Norm& norm) const {
    const ValueId result = graph_.node(norm.last).outputs[0];
    const NodeId user = uses_.only(result);
    if (user == NodeId::kNone || made_by<Op>(graph_, graph_.node(user).outputs[0]) == nullptr) return ValueId::kNone;
    const ValueId other = beside(graph_.node(user), result);
    if (!is_parameter(norm, other)) return ValueId::kNone;
    norm.last = user;
    return other;
  }
  void take_gain(Norm& norm) const { norm.gain = parameter_after<ops::Mul>(norm); }
  void take_bias(Norm& norm) const { norm.bias = parameter_after<ops::Add>(norm); }

  Result<ValueId> as_parameter(const Norm& norm, ValueId id) {
    if (id == ValueId::kNone) return id;
    const Shape& shape = shape_of(norm.x);
    Shape wanted;
    for (int axis = norm.axis; axis < shape.rank(); ++axis) wanted.push_back(shape[axis]);
    const ir::Value value = graph_.value(id);
    if (value.type.shape == wanted) return id;
    return graph_.add_constant(value.name, {value.type.dtype, wanted}, *value.data);
  }

  Status replace(const Norm& norm) {
    TMC_ASSIGN(const ValueId gain, as_parameter(norm, norm.gain));
    TMC_ASSIGN(const ValueId bias, as_parameter(norm, norm.bias));
    const int axis = norm.axis - shape_of(norm.x).rank();
    const ValueId result = graph_.node(norm.last).outputs[0];
    const std::string name = graph_.node(norm.last).name;
    std::vector<ValueId> inputs = {norm.x, gain, bias};
    while (inputs.back() == ValueId::kNone) inputs.pop_back();
    if (norm.is_layer_norm()) {
      return graph_.recompute(result, norm.last, name, ops::LayerNorm{axis, norm.epsilon}, inputs).status();
    }
    return graph_.recompute(result, norm.last, name, ops::RmsNorm{axis, norm.epsilon}, inputs).status();
  }

  Graph& graph_;
  const Uses uses_;
};

Status run_fuse_norms(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  Fuser fuser(graph);
  for (const NodeId id : order) {
    if (!graph.node(id).erased && graph.node(id).op.is<ops::Sqrt>()) TMC_TRY(fuser.fuse(id));
  }
  return {};
}

}  // namespace

extern const ir::Pass fuse_norms;
const ir::Pass fuse_norms = {"fuse_norms", "Makes one operator of a decomposed layer norm or RMS norm.",
                             run_fuse_norms};

}  // namespace tmc::opt
