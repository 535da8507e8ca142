// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/lowering.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <utility>

#include "tmc/kernels/contract/copy.hpp"
#include "tmc/program/extents.hpp"
#include "tmc/program/params.hpp"

namespace tmc::select {

using kernels::Role;
using program::Operand;

namespace {

int64_t bytes_of(const ir::Value& value) {
  return value.type.shape.elements() * dtype_bytes(value.type.dtype);
}

kernels::Copy::Params copy_of(const ir::Value& value) {
  const auto bytes = static_cast<int32_t>(bytes_of(value));
  return {.rows = 1, .row_bytes = bytes, .input_stride = bytes, .output_stride = bytes};
}

// The operand of each of the contract's buffers; null for constants and scratch.
Result<std::vector<const Ref*>> match(const kernels::KernelInfo& kernel, const std::vector<Ref>& inputs,
                                      const std::vector<Ref>& outputs) {
  std::vector<const Ref*> refs;
  size_t input = 0;
  size_t output = 0;
  for (const kernels::BufferInfo& info : kernel.buffers) {
    const Ref* ref = nullptr;
    if (info.role == Role::kInput && input++ < inputs.size()) ref = &inputs[input - 1];
    if (info.role == Role::kOutput && output++ < outputs.size()) ref = &outputs[output - 1];
    refs.push_back(ref);
  }
  if (input == inputs.size() && output == outputs.size()) return refs;
  return error(Error::kInternal, "gives the kernel {} {} inputs and {} outputs, it has {} and {}", kernel.name,
               inputs.size(), outputs.size(), input, output);
}

}  // namespace

Lowering::Lowering(const ir::Graph& graph, std::span<const std::string> isas, bool spend_flash,
                   program::Program& program)
    : graph_(&graph), isas_(isas), spend_flash_(spend_flash), program_(&program) {}

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
  return buffers_[id] = add_buffer(value.name, program::Buffer::Kind::kActivation, bytes_of(value));
}

void Lowering::move_values(int32_t from, int32_t to) {
  for (auto& [id, buffer] : buffers_) {
    if (buffer == from) buffer = to;
  }
}

int32_t Lowering::add_constant(std::string name, kernels::Blob blob) {
  const auto [place, is_new] =
      constants_.try_emplace({blob.dtype, blob.bytes}, static_cast<int32_t>(program_->constants.size()));
  if (is_new) program_->constants.push_back({std::move(name), std::move(blob)});
  return place->second;
}

void Lowering::add_tensor(ir::ValueId id, int32_t step, int32_t buffer) {
  const ir::Value& value = graph_->value(id);
  program_->tensors.push_back({.name = value.name,
                               .dtype = value.type.dtype,
                               .shape = value.type.shape,
                               .quantization = value.quantization,
                               .channels_last_of = value.channels_last_of,
                               .buffer = buffer,
                               .step = step});
}

void Lowering::add_tensor(ir::ValueId id, int32_t step) {
  add_tensor(id, step, buffer_of(id));
}

void Lowering::begin_loop(int32_t trips) {
  loop_ = static_cast<int32_t>(program_->loops.size());
  program_->loops.push_back({.trips = trips});
}

Ref Lowering::add_temporary(const std::string& suffix, int64_t bytes, DType dtype) {
  return {.buffer = add_buffer(node().name + suffix, program::Buffer::Kind::kActivation, bytes), .dtype = dtype};
}

Result<Operand> Lowering::operand(const Ref& ref) {
  const auto in_buffer = [&](int32_t buffer) {
    return Operand{Operand::Kind::kBuffer, buffer, ref.byte_offset, ref.bytes, ref.advance_bytes};
  };
  if (ref.buffer >= 0) return in_buffer(ref.buffer);
  const ir::Value& value = graph_->value(ref.value);
  if (!value.is_constant()) return in_buffer(buffer_of(ref.value));
  if (ref.advance_bytes != 0) return error(Error::kInternal, "advances in the constant '{}'", value.name);
  const auto all = value.data->bytes().subspan(static_cast<size_t>(ref.byte_offset));
  const auto bytes = ref.bytes > 0 ? all.first(static_cast<size_t>(ref.bytes)) : all;
  return Operand{Operand::Kind::kConstant, add_constant(value.name, {value.type.dtype, {bytes.begin(), bytes.end()}}),
                 0};
}

Status Lowering::alias() {
  const ir::ValueId from = node().inputs[0];
  const ir::ValueId to = node().outputs[0];
  const ir::Value& same = graph_->value(to);
  if (same.type.dtype != graph_->value(from).type.dtype || bytes_of(same) != bytes_of(graph_->value(from))) {
    return error(Error::kInternal, "'{}' is not '{}' under another shape", same.name, graph_->value(from).name);
  }
  if (graph_->value(from).is_constant()) {
    return emit<kernels::Copy>(copy_of(same), {}, {input_ref(0)}, {output_ref()});
  }
  buffers_[to] = buffer_of(from);
  // It is there from where the buffer is filled on; other readers of that may run, and overwrite it, before this node.
  const auto filled = std::find_if(program_->tensors.rbegin(), program_->tensors.rend(),
                                   [&](const program::Tensor& tensor) { return tensor.buffer == buffer_of(from); });
  const auto last_step = static_cast<int32_t>(program_->steps.size()) - 1;
  add_tensor(to, filled != program_->tensors.rend() ? filled->step : last_step);
  return {};
}

Result<int32_t> Lowering::add_copy(ir::ValueId id) {
  const ir::Value& value = graph_->value(id);
  const int32_t buffer = add_buffer(value.name, program::Buffer::Kind::kOutput, bytes_of(value));
  TMC_TRY(emit_copy(value, {.value = id}, {.buffer = buffer, .dtype = value.type.dtype}));
  add_tensor(id, static_cast<int32_t>(program_->steps.size()) - 1, buffer);
  return static_cast<int32_t>(program_->tensors.size()) - 1;
}

Status Lowering::emit_copy(const ir::Value& value, const Ref& from, const Ref& to) {
  program::Step step{.name = value.name,
                     .op = kernels::Copy::kName,
                     .implementation = nullptr,
                     .params = kernels::to_words(copy_of(value)),
                     .operands = {},
                     .choice = {}};
  TMC_ASSIGN(Choice choice, choose(*kernels::find_kernel(kernels::Copy::kName), step.params, {}));
  step.implementation = choice.implementation;
  step.choice = std::move(choice.reason);
  TMC_ASSIGN(step.operands.emplace_back(), operand(from));
  TMC_ASSIGN(step.operands.emplace_back(), operand(to));
  program_->steps.push_back(std::move(step));
  return {};
}

Result<Ref> Lowering::put_aside(ir::ValueId id) {
  const ir::Value& value = graph_->value(id);
  const Ref aside{.buffer = add_buffer(value.name + ".aside", program::Buffer::Kind::kActivation, bytes_of(value)),
                  .dtype = value.type.dtype};
  TMC_TRY(emit_copy(value, {.value = id}, aside));
  return aside;
}

Status Lowering::copy_over(const Ref& from, ir::ValueId to) {
  return emit_copy(graph_->value(to), from, {.value = to});
}

std::vector<Lowering::Candidate> Lowering::candidates(const kernels::KernelInfo& kernel,
                                                      const std::vector<int32_t>& params) const {
  std::vector<Candidate> list;
  for (const std::string& isa : isas_) {
    for (const kernels::ImplementationInfo* implementation : kernels::implementations_of(kernel, isa)) {
      if (implementation->spends_flash() && !spend_flash_) continue;
      if (implementation->applies(params)) list.push_back({implementation, implementation->instructions(params)});
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
  for (const auto& [implementation, instructions] : candidates(kernel, params)) {
    kernels::Blobs packed = choice.implementation ? std::nullopt : implementation->pack(params, views);
    if (packed) {
      choice.implementation = implementation;
      choice.packed = std::move(*packed);
      choice.reason = fmt::format("{:.0f} instructions expected", instructions);
    } else if (choice.implementation) {
      others += fmt::format(", {} {:.0f}", implementation->label(), instructions);
    } else {
      others += fmt::format(", {} refused by its values", implementation->label());
    }
  }
  if (!choice.implementation) {
    Status none =
        error(Error::kUnsupportedType, "no implementation of the kernel {} takes these parameters", kernel.name);
    if (kernels::implementations_of(kernel, "host").empty()) return none;
    return std::move(none).with_hint("cast to f32: functions of doubles are computed on hosts alone");
  }
  choice.reason += others;
  return choice;
}

double Lowering::expected_instructions(std::string_view kernel, const std::vector<int32_t>& params,
                                       const std::vector<kernels::Blob>& constants) const {
  const auto choice = choose(*kernels::find_kernel(kernel), params, constants);
  return choice.ok() ? choice->implementation->instructions(params) : std::numeric_limits<double>::infinity();
}

Lowering::Whole Lowering::whole_of(const Ref& ref) const {
  if (ref.buffer >= 0) {
    const program::Buffer& buffer = program_->buffers[static_cast<size_t>(ref.buffer)];
    return {buffer.name, ref.dtype, buffer.bytes};
  }
  const ir::Value& value = graph_->value(ref.value);
  return {value.name, value.type.dtype, bytes_of(value)};
}

Status Lowering::check_dtypes(const kernels::KernelInfo& kernel, kernels::Words params,
                              std::span<const Ref* const> refs) const {
  for (size_t i = 0; i < refs.size(); ++i) {
    if (refs[i] == nullptr) continue;
    const Whole whole = whole_of(*refs[i]);
    Status status = program::check_dtype(Error::kUnsupportedType, kernel, params, i, whole.dtype, whole.name);
    if (!status.ok()) return std::move(status).with_hint("convert the tensor");
  }
  return {};
}

Status Lowering::check_extents(const kernels::KernelInfo& kernel, kernels::Words params,
                               std::span<const Ref* const> refs) const {
  TMC_ASSIGN(const std::vector<int64_t> needed, program::needed_bytes(kernel, params));
  // Rows may lie apart, and be a part of what they are cut from.
  const bool in_rows = kernel.access == kernels::Access::kRows;
  for (size_t i = 0; i < refs.size(); ++i) {
    if (refs[i] == nullptr) continue;
    const Whole whole = whole_of(*refs[i]);
    const int64_t bytes = refs[i]->bytes > 0 ? refs[i]->bytes : whole.bytes - refs[i]->byte_offset;
    const bool is_part = in_rows || bytes < whole.bytes;
    const int64_t wanted = needed[i] + (trips() - 1) * std::abs(refs[i]->advance_bytes);
    if (refs[i]->byte_offset + bytes <= whole.bytes && (is_part ? wanted <= bytes : wanted == bytes)) continue;
    return error(Error::kInternal, "'{}' has {} bytes, the parameters of the kernel {} ask for {}", whole.name, bytes,
                 kernel.name, wanted);
  }
  return {};
}

Status Lowering::emit_words(std::string_view kernel_name, std::vector<int32_t> params,
                            const std::vector<kernels::Blob>& constants, const std::vector<Ref>& inputs,
                            const std::vector<Ref>& outputs) {
  const kernels::KernelInfo* kernel = kernels::find_kernel(kernel_name);
  TMC_TRY(program::verify_constants(*kernel, params, constants));
  TMC_ASSIGN(const std::vector<const Ref*> refs, match(*kernel, inputs, outputs));
  TMC_TRY(check_dtypes(*kernel, params, refs));
  TMC_ASSIGN(Choice choice, choose(*kernel, params, constants));
  return emit_choice(*kernel, std::move(params), std::move(choice), refs);
}

Status Lowering::emit_foreign(const kernels::ImplementationInfo& implementation, std::vector<int32_t> params,
                              const std::vector<Ref>& inputs, const std::vector<Ref>& outputs) {
  const kernels::KernelInfo& kernel = *implementation.kernel;
  TMC_ASSIGN(const std::vector<const Ref*> refs, match(kernel, inputs, outputs));
  TMC_TRY(check_dtypes(kernel, params, refs));
  Choice choice{.implementation = &implementation, .packed = {}, .reason = "the only one"};
  return emit_choice(kernel, std::move(params), std::move(choice), refs);
}

Status Lowering::emit_choice(const kernels::KernelInfo& kernel, std::vector<int32_t> params, Choice choice,
                             std::span<const Ref* const> refs) {
  program::Step step{.name = node().name,
                     .op = std::string(node().op.name()),
                     .implementation = choice.implementation,
                     .params = std::move(params),
                     .operands = {},
                     .choice = std::move(choice.reason),
                     .loop = loop_};
  TMC_TRY(check_extents(kernel, step.params, refs));
  size_t constant = 0;
  for (size_t i = 0; i < refs.size(); ++i) {
    const kernels::BufferInfo& info = kernel.buffers[i];
    Operand place;
    if (refs[i] != nullptr) {
      TMC_ASSIGN(place, operand(*refs[i]));
    } else if (info.role == Role::kConstant) {
      place = {Operand::Kind::kConstant,
               add_constant(node().name + "." + info.name, std::move(choice.packed.at(constant++)))};
    } else if (const int64_t bytes = choice.implementation->scratch_bytes(step.params); bytes > 0) {
      place = {Operand::Kind::kBuffer, add_buffer(node().name + ".scratch", program::Buffer::Kind::kScratch, bytes)};
    }
    step.operands.push_back(place);
  }
  TMC_TRY(program::verify_extents(*program_, step));
  program_->steps.push_back(std::move(step));
  return {};
}

}  // namespace tmc::select
