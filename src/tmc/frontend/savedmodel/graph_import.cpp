// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/savedmodel/graph_import.hpp"

#include <algorithm>
#include <utility>

#include "saved_model.pb.h"
#include "tmc/frontend/savedmodel/reference.hpp"

namespace tmc::frontend::savedmodel {
namespace {

// Whether it leaves something behind for the next run, or for another node.
bool has_effect(const std::string& op) {
  constexpr std::string_view kStarts[] = {"Assign",        "ResourceApply", "ResourceScatter",
                                          "ScatterUpdate", "ScatterAdd",    "ScatterSub"};
  return std::ranges::any_of(kStarts, [&](std::string_view start) { return op.starts_with(start); });
}

// The number of an output among all of its node.
int64_t output_number(const proto::NodeDef& node, const Reference& reference) {
  const Importer* importer = find_importer(node.op());
  std::string_view names = importer == nullptr ? std::string_view() : importer->outputs;
  for (int64_t number = 0; !names.empty(); ++number) {
    const std::string_view name = names.substr(0, names.find(','));
    if (name == reference.output) return number;
    names.remove_prefix(std::min(names.size(), name.size() + 1));
  }
  return reference.index;
}

}  // namespace

const Importer* find_importer(std::string_view op) {
  for (const Family& family : families()) {
    const auto operators = family.operators();
    const auto found = std::ranges::find(operators, op, &Importer::op);
    if (found != operators.end()) return &*found;
  }
  return nullptr;
}

GraphImport::GraphImport(const proto::GraphDef& graph, Variables& variables, onnx_format::StepImport& steps,
                         Refusals& refusals)
    : graph_(graph), variables_(variables), steps_(steps), refusals_(refusals), main_(body_of(graph)) {}

GraphImport::Body GraphImport::body_of(const proto::GraphDef& graph) {
  Body body;
  for (const auto& node : graph.node()) body.nodes[node.name()] = &node;
  return body;
}

Result<GraphImport::Body*> GraphImport::find_function(const std::string& name) {
  const auto known = functions_.find(name);
  if (known != functions_.end()) return &known->second;
  const auto& functions = graph_.library().function();
  const auto found = std::ranges::find_if(functions, [&](const auto& one) { return one.signature().name() == name; });
  if (found == functions.end()) return error(Error::kMalformed, "the function '{}' is not there", name);
  Body body;
  for (const auto& node : found->node_def()) body.nodes[node.name()] = &node;
  for (const auto& argument : found->signature().input_arg()) body.arguments.push_back(argument.name());
  body.given.insert(body.arguments.begin(), body.arguments.end());
  for (const auto& output : found->signature().output_arg()) {
    const auto result = found->ret().find(output.name());
    if (result == found->ret().end()) {
      return error(Error::kMalformed, "the function '{}' does not say what '{}' is", name, output.name());
    }
    body.results.push_back(result->second);
  }
  for (const auto& [output, node] : found->control_ret()) body.controls.push_back("^" + node);
  std::ranges::sort(body.controls);
  Body& added = functions_.emplace(name, std::move(body)).first->second;
  TMC_TRY(sort(added));
  return &added;
}

Status GraphImport::sort(Body& body) {
  enum class Mark : uint8_t { kNone, kBegun, kDone };
  struct Visit {
    const proto::NodeDef* node;
    int next = 0;
  };
  std::map<const proto::NodeDef*, Mark> marks;
  std::vector<Visit> stack;
  const auto begin = [&](const std::string& reference) -> Status {
    const Reference to(reference);
    const auto found = body.nodes.find(to.node);
    if (to.is_control || body.given.contains(to.node) || found == body.nodes.end()) return {};
    Mark& mark = marks[found->second];
    if (mark == Mark::kBegun) return error(Error::kMalformed, "it depends on itself").at_node(to.node);
    if (mark == Mark::kNone) stack.push_back({found->second});
    mark = mark == Mark::kNone ? Mark::kBegun : mark;
    return {};
  };
  for (const std::string& result : body.results) {
    TMC_TRY(begin(result));
    while (!stack.empty()) {
      Visit& visit = stack.back();
      if (visit.next < visit.node->input_size()) {
        const proto::NodeDef* node = visit.node;
        TMC_TRY(begin(node->input(visit.next++)));
        continue;
      }
      marks[visit.node] = Mark::kDone;
      body.order.push_back(visit.node);
      stack.pop_back();
    }
  }
  return {};
}

std::set<std::string> GraphImport::reachable(const Body& body, bool by_control) const {
  std::set<std::string> found;
  std::vector<std::string> waiting = body.results;
  if (by_control) waiting.insert(waiting.end(), body.controls.begin(), body.controls.end());
  while (!waiting.empty()) {
    const Reference reference(waiting.back());
    waiting.pop_back();
    const auto node = body.nodes.find(reference.node);
    const bool is_left_out = reference.is_control && !by_control;
    if (is_left_out || body.given.contains(reference.node) || node == body.nodes.end()) continue;
    if (!found.insert(reference.node).second) continue;
    waiting.insert(waiting.end(), node->second->input().begin(), node->second->input().end());
  }
  return found;
}

Status GraphImport::check_called(const proto::NodeDef& node, bool effects_only, int depth) {
  for (const char* attribute : {"f", "cond", "body", "then_branch", "else_branch"}) {
    const auto found = node.attr().find(attribute);
    if (found == node.attr().end() || !found->second.has_func()) continue;
    const std::string& function = found->second.func().name();
    if (!checked_.emplace(function, effects_only).second) continue;
    TMC_ASSIGN(Body * body, find_function(function));
    TMC_TRY(check(*body, effects_only, depth + 1));
  }
  return {};
}

// Names what there is no importer for, before anything is imported. Nodes that have to run without giving anything may
// do so for their effects, which are refused; others are left out.
Status GraphImport::check(Body& body, bool effects_only, int depth) {
  if (depth > kMostDepth)
    return error(Error::kMalformed, "its functions call one another more than {} deep", kMostDepth);
  const std::set<std::string> needed = effects_only ? std::set<std::string>() : reachable(body, false);
  for (const std::string& name : reachable(body, true)) {
    const proto::NodeDef& node = *body.nodes.at(name);
    if (has_effect(node.op())) {
      refusals_.add(node.op(), name,
                    error(Error::kUnsupportedOp, "it changes a variable, which is a constant here")
                        .with_hint("make the state an input and an output of the model, and use --state"));
      continue;
    }
    const bool gives = needed.contains(name);
    if (gives && find_importer(node.op()) == nullptr) refusals_.add_unknown(node.op(), name);
    TMC_TRY(check_called(node, !gives, depth));
  }
  return {};
}

Result<Value> GraphImport::value_of(const Body& body, const std::string& reference, const Values& values) const {
  const Reference to(reference);
  const auto found = values.find(to.node);
  if (found == values.end()) return error(Error::kMalformed, "'{}' is read, but nothing produces it", to.node);
  const auto node = body.nodes.find(to.node);
  const int64_t number = node == body.nodes.end() ? to.index : output_number(*node->second, to);
  if (found->second.size() == 1 && found->second.front().kind == Value::Kind::kRefused) return found->second.front();
  if (number >= 0 && number < std::ssize(found->second)) return found->second[static_cast<size_t>(number)];
  return error(Error::kMalformed, "'{}' is read, but '{}' has {} outputs", reference, to.node, found->second.size());
}

Status GraphImport::run_node(const proto::NodeDef& node, Values& values, const std::string& prefix) {
  const Body& body = *current_;
  if (names_.size() > kMostTensors) {
    return error(Error::kUnsupportedShape, "the model makes more than {} tensors", kMostTensors).at_node(node.name());
  }
  std::vector<Value> inputs;
  bool is_refused = false;
  for (const std::string& input : node.input()) {
    if (input.starts_with('^')) continue;
    TMC_ASSIGN(inputs.emplace_back(), value_of(body, input, values));
    is_refused = is_refused || inputs.back().kind == Value::Kind::kRefused;
  }
  std::vector<Value>& outputs = values[node.name()];
  outputs = {Value()};
  const Importer* importer = find_importer(node.op());
  if (importer == nullptr || is_refused) return {};
  NodeContext context(node, prefix + node.name(), std::move(inputs), *this, steps_);
  const auto run = [&]() -> Status {
    if (importer->import != nullptr) return importer->import(context);
    TMC_ASSIGN(NodeContext::Tensors operands, context.tensors());
    return context.finish(importer->onnx, std::move(operands));
  };
  Status status = run().at_node(context.name());
  if (status.ok()) {
    outputs = std::move(context.outputs());
    return {};
  }
  const bool is_refusal = Refusals::is_refusal(status);
  // What contradicts itself behind a node that is not supported may do so because of that.
  if (!is_refusal && refusals_.empty()) return status;
  if (is_refusal) refusals_.add(node.op(), context.name(), status);
  return {};
}

Status GraphImport::run(const Body& body, Values& values, const std::string& prefix) {
  nodes_ += body.order.size() + 1;
  if (nodes_ > kMostNodes || depth_ >= kMostDepth) {
    return error(Error::kUnsupportedShape, "its calls and loops run more than {} nodes, or lie too deep in one another",
                 kMostNodes)
        .with_hint("give shorter sequences by --shape, or split the model");
  }
  ++depth_;
  const Body* const around = std::exchange(current_, &body);
  Status status;
  for (const proto::NodeDef* node : body.order) {
    if (!status.ok()) break;
    if (!values.contains(node->name())) status = run_node(*node, values, prefix);
  }
  current_ = around;
  --depth_;
  return status;
}

Result<std::vector<Value>> GraphImport::import(const std::vector<std::string>& tensors,
                                               std::map<std::string, Value> given) {
  Values values;
  for (auto& [node, value] : given) {
    main_.given.insert(node);
    values[node] = {std::move(value)};
  }
  main_.results = tensors;
  TMC_TRY(check(main_, false, 0));
  const Status sorted = sort(main_);
  // Loops of TensorFlow 1 are cycles, of operators that are named already.
  if (!sorted.ok() && !refusals_.empty()) return std::vector<Value>(tensors.size());
  TMC_TRY(sorted);
  TMC_TRY(run(main_, values, ""));
  std::vector<Value> results;
  for (const std::string& tensor : tensors) {
    TMC_ASSIGN(results.emplace_back(), value_of(main_, tensor, values));
  }
  return results;
}

Result<std::vector<Value>> GraphImport::call(const std::string& function, std::vector<Value> arguments,
                                             const std::string& prefix) {
  TMC_ASSIGN(const Body* body, find_function(function));
  if (arguments.size() != body->arguments.size()) {
    return error(Error::kMalformed, "'{}' takes {} arguments, and is given {}", function, body->arguments.size(),
                 arguments.size());
  }
  Values values;
  for (size_t i = 0; i < arguments.size(); ++i) values[body->arguments[i]] = {std::move(arguments[i])};
  TMC_TRY(run(*body, values, prefix));
  std::vector<Value> results;
  for (const std::string& result : body->results) {
    TMC_ASSIGN(results.emplace_back(), value_of(*body, result, values));
  }
  return results;
}

Result<std::string> GraphImport::read_variable(const std::string& node) {
  const auto known = read_.find(node);
  if (known != read_.end()) return known->second;
  TMC_ASSIGN(FileTensor variable, variables_.read(node, steps_.budget()));
  std::string name = new_name(node);
  steps_.add_constant(name, variable.type, std::move(variable.data));
  return read_[node] = std::move(name);
}

std::string GraphImport::new_name(const std::string& name) {
  while (true) {
    const int64_t number = names_[name]++;
    std::string numbered = number == 0 ? name : fmt::format("{}_{}", name, number);
    if (number == 0 || names_.emplace(numbered, 1).second) return numbered;
  }
}

}  // namespace tmc::frontend::savedmodel
