// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/select.hpp"

#include <algorithm>
#include <span>

#include "tmc/select/lowering.hpp"
#include "tmc/select/numerics/index_map.hpp"

namespace tmc::select {

// Drives the lowering of a whole graph.
class Selector {
 public:
  Selector(const ir::Graph& graph, const Target& target, bool spend_flash, program::Program& program)
      : graph_(graph), program_(program), lowering_(graph, target.isa, spend_flash, program) {}

  Status run() {
    for (const ir::ValueId id : graph_.inputs()) program_.inputs.push_back(add_port(id, -1));
    for (const ir::NodeId id : graph_.order()) lower(id);
    TMC_TRY(refusals_.status());
    return add_outputs();
  }

  const Refusals& refusals() const { return refusals_; }

 private:
  int32_t add_port(ir::ValueId id, int32_t step) {
    lowering_.add_tensor(id, step);
    return static_cast<int32_t>(program_.tensors.size() - 1);
  }

  void lower(ir::NodeId id) {
    const ir::Node& node = graph_.node(id);
    lowering_.begin(id);
    const size_t first_step = program_.steps.size();
    const Status status = lower(node.op);
    if (!status.ok()) {
      refusals_.add(std::string(node.op.name()), node.name, status);
      return;
    }
    if (program_.steps.size() == first_step) return;  // an alias has added its tensor
    main_step(first_step, lowering_.buffer_of(node.outputs[0])).macs = graph_.macs(id);
    for (const ir::ValueId output : node.outputs) {
      lowering_.add_tensor(output, static_cast<int32_t>(program_.steps.size()) - 1);
    }
  }

  Status lower(const ops::AnyOp& op) {
    const auto entry = std::ranges::find(lower_table(), op.name(), &LowerEntry::op);
    if (entry != lower_table().end()) return entry->lower(lowering_);
    if (op.info().index_map != nullptr) return lower_index_map(lowering_);
    return error(Error::kUnsupportedOp, "no kernel computes it");
  }

  // The first of a node's steps that writes its output: others prepare its inputs, or requantise afterwards.
  program::Step& main_step(size_t first_step, int32_t output) {
    const auto steps = std::span(program_.steps).subspan(first_step);
    const auto writes = [output](const program::Step& step) {
      for (size_t i = 0; i < step.operands.size(); ++i) {
        const bool written = step.implementation->kernel->buffers[i].role == kernels::Role::kOutput;
        if (written && step.operands[i].index == output) return true;
      }
      return false;
    };
    const auto found = std::ranges::find_if(steps, writes);
    return found == steps.end() ? steps.front() : *found;
  }

  // An output is written by a step: what is a constant, or lies in an input, is copied.
  Status add_outputs() {
    for (const ir::ValueId id : graph_.outputs()) {
      int32_t port = 0;
      if (graph_.value(id).is_constant() || lies_in_input(id)) {
        TMC_ASSIGN(port, lowering_.add_copy(id));
      } else {
        const std::string& name = graph_.value(id).name;
        port = static_cast<int32_t>(std::ranges::find(program_.tensors, name, &program::Tensor::name) -
                                    program_.tensors.begin());
      }
      program_.outputs.push_back(port);
    }
    mark_ports();
    return {};
  }

  bool lies_in_input(ir::ValueId id) {
    const int32_t buffer = lowering_.buffer_of(id);
    return std::ranges::any_of(
        program_.inputs, [&](int32_t input) { return program_.tensors[static_cast<size_t>(input)].buffer == buffer; });
  }

  void mark_ports() {
    const auto mark = [&](const std::vector<int32_t>& ports, program::Buffer::Kind kind) {
      for (const int32_t port : ports) {
        program_.buffers[static_cast<size_t>(program_.tensors[static_cast<size_t>(port)].buffer)].kind = kind;
      }
    };
    mark(program_.outputs, program::Buffer::Kind::kOutput);
    mark(program_.inputs, program::Buffer::Kind::kInput);
  }

  const ir::Graph& graph_;
  program::Program& program_;
  Lowering lowering_;
  Refusals refusals_;
};

Result<program::Program> select(const ir::Graph& graph, const Target& target, const SelectOptions& options) {
  program::Program program;
  program.name = graph.name;
  program.target = target.name;
  program.keep_inputs = options.keep_inputs;
  TMC_TRY(Selector(graph, target, options.spend_flash, program).run());
  TMC_TRY(program::verify(program, /*placed=*/false));
  return program;
}

void find_refused(const ir::Graph& graph, const Target& target, Refusals& refusals) {
  program::Program program;
  Selector selector(graph, target, /*spend_flash=*/true, program);
  if (!selector.run().ok()) refusals.add(selector.refusals());
}

}  // namespace tmc::select
