// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/fuse_tables.hpp"

#include <algorithm>
#include <string>

#include "tmc/kernels/contract/table_s8.hpp"
#include "tmc/program/edit.hpp"

namespace tmc::select {
namespace {

using kernels::Role;
using program::Operand;
using program::Program;
using program::Step;

// The first operand of that role; null where there is none.
template <typename AnyStep>
auto operand_of(AnyStep& step, Role role) -> decltype(step.operands.data()) {
  for (size_t i = 0; i < step.operands.size(); ++i) {
    if (step.implementation->kernel->buffers[i].role == role) return &step.operands[i];
  }
  return nullptr;
}

bool touches(const Step& step, int32_t buffer) {
  return std::ranges::any_of(step.operands, [buffer](const Operand& operand) {
    return operand.kind == Operand::Kind::kBuffer && operand.index == buffer;
  });
}

bool is_dense_table(const Step& step) {
  if (std::string_view(step.implementation->kernel->name) != kernels::TableS8::kName) return false;
  const auto p = kernels::from_words<kernels::TableS8::Params>(step.params);
  return p.rows == 1 || (p.input_stride == p.row_bytes && p.output_stride == p.row_bytes);
}

bool is_whole(const Program& program, const Operand& operand) {
  if (operand.kind != Operand::Kind::kBuffer || operand.byte_offset != 0) return false;
  const int64_t bytes = program.buffers[static_cast<size_t>(operand.index)].bytes;
  return operand.bytes == 0 || operand.bytes == bytes;
}

// The index of the layer that alone writes what this table alone reads; -1 where there is none.
int32_t layer_before(const Program& program, int32_t table) {
  const Operand& between = *operand_of(program.steps[static_cast<size_t>(table)], Role::kInput);
  if (!is_whole(program, between)) return -1;
  if (program.buffers[static_cast<size_t>(between.index)].kind != program::Buffer::Kind::kActivation) return -1;
  int32_t layer = -1;
  for (int32_t i = 0; i < std::ssize(program.steps); ++i) {
    const Step& step = program.steps[static_cast<size_t>(i)];
    if (i == table || !touches(step, between.index)) continue;
    if (layer >= 0) return -1;
    layer = i;
  }
  if (layer < 0 || layer > table) return -1;
  const Operand* output = operand_of(program.steps[static_cast<size_t>(layer)], Role::kOutput);
  return output != nullptr && output->index == between.index && is_whole(program, *output) ? layer : -1;
}

// What does both; null where nothing does, or in no fewer instructions.
const kernels::ImplementationInfo* fused_implementation(const Step& layer, const Step& table) {
  const kernels::ImplementationInfo& plain = *layer.implementation;
  const auto* fused = kernels::find_implementation(plain.isa, std::string(plain.name) + "_table");
  if (fused == nullptr || std::string(plain.kernel->name) + "_table" != fused->kernel->name) return nullptr;
  if (!fused->applies(layer.params)) return nullptr;
  const double apart = plain.instructions(layer.params) + table.implementation->instructions(table.params);
  return fused->instructions(layer.params) < apart ? fused : nullptr;
}

// The layer's outputs are int8, and so must the table's be.
bool gives_int8(const Program& program, int32_t buffer) {
  return std::ranges::all_of(program.tensors, [buffer](const program::Tensor& tensor) {
    return tensor.buffer != buffer || tensor.dtype == DType::kI8;
  });
}

// By the value itself, from -128 on, where table_s8 has it by its bits.
int32_t add_turned(Program& program, int32_t constant) {
  program::Constant turned = program.constants[static_cast<size_t>(constant)];
  std::rotate(turned.blob.bytes.begin(), turned.blob.bytes.begin() + 128, turned.blob.bytes.end());
  turned.name += ".turned";
  const auto same = [&](const program::Constant& other) {
    return other.blob.dtype == turned.blob.dtype && other.blob.bytes == turned.blob.bytes;
  };
  const auto index = std::ranges::find_if(program.constants, same) - program.constants.begin();
  if (index == std::ssize(program.constants)) program.constants.push_back(std::move(turned));
  return static_cast<int32_t>(index);
}

// The layer's operands as the fused kernel has them.
std::vector<Operand> fused_operands(const Step& layer, const kernels::KernelInfo& kernel, const Operand& table,
                                    const Operand& output) {
  std::vector<Operand> operands;
  auto next = layer.operands.begin();
  for (const kernels::BufferInfo& buffer : kernel.buffers) {
    const bool is_table = std::string_view(buffer.name) == "table";
    operands.push_back(is_table ? table : *next++);
    if (buffer.role == Role::kOutput) operands.back() = output;
  }
  return operands;
}

void remove_constant(Program& program, int32_t constant) {
  const auto is_used = [constant](const Step& step) {
    return std::ranges::any_of(step.operands, [constant](const Operand& operand) {
      return operand.kind == Operand::Kind::kConstant && operand.index == constant;
    });
  };
  if (std::ranges::any_of(program.steps, is_used) || program.initial_state == constant) return;
  program.constants.erase(program.constants.begin() + constant);
  for (Step& step : program.steps) {
    for (Operand& operand : step.operands) {
      if (operand.kind == Operand::Kind::kConstant && operand.index > constant) --operand.index;
    }
  }
  if (program.initial_state > constant) --program.initial_state;
}

bool fuse(Program& program, int32_t at) {
  const Step table = program.steps[static_cast<size_t>(at)];
  if (table.loop >= 0 || !is_dense_table(table)) return false;
  const Operand output = *operand_of(table, Role::kOutput);
  const int32_t before = layer_before(program, at);
  if (before < 0 || !gives_int8(program, output.index)) return false;
  Step& layer = program.steps[static_cast<size_t>(before)];
  const kernels::ImplementationInfo* fused = layer.loop < 0 ? fused_implementation(layer, table) : nullptr;
  if (fused == nullptr) return false;

  const int32_t constant = operand_of(table, Role::kConstant)->index;
  const Operand turned{Operand::Kind::kConstant, add_turned(program, constant), 0};
  const int32_t between = operand_of(table, Role::kInput)->index;
  layer.operands = fused_operands(layer, *fused->kernel, turned, output);
  layer.implementation = fused;
  layer.choice += fmt::format(", with the table of {}", table.name);
  program.steps.erase(program.steps.begin() + at);
  for (program::Tensor& tensor : program.tensors) {
    if (tensor.step >= at) --tensor.step;
  }
  program::remove_tensors(program, [between](const program::Tensor& tensor) { return tensor.buffer == between; });
  program::remove_buffers(program, [between](int32_t buffer) { return buffer == between; });
  remove_constant(program, constant);
  return true;
}

}  // namespace

void fuse_tables(Program& program) {
  for (int32_t at = 0; at < std::ssize(program.steps);) {
    if (!fuse(program, at)) ++at;
  }
}

}  // namespace tmc::select
