// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/lowering.hpp"

#include <algorithm>

#include <utility>

namespace tmc::select {

using kernels::Role;
using program::Operand;

Lowering::Lowering(const ir::Graph& graph, std::span<const std::string> isas, program::Program& program)
    : graph_(&graph), isas_(isas), program_(&program) {}

ir::Requantization Lowering::requantization() const {
  const bool wide = input(0).type.dtype == DType::kI16 || output().type.dtype == DType::kI16;
  return wide ? ir::Requantization::kTwoRoundings : graph_->requantization;
}

bool Lowering::has_input(size_t index) const {
  return index < node().inputs.size() && node().inputs[index] != ir::ValueId::kNone;
}

int32_t Lowering::add_buffer(std::string name, program::Buffer::Kind kind, int64_t bytes) {
  program_->buffers.push_back({.name = std::move(name), .kind = kind, .bytes = bytes});
  return static_cast<int32_t>(program_->buffers.size() - 1);
}

int32_t Lowering::buffer_of(ir::ValueId id) {
  const auto found = buffers_.find(id);
  if (found != buffers_.end()) return found->second;
  const ir::Value& value = graph_->value(id);
  const int64_t bytes = value.type.shape.elements() * dtype_bytes(value.type.dtype);
  return buffers_[id] = add_buffer(value.name, program::Buffer::Kind::kActivation, bytes);
}

int32_t Lowering::add_constant(std::string name, kernels::Blob blob) {
  const auto [place, is_new] =
      constants_.try_emplace({blob.dtype, blob.bytes}, static_cast<int32_t>(program_->constants.size()));
  if (is_new) program_->constants.push_back({std::move(name), std::move(blob)});
  return place->second;
}

void Lowering::add_tensor(ir::ValueId id, int32_t step) {
  const ir::Value& value = graph_->value(id);
  program_->tensors.push_back({.name = value.name,
                               .dtype = value.type.dtype,
                               .shape = value.type.shape,
                               .quantization = value.quantization,
                               .channels_last_of = value.channels_last_of,
                               .buffer = buffer_of(id),
                               .step = step});
}

Ref Lowering::add_temporary(const std::string& suffix, int64_t bytes) {
  return {.buffer = add_buffer(node().name + suffix, program::Buffer::Kind::kActivation, bytes)};
}

Result<Operand> Lowering::operand(const Ref& ref) {
  if (ref.buffer >= 0) return Operand{Operand::Kind::kBuffer, ref.buffer, ref.byte_offset, ref.bytes};
  const ir::Value& value = graph_->value(ref.value);
  if (!value.is_constant()) return Operand{Operand::Kind::kBuffer, buffer_of(ref.value), ref.byte_offset, ref.bytes};
  if (ref.byte_offset != 0) return error(Error::kInternal, "a part of the constant '{}' is read", value.name);
  const auto bytes = value.data->bytes();
  return Operand{Operand::Kind::kConstant, add_constant(value.name, {value.type.dtype, {bytes.begin(), bytes.end()}}),
                 0};
}

Status Lowering::alias() {
  const ir::ValueId from = node().inputs[0];
  const ir::ValueId to = node().outputs[0];
  if (graph_->value(from).is_constant()) {
    return error(Error::kUnsupportedType, "reshapes the constant '{}'", graph_->value(from).name)
        .remedied_by("fold constants first");
  }
  buffers_[to] = buffer_of(from);
  add_tensor(to, static_cast<int32_t>(program_->steps.size()) - 1);
  return {};
}

std::vector<Lowering::Candidate> Lowering::candidates(const kernels::KernelInfo& kernel,
                                                      const std::vector<int32_t>& params) const {
  std::vector<Candidate> list;
  for (const std::string& isa : isas_) {
    for (const kernels::BodyInfo* body : kernels::bodies_of(kernel, isa)) {
      if (body->applies(params)) list.push_back({body, body->instructions(params)});
    }
  }
  // Of equals the better instruction set's stays first.
  std::ranges::stable_sort(list, {}, &Candidate::instructions);
  return list;
}

Result<Lowering::Choice> Lowering::choose(const kernels::KernelInfo& kernel, const std::vector<int32_t>& params,
                                          const std::vector<kernels::Blob>& constants) const {
  std::vector<kernels::ConstantView> views;
  for (const kernels::Blob& constant : constants) views.push_back({constant.dtype, constant.bytes});
  Choice choice;
  std::string others;
  for (const auto& [body, instructions] : candidates(kernel, params)) {
    kernels::Blobs packed = choice.body ? std::nullopt : body->pack(params, views);
    if (packed) {
      choice.body = body;
      choice.packed = std::move(*packed);
      choice.reason = fmt::format("{:.0f} instructions expected", instructions);
    } else if (choice.body) {
      others += fmt::format(", {} {:.0f}", body->label(), instructions);
    } else {
      others += fmt::format(", {} refused by its values", body->label());
    }
  }
  if (!choice.body) {
    return error(Error::kUnsupportedType, "no body of the kernel {} takes these parameters", kernel.name);
  }
  choice.reason += others;
  return choice;
}

Status Lowering::emit_words(std::string_view kernel_name, std::vector<int32_t> params,
                            const std::vector<kernels::Blob>& constants, const std::vector<Ref>& inputs,
                            const std::vector<Ref>& outputs) {
  const kernels::KernelInfo* kernel = kernels::find_kernel(kernel_name);
  TMC_ASSIGN(Choice choice, choose(*kernel, params, constants));
  program::Step step{.name = node().name,
                     .op = std::string(node().op.name()),
                     .body = choice.body,
                     .params = std::move(params),
                     .operands = {},
                     .choice = std::move(choice.reason)};
  size_t input = 0;
  size_t constant = 0;
  size_t output = 0;
  for (const kernels::BufferInfo& info : kernel->buffers) {
    Operand place;
    if (info.role == Role::kInput) {
      TMC_ASSIGN(place, operand(inputs.at(input++)));
    } else if (info.role == Role::kOutput) {
      TMC_ASSIGN(place, operand(outputs.at(output++)));
    } else if (info.role == Role::kConstant) {
      place = {Operand::Kind::kConstant,
               add_constant(node().name + "." + info.name, std::move(choice.packed.at(constant++)))};
    } else if (const int64_t bytes = choice.body->scratch_bytes(step.params); bytes > 0) {
      place = {Operand::Kind::kBuffer, add_buffer(node().name + ".scratch", program::Buffer::Kind::kScratch, bytes)};
    }
    step.operands.push_back(place);
  }
  program_->steps.push_back(std::move(step));
  return {};
}

}  // namespace tmc::select
