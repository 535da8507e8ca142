// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/select.hpp"

#include <algorithm>
#include <set>
#include <span>

#include "tmc/program/edit.hpp"
#include "tmc/select/fuse_tables.hpp"
#include "tmc/select/lowering.hpp"
#include "tmc/select/numerics/index_map.hpp"
#include "tmc/select/state_places.hpp"

namespace tmc::select {

// Drives the lowering of a whole graph.
class Selector {
 public:
  Selector(const ir::Graph& graph, const Target& target, bool spend_flash, program::Program& program)
      : graph_(graph), program_(program), lowering_(graph, target.isa, spend_flash, program) {}

  Status run() {
    for (size_t i = 0; i < graph_.inputs().size(); ++i) {
      const int32_t port = add_port(graph_.inputs()[i], -1);
      if (!is_state(&ir::State::input, i)) program_.inputs.push_back(port);
    }
    for (const ir::NodeId id : graph_.order()) lower(id);
    TMC_TRY(refusals_.status());
    TMC_TRY(add_outputs());
    return add_state();
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
    for (size_t i = 0; i < graph_.outputs().size(); ++i) {
      if (is_state(&ir::State::output, i)) continue;
      const ir::ValueId id = graph_.outputs()[i];
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

  // An input of the graph, which may be the state before the run.
  bool lies_in_input(ir::ValueId id) {
    const int32_t buffer = lowering_.buffer_of(id);
    return std::ranges::any_of(graph_.inputs(),
                               [&](ir::ValueId input) { return lowering_.buffer_of(input) == buffer; });
  }

  // Whether the new state is made in the place of the old one.
  bool make_in_place(const ir::State& state) {
    const ir::ValueId before = graph_.inputs()[state.input], after = graph_.outputs()[state.output];
    if (graph_.value(after).is_constant() || lies_in_input(after)) return false;
    const int32_t old = lowering_.buffer_of(before), fresh = lowering_.buffer_of(after);
    if (!write_over(program_, old, fresh)) return false;
    lowering_.move_values(fresh, old);
    joined_.insert(fresh);
    return true;
  }

  bool is_state(size_t ir::State::*port, size_t index) const {
    return std::ranges::find(graph_.states, index, port) != graph_.states.end();
  }

  // After everything else the new states are copied over the old ones, which lie in one buffer, one after the other,
  // unless they were made in their places. One that was another's old state is put aside first.
  Status add_state() {
    if (graph_.states.empty()) return {};
    std::vector<Ref> after;
    for (const ir::State& state : graph_.states) {
      const ir::ValueId id = graph_.outputs()[state.output];
      if (!graph_.value(id).is_constant() && lies_in_input(id)) {
        TMC_ASSIGN(after.emplace_back(), lowering_.put_aside(id));
      } else {
        after.push_back({.value = id});
      }
    }
    std::set<size_t> in_place;
    for (size_t i = 0; i < graph_.states.size(); ++i) {
      if (make_in_place(graph_.states[i])) in_place.insert(i);
    }
    std::vector<std::byte> initial;
    for (size_t i = 0; i < graph_.states.size(); ++i) {
      const ir::State& state = graph_.states[i];
      const ir::ValueId before = graph_.inputs()[state.input];
      if (!in_place.contains(i)) TMC_TRY(lowering_.copy_over(after[i], before));
      const auto bytes = graph_.value(state.initial).data->bytes();
      join_state(lowering_.buffer_of(before), std::ssize(initial));
      initial.insert(initial.end(), bytes.begin(), bytes.end());
      initial.resize((initial.size() + program::kAlignBytes - 1) / program::kAlignBytes * program::kAlignBytes);
    }
    program_.state_buffer = static_cast<int32_t>(program_.buffers.size());
    program_.buffers.push_back({.name = "state", .kind = program::Buffer::Kind::kState, .bytes = std::ssize(initial)});
    program::remove_buffers(program_, [&](int32_t buffer) { return joined_.contains(buffer); });
    const bool begins_as_zeros = std::ranges::all_of(initial, [](std::byte byte) { return byte == std::byte{0}; });
    if (!begins_as_zeros) {
      program_.initial_state = lowering_.add_constant("initial_state", {DType::kU8, std::move(initial)});
    }
    return {};
  }

  // What refers to the buffer refers to the state from `byte_offset` on, which is added next.
  void join_state(int32_t buffer, int64_t byte_offset) {
    const auto state = static_cast<int32_t>(program_.buffers.size());
    const int64_t bytes = program_.buffers[static_cast<size_t>(buffer)].bytes;
    for (program::Step& step : program_.steps) {
      for (program::Operand& operand : step.operands) {
        if (operand.kind != program::Operand::Kind::kBuffer || operand.index != buffer) continue;
        if (operand.bytes == 0) operand.bytes = bytes - operand.byte_offset;
        operand.byte_offset += byte_offset;
        operand.index = state;
      }
    }
    for (program::Tensor& tensor : program_.tensors) {
      if (tensor.buffer != buffer) continue;
      tensor.byte_offset += byte_offset;
      tensor.buffer = state;
    }
    joined_.insert(buffer);
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
  std::set<int32_t> joined_;  // buffers that are parts of the state
};

Result<program::Program> select(const ir::Graph& graph, const Target& target, const SelectOptions& options) {
  program::Program program;
  program.name = graph.name;
  program.target = target.name;
  program.keep_inputs = options.keep_inputs;
  TMC_TRY(Selector(graph, target, options.spend_flash, program).run());
  if (options.spend_flash) fuse_tables(program);
  TMC_TRY(program::verify(program, /*placed=*/false));
  return program;
}

void find_refused(const ir::Graph& graph, const Target& target, Refusals& refusals) {
  program::Program program;
  Selector selector(graph, target, /*spend_flash=*/true, program);
  if (!selector.run().ok()) refusals.add(selector.refusals());
}

}  // namespace tmc::select
