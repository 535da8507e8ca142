// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/gradient.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "tmc/frontend/onnx/body.hpp"
#include "tmc/frontend/onnx/derivatives.hpp"
#include "tmc/frontend/onnx/import_context.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ::onnx::GraphProto;
using ::onnx::NodeProto;

// The nodes of the graph between the tensors that are varied and the one that is differentiated, in their order.
class Cone {
 public:
  Cone(const GraphProto& graph, const std::vector<std::string>& given) : given_(given.begin(), given.end()) {
    for (const NodeProto& node : graph.node()) {
      for (const std::string& name : node.output()) producers_.emplace(name, &node);
    }
  }

  // Whether the tensor depends on those that are given. Every node is looked at once.
  Result<bool> add(const std::string& name, int depth = 0) {
    constexpr int kMostDepth = 2000;
    if (given_.contains(name)) return true;
    const auto producer = producers_.find(name);
    if (producer == producers_.end()) return false;
    const NodeProto* node = producer->second;
    if (const auto known = depends_.find(node); known != depends_.end()) return known->second;
    if (depth > kMostDepth)
      return error(Error::kUnsupportedOp, "more than {} nodes lie behind one another", kMostDepth);
    depends_[node] = false;
    bool depends = false;
    for (const std::string& input : node->input()) {
      TMC_ASSIGN(const bool one, add(input, depth + 1));
      depends = depends || one;
    }
    if (depends) nodes_.push_back(node);
    return depends_[node] = depends;
  }

  const std::vector<const NodeProto*>& nodes() const { return nodes_; }

 private:
  const std::set<std::string> given_;
  std::map<std::string, const NodeProto*> producers_;
  std::map<const NodeProto*, bool> depends_;
  std::vector<const NodeProto*> nodes_;
};

Status import_gradient(ImportContext& context) {
  TMC_ASSIGN(const std::vector<std::string> xs, context.attributes().texts("xs"));
  TMC_ASSIGN(const std::vector<std::string> zs, context.attributes().texts("zs"));
  TMC_ASSIGN(const std::string y, context.attributes().text("y", ""));
  if (xs.size() + zs.size() != context.input_count() || xs.size() < context.output_count() || xs.empty()) {
    return error(Error::kMalformed, "it has {} inputs and {} outputs for {} xs and {} zs", context.input_count(),
                 context.output_count(), xs.size(), zs.size());
  }
  std::vector<std::string> given = xs;
  given.insert(given.end(), zs.begin(), zs.end());
  Cone cone(context.model().graph(), given);
  TMC_ASSIGN(const bool depends, cone.add(y));
  if (!depends) return error(Error::kMalformed, "'{}' does not depend on '{}'", y, xs[0]);
  GraphProto body;
  std::vector<FileTensor> inputs;
  for (size_t i = 0; i < given.size(); ++i) {
    body.add_input()->set_name(given[i]);
    TMC_ASSIGN(inputs.emplace_back(), context.file_tensor(i));
  }
  for (const NodeProto* node : cone.nodes()) *body.add_node() = *node;
  Derivatives derivatives(body, y);
  for (auto node = cone.nodes().rbegin(); node != cone.nodes().rend(); ++node) TMC_TRY(derivatives.add_node(**node));
  for (size_t i = 0; i < context.output_count(); ++i) body.add_output()->set_name(derivatives.of(xs[i]));
  TMC_ASSIGN(const std::vector<FileTensor> outputs, context.import_body(body, inputs));
  for (size_t i = 0; i < outputs.size(); ++i) TMC_TRY(context.finish_output_as(i, outputs[i]));
  return {};
}

// The first input summed along the axes in which it broadcast from the shape of the second.
Status import_sum_to_like(ImportContext& context) {
  TMC_ASSIGN(ir::ValueId value, context.input(0));
  TMC_ASSIGN(const Shape to, context.shape_of(1));
  const Shape from = context.type(value).shape;
  ops::ReduceSum sum;
  for (int axis = 0; axis < from.rank(); ++axis) {
    const int own = axis - (from.rank() - to.rank());
    if (own < 0 || to[own] != from[axis]) sum.axes.push_back(axis);
  }
  if (!sum.axes.empty()) {
    TMC_ASSIGN(value, context.append("_sum", std::move(sum), {value}));
  }
  TMC_ASSIGN(value, reshaped(context, "_shaped", value, to));
  return finish_copy(context, 0, value);
}

Status import_swap_last_axes(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId value, context.input(0));
  const int rank = context.type(value).shape.rank();
  if (rank < 2) return error(Error::kUnsupportedOp, "products of vectors are not differentiated");
  ops::Transpose transpose;
  for (int axis = 0; axis < rank; ++axis) transpose.perm.push_back(axis);
  std::swap(transpose.perm[static_cast<size_t>(rank) - 1], transpose.perm[static_cast<size_t>(rank) - 2]);
  return context.finish(std::move(transpose), {value});
}

}  // namespace

const Importer* find_gradient_importer(std::string_view domain, std::string_view op_type) {
  static constexpr Importer kGradient = {"Gradient", &import_gradient};
  static constexpr Importer kHelpers[] = {{"SumToLike", &import_sum_to_like}, {"SwapLastAxes", &import_swap_last_axes}};
  if (domain == "ai.onnx.preview.training") return op_type == kGradient.name ? &kGradient : nullptr;
  if (domain != kDerivativesDomain) return nullptr;
  const auto* found = std::ranges::find(kHelpers, op_type, &Importer::name);
  return found == std::end(kHelpers) ? nullptr : found;
}

}  // namespace tmc::frontend::onnx_format
