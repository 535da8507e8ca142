// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// How one operator becomes steps. For every operator there is a file select/lower/NAME.cpp with
//
//   Status lower_NAME(Lowering& lowering);
//
// which reads the node, computes the contract's Params and the model's constants, and calls `emit` (or `alias` where
// nothing has to be done). A dtype or form without a kernel is kUnsupportedType with a hint; the node is added by the
// caller. The table of files is generated.

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "tmc/ir/graph.hpp"
#include "tmc/program/program.hpp"

namespace tmc::select {

// A tensor operand of a step: a value of the graph, or the part of it that begins at `byte_offset`; or what one step of
// a node leaves to the next (Lowering::add_temporary).
struct Ref {
  ir::ValueId value = ir::ValueId::kNone;
  int64_t byte_offset = 0;
  int64_t bytes = 0;          // of the part, gaps included; 0: up to the value's end
  int64_t advance_bytes = 0;  // in a loop: program::Operand::advance_bytes
  int32_t buffer = -1;        // of the program, where it is no value
  DType dtype{};              // of that buffer's elements; of a value, the value says it
};

class Lowering {
 public:
  // `isas`: folders of kernel implementations, in order of preference. Writes to `program`; both outlive this object.
  Lowering(const ir::Graph& graph, std::span<const std::string> isas, bool spend_flash, program::Program& program);

  // What follows is about this node.
  void begin(ir::NodeId node) { node_ = node; }

  // --- what is being lowered
  const ir::Graph& graph() const { return *graph_; }
  const ir::Node& node() const { return graph_->node(node_); }
  bool has_input(size_t index) const;
  const ir::Value& input(size_t index) const { return graph_->value(node().inputs[index]); }
  const ir::Value& output(size_t index = 0) const { return graph_->value(node().outputs[index]); }
  Ref input_ref(size_t index, int64_t byte_offset = 0, int64_t bytes = 0) const {
    return {node().inputs[index], byte_offset, bytes};
  }
  Ref output_ref(size_t index = 0, int64_t byte_offset = 0, int64_t bytes = 0) const {
    return {node().outputs[index], byte_offset, bytes};
  }

  // How often results round: as the graph says between tensors of 8 bits. Those of int16 have steps 256 times as fine,
  // and kernels that need every bit of a multiplier.
  ir::Requantization requantization() const;

  // --- what comes out
  // One step: the cheapest implementation of the target's instruction sets that applies to `params` and whose pack
  // accepts `constants` (the model's, in the order of the contract's header). `inputs` and `outputs` follow the
  // contract's kInput and kOutput buffers; an input may be a constant of the graph. Scratch is made here. What comes
  // out is held to the contract: kUnsupportedType where an operand is of another dtype, kInternal where `params` ask
  // for other counts or extents than those of the operands and constants.
  template <typename Contract>
  Status emit(const typename Contract::Params& params, const std::vector<kernels::Blob>& constants,
              const std::vector<Ref>& inputs, const std::vector<Ref>& outputs) {
    return emit_words(Contract::kName, kernels::to_words(params), constants, inputs, outputs);
  }
  // What `emit` would be expected to take; infinite where nothing takes these parameters and constants.
  template <typename Contract>
  double expected_instructions(const typename Contract::Params& params,
                               const std::vector<kernels::Blob>& constants) const {
    return expected_instructions(Contract::kName, kernels::to_words(params), constants);
  }
  // The same of an implementation that stands in no table, a custom operator's, which takes no constants to pack.
  Status emit_foreign(const kernels::ImplementationInfo& implementation, std::vector<int32_t> params,
                      const std::vector<Ref>& inputs, const std::vector<Ref>& outputs);
  // Bytes that the node's own steps write and read, and nothing else: elements of that dtype, or what only the kernels
  // know (detail/dynamic_quantization.hpp).
  Ref add_temporary(const std::string& suffix, int64_t bytes, DType dtype);
  // A step from a value to such bytes, which are the earlier ones where a node before took the same of the same value.
  template <typename Contract>
  Result<Ref> emit_once(const typename Contract::Params& params, const Ref& from, const std::string& suffix,
                        int64_t bytes, DType dtype) {
    const auto key = std::tuple(std::string_view(Contract::kName), kernels::to_words(params), from.value);
    const bool is_whole = from.value != ir::ValueId::kNone && from.byte_offset == 0 && from.bytes == 0;
    const auto made = made_.find(key);
    if (is_whole && loop_ < 0 && made != made_.end()) return made->second;
    const Ref to = add_temporary(suffix, bytes, dtype);
    TMC_TRY(emit<Contract>(params, {}, {from}, {to}));
    if (is_whole && loop_ < 0) made_.emplace(key, to);
    return to;
  }
  // The steps that are emitted until `end_loop` run so often, one trip after the other. Loops do not nest.
  void begin_loop(int32_t trips);
  void end_loop() { loop_ = -1; }
  // Output 0 is input 0 under another shape: no step, unless that is a constant.
  Status alias();

 private:
  friend class Selector;
  struct Candidate {
    const kernels::ImplementationInfo* implementation;
    double instructions;  // that it is expected to take
  };
  struct Choice {
    const kernels::ImplementationInfo* implementation = nullptr;
    std::vector<kernels::Blob> packed;
    std::string reason;
  };

  Status emit_words(std::string_view kernel, std::vector<int32_t> params, const std::vector<kernels::Blob>& constants,
                    const std::vector<Ref>& inputs, const std::vector<Ref>& outputs);
  double expected_instructions(std::string_view kernel, const std::vector<int32_t>& params,
                               const std::vector<kernels::Blob>& constants) const;
  // The step itself; `refs` is as for check_dtypes.
  Status emit_choice(const kernels::KernelInfo& kernel, std::vector<int32_t> params, Choice choice,
                     std::span<const Ref* const> refs);
  // The implementations that apply, cheapest first.
  std::vector<Candidate> candidates(const kernels::KernelInfo& kernel, const std::vector<int32_t>& params) const;
  Result<Choice> choose(const kernels::KernelInfo& kernel, const std::vector<int32_t>& params,
                        const std::vector<kernels::Blob>& constants) const;
  Result<program::Operand> operand(const Ref& ref);
  // What an operand is a part of.
  struct Whole {
    std::string_view name;
    DType dtype;
    int64_t bytes;
  };
  Whole whole_of(const Ref& ref) const;
  int32_t trips() const { return loop_ < 0 ? 1 : program_->loops[static_cast<size_t>(loop_)].trips; }
  // Whether operands are what the contract and `params` say; `refs` has one for each of the contract's buffers, null
  // for constants and scratch.
  Status check_dtypes(const kernels::KernelInfo& kernel, kernels::Words params, std::span<const Ref* const> refs) const;
  Status check_extents(const kernels::KernelInfo& kernel, kernels::Words params,
                       std::span<const Ref* const> refs) const;
  // The buffer of a value, made where it has none.
  int32_t buffer_of(ir::ValueId id);
  // Values that lay in one buffer lie in the other from now on.
  void move_values(int32_t from, int32_t to);
  int32_t add_buffer(std::string name, program::Buffer::Kind kind, int64_t bytes);
  int32_t add_constant(std::string name, kernels::Blob blob);
  // A step that copies a value to a buffer of its own, and the tensor there: for outputs of the graph that no step
  // writes. The tensor's index.
  Result<int32_t> add_copy(ir::ValueId id);
  // Copies of values that no node asks for: to a place of its own, and over another value.
  Result<Ref> put_aside(ir::ValueId id);
  Status copy_over(const Ref& from, ir::ValueId to);
  Status emit_copy(const ir::Value& value, const Ref& from, const Ref& to);
  void add_tensor(ir::ValueId id, int32_t step);
  void add_tensor(ir::ValueId id, int32_t step, int32_t buffer);

  const ir::Graph* graph_;
  std::span<const std::string> isas_;
  bool spend_flash_;
  program::Program* program_;
  ir::NodeId node_ = ir::NodeId::kNone;
  int32_t loop_ = -1;  // of the program, that steps are emitted into
  std::map<ir::ValueId, int32_t> buffers_;
  std::map<std::tuple<std::string_view, std::vector<int32_t>, ir::ValueId>, Ref> made_;  // by emit_once
  std::map<std::pair<DType, std::vector<std::byte>>, int32_t> constants_;                // equal content is stored once
};

struct LowerEntry {
  std::string_view op;
  Status (*lower)(Lowering&);
};
// Generated from select/lower/.
std::span<const LowerEntry> lower_table();

}  // namespace tmc::select
