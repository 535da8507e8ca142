// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/attention/linear_forms.hpp"

#include <algorithm>
#include <map>

#include "tmc/ops/op/concat.hpp"
#include "tmc/opt/match.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

constexpr int64_t kMostElements = 1 << 20;
constexpr int kMostNodes = 40;

// Which operand of a product is a constant, else which are angles.
std::optional<size_t> factor_of(const Graph& graph, const Node& product) {
  for (const size_t side : {0, 1}) {
    if (graph.value(product.inputs[side]).is_constant()) return side;
  }
  for (const size_t side : {0, 1}) {
    if (are_angles(graph, product.inputs[side])) return side;
  }
  return std::nullopt;
}

// The operands that are neither constants nor angles, where the node is one of the linear steps; else none.
std::vector<ValueId> linear_operands(const Graph& graph, const Node& node) {
  if (node.outputs.size() != 1 || graph.value(node.outputs[0]).type.dtype != DType::kF32) return {};
  if (node.op.is<ops::Neg>() || node.op.is<ops::Concat>() || view_of(graph, node)) return node.inputs;
  if (made_by<ops::Add>(graph, node.outputs[0]) || made_by<ops::Sub>(graph, node.outputs[0])) {
    const bool constant = graph.value(node.inputs[0]).is_constant() || graph.value(node.inputs[1]).is_constant();
    return constant ? std::vector<ValueId>() : node.inputs;
  }
  if (made_by<ops::Mul>(graph, node.outputs[0]) == nullptr) return {};
  const std::optional<size_t> factor = factor_of(graph, node);
  return factor ? std::vector{node.inputs[1 - *factor]} : std::vector<ValueId>();
}

bool is_sum(const Node& node) {
  return node.op.is<ops::Add>() || node.op.is<ops::Sub>();
}

Form plus(const Form& a, const Form& b, double sign) {
  Form sum = a;
  for (int term = 0; term < b.terms; ++term) {
    int at = 0;
    const auto is_alike = [&](int i) {
      return sum.index[i] == b.index[term] && sum.factor[i].angle == b.factor[term].angle;
    };
    while (at < sum.terms && !is_alike(at)) ++at;
    if (at == 2) return {{}, {}, 3};
    if (at == sum.terms) {
      sum.index[sum.terms] = b.index[term];
      sum.factor[sum.terms++] = {0, b.factor[term].angle};
    }
    sum.factor[at].by += sign * b.factor[term].by;
  }
  return sum;
}

class Evaluation {
 public:
  Evaluation(const Graph& graph, ValueId source, Angles& angles) : graph_(graph), angles_(angles) {
    std::vector<Form>& all = known_[source];
    for (int64_t at = 0; at < graph.value(source).type.shape.elements(); ++at) all.push_back({{at, 0}, {{1}, {}}, 1});
  }

  const std::vector<Form>* of(ValueId id) {
    if (const auto found = known_.find(id); found != known_.end()) return &found->second;
    const NodeId producer = graph_.value(id).producer;
    if (producer == NodeId::kNone || ++nodes_ > kMostNodes) return nullptr;
    if (graph_.value(id).type.shape.elements() > kMostElements) return nullptr;
    const Node& node = graph_.node(producer);
    std::vector<const std::vector<Form>*> operands;
    for (const ValueId input : linear_operands(graph_, node)) {
      operands.push_back(of(input));
      if (operands.back() == nullptr) return nullptr;
    }
    if (operands.empty()) return nullptr;
    std::optional<std::vector<Form>> forms = computed(node, operands);
    return forms ? &(known_[id] = std::move(*forms)) : nullptr;
  }

 private:
  std::optional<std::vector<Form>> computed(const Node& node, std::span<const std::vector<Form>* const> operands) {
    const Shape& shape = graph_.value(node.outputs[0]).type.shape;
    if (node.op.moves_elements()) return moved(node, operands);
    std::vector<Form> forms = *operands[0];
    if (static_cast<int64_t>(forms.size()) != shape.elements()) return std::nullopt;
    if (node.op.is<ops::Neg>()) {
      for (Form& form : forms) scale(form, -1);
    } else if (is_sum(node)) {
      if (operands[1]->size() != forms.size()) return std::nullopt;
      for (size_t at = 0; at < forms.size(); ++at) {
        forms[at] = plus(forms[at], (*operands[1])[at], node.op.is<ops::Sub>() ? -1 : 1);
        if (forms[at].terms > 2) return std::nullopt;
      }
    } else if (!multiply(forms, node, shape)) {
      return std::nullopt;
    }
    return forms;
  }

  bool multiply(std::vector<Form>& forms, const Node& product, const Shape& shape) {
    const std::optional<size_t> side = factor_of(graph_, product);
    if (!side) return false;
    const ir::Value& factor = graph_.value(product.inputs[*side]);
    const View view = broadcasting(factor.type.shape, shape);
    if (factor.is_constant()) {
      const std::vector<float> by = numbers_of(factor, view);
      if (by.size() != forms.size()) return false;
      for (size_t at = 0; at < forms.size(); ++at) scale(forms[at], static_cast<double>(by[at]));
      return true;
    }
    const std::vector<int64_t>* angles = angles_.of(product.inputs[*side]);
    const std::vector<int64_t> places = indices_of(view);
    if (angles == nullptr || places.size() != forms.size()) return false;
    for (size_t at = 0; at < forms.size(); ++at) {
      for (int term = 0; term < forms[at].terms; ++term) {
        int64_t& angle = forms[at].factor[term].angle;
        if (angle != Multiple::kNone) return false;
        angle = (*angles)[static_cast<size_t>(places[at])];
      }
    }
    return true;
  }

  static void scale(Form& form, double by) {
    for (Multiple& factor : form.factor) factor.by *= by;
  }

  std::optional<std::vector<Form>> moved(const Node& node, std::span<const std::vector<Form>* const> operands) const {
    const Result<ops::IndexMap> map = graph_.index_map(node);
    if (!map.ok() || !ops::covers_all(*map)) return std::nullopt;
    std::vector<std::span<const std::byte>> bytes;
    for (const std::vector<Form>* operand : operands) bytes.push_back(std::as_bytes(std::span(*operand)));
    const std::vector<std::byte> result = ops::moved(*map, bytes, sizeof(Form));
    std::vector<Form> forms(result.size() / sizeof(Form));
    std::memcpy(forms.data(), result.data(), result.size());
    return forms;
  }

  const Graph& graph_;
  Angles& angles_;
  std::map<ValueId, std::vector<Form>> known_;
  int nodes_ = 0;
};

}  // namespace

LinearParts::LinearParts(const Graph& graph) : parts_(graph.value_count()) {
  const auto part = [&](ValueId id) -> Part& { return parts_[static_cast<size_t>(id)]; };
  const auto source_of = [&](ValueId id) { return part(id).source == ValueId::kNone ? id : part(id).source; };
  for (const NodeId id : graph.order()) {
    const Node& node = graph.node(id);
    const std::vector<ValueId> operands = linear_operands(graph, node);
    if (operands.empty()) continue;
    const ValueId source = source_of(operands[0]);
    const bool same = std::ranges::all_of(operands, [&](ValueId input) { return source_of(input) == source; });
    if (!same || graph.value(source).is_constant()) continue;
    const bool adds = std::ranges::any_of(operands, [&](ValueId input) { return part(input).adds; });
    part(node.outputs[0]) = {source, adds || is_sum(node), true};
  }
  // What other steps than moves make more of does not end; a move ends where what it gives does.
  for (size_t at = graph.order().size(); at-- > 0;) {
    const Node& node = graph.node(graph.order()[at]);
    if (node.outputs.size() != 1 || part(node.outputs[0]).source == ValueId::kNone) continue;
    const bool moves = view_of(graph, node).has_value();
    for (const ValueId input : node.inputs) {
      if (!moves || !part(node.outputs[0]).ends) part(input).ends = false;
    }
  }
}

std::optional<std::vector<Form>> forms_of(const Graph& graph, ValueId id, ValueId source, Angles& angles) {
  if (graph.value(source).type.shape.elements() > kMostElements) return std::nullopt;
  Evaluation evaluation(graph, source, angles);
  const std::vector<Form>* forms = evaluation.of(id);
  if (forms == nullptr) return std::nullopt;
  return *forms;
}

}  // namespace tmc::opt
