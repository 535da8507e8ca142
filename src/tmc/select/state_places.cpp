// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/state_places.hpp"

#include <algorithm>
#include <string_view>

#include "tmc/kernels/contract/copy.hpp"

namespace tmc::select {
namespace {

using kernels::Overlap;
using kernels::Role;
using program::Operand;
using program::Program;
using program::Step;

bool is_of(const Operand& operand, int32_t buffer) {
  return operand.kind == Operand::Kind::kBuffer && operand.index == buffer;
}

Role role_of(const Step& step, size_t operand) {
  return step.implementation->kernel->buffers[operand].role;
}

bool touches(const Step& step, int32_t buffer) {
  return std::ranges::any_of(step.operands, [buffer](const Operand& operand) { return is_of(operand, buffer); });
}

bool writes(const Step& step, int32_t buffer) {
  for (size_t i = 0; i < step.operands.size(); ++i) {
    if (is_of(step.operands[i], buffer) && role_of(step, i) != Role::kInput) return true;
  }
  return false;
}

bool is_whole(const Program& program, const Operand& operand) {
  return operand.byte_offset == 0 &&
         (operand.bytes == 0 || operand.bytes == program.buffers[static_cast<size_t>(operand.index)].bytes);
}

bool is_whole_copy(const Program& program, const Step& step, int32_t old) {
  return std::string_view(step.implementation->kernel->name) == kernels::Copy::kName && is_of(step.operands[0], old) &&
         is_whole(program, step.operands[0]) && is_whole(program, step.operands[1]) &&
         kernels::from_words<kernels::Copy::Params>(step.params).rows == 1;
}

// Whether the output may lie in the same buffer as the input, by the rule of the implementation.
bool allows(const Overlap& rule, const Program& program, const Operand& input, const Operand& output) {
  const int64_t begins_ahead = input.byte_offset - output.byte_offset;
  switch (rule.kind) {
    case Overlap::Kind::kNever:
      return false;
    case Overlap::Kind::kForward:
      return begins_ahead + rule.slack_bytes >= 0;
    case Overlap::Kind::kBackward:
      return is_whole(program, input) && is_whole(program, output) && rule.slack_bytes >= 0;
    case Overlap::Kind::kSameBegin:
      return begins_ahead == 0;
  }
  return false;
}

// Whether the step may write to the new buffer what it makes of the old one, in one place.
bool may_run_over(const Program& program, const Step& step, int32_t old, int32_t fresh) {
  const Operand* output = nullptr;
  for (size_t i = 0; i < step.operands.size(); ++i) {
    if (role_of(step, i) != Role::kOutput) continue;
    if (output != nullptr) return !touches(step, old);  // rules are of steps with one output
    output = &step.operands[i];
  }
  if (output == nullptr || !is_of(*output, fresh)) return !touches(step, old);
  for (size_t i = 0; i < step.operands.size(); ++i) {
    if (!is_of(step.operands[i], old)) continue;
    const Overlap rule = step.implementation->overlap(step.params, static_cast<int>(i));
    if (!allows(rule, program, step.operands[i], *output)) return false;
  }
  return true;
}

void erase_step(Program& program, size_t step) {
  program.steps.erase(program.steps.begin() + static_cast<std::ptrdiff_t>(step));
  for (program::Tensor& tensor : program.tensors) {
    if (tensor.step >= static_cast<int32_t>(step)) --tensor.step;
  }
}

}  // namespace

bool write_over(Program& program, int32_t old, int32_t fresh) {
  const program::Buffer& place = program.buffers[static_cast<size_t>(fresh)];
  const bool is_port = place.kind != program::Buffer::Kind::kActivation;
  if (is_port || place.bytes != program.buffers[static_cast<size_t>(old)].bytes) return false;
  const auto first = std::ranges::find_if(program.steps, [&](const Step& step) { return writes(step, fresh); });
  if (first == program.steps.end()) return false;
  for (auto step = program.steps.begin(); step != program.steps.end(); ++step) {
    const bool is_read_later = step > first && touches(*step, old);
    const bool loops = step->loop >= 0 && (touches(*step, old) || touches(*step, fresh));
    if (is_read_later || loops) return false;
  }
  const bool is_copy = is_whole_copy(program, *first, old);
  if (!is_copy && !may_run_over(program, *first, old, fresh)) return false;
  if (is_copy) erase_step(program, static_cast<size_t>(first - program.steps.begin()));
  for (Step& step : program.steps) {
    for (Operand& operand : step.operands) {
      if (is_of(operand, fresh)) operand.index = old;
    }
  }
  for (program::Tensor& tensor : program.tensors) {
    if (tensor.buffer == fresh) tensor.buffer = old;
  }
  return true;
}

}  // namespace tmc::select
