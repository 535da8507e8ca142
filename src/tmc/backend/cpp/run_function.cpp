// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/cpp/run_function.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "tmc/backend/cpp/literals.hpp"
#include "tmc/backend/cpp/naming.hpp"
#include "tmc/backend/cpp/weights.hpp"
#include "tmc/backend/cpp/wrapped_list.hpp"
#include "tmc/program/repeats.hpp"

namespace tmc::backend::cpp {
namespace {

using kernels::Role;
using program::Operand;

// The address of an arena in the run function.
std::string base_name(const program::Program& program, int32_t region) {
  return program.regions.size() > 1 ? fmt::format("base{}", region) : "base";
}

// `function` of the model, up to where its arenas have names.
std::string function_begin(const program::Program& program, std::string_view function) {
  std::vector<std::string> parameters;
  std::string bases;
  for (std::size_t i = 0; i < program.regions.size(); ++i) {
    const std::string base = base_name(program, static_cast<int32_t>(i));
    parameters.push_back("void* arena" + base.substr(4));
    bases += fmt::format("  unsigned char* {0} = static_cast<unsigned char*>({1});\n  static_cast<void>({0});\n", base,
                         parameters.back().substr(6));
  }
  return fmt::format("\nextern \"C\" void {}_{}({}) {{\n{}", program.name, function, fmt::join(parameters, ", "),
                     bases);
}

std::string operand_text(const program::Program& program, const program::Step& step, const Operand& operand,
                         int64_t advance_bytes) {
  switch (operand.kind) {
    case Operand::Kind::kNone:
      break;
    case Operand::Kind::kBuffer: {
      const program::Buffer& buffer = program.buffers[static_cast<std::size_t>(operand.index)];
      const int64_t begin = buffer.offset + program::begin_of(operand, 0, program::trips_of(program, step));
      const std::string text = fmt::format("{} + {}", base_name(program, buffer.region), begin);
      return advance_bytes == 0 ? text : fmt::format("{} + trip * {}", text, advance_bytes);
    }
    case Operand::Kind::kConstant:
      return constant_name(program, operand.index);
  }
  return "nullptr";
}

// The tensor that an operand of a step means: the latest one that was written to its place. Null for scratch.
const program::Tensor* tensor_at(const program::Program& program, const Operand& operand, Role role, int32_t step) {
  const program::Tensor* latest = nullptr;
  for (const program::Tensor& tensor : program.tensors) {
    if (tensor.buffer != operand.index || tensor.byte_offset != operand.byte_offset) continue;
    const bool matches = role == Role::kOutput ? tensor.step == step : tensor.step < step;
    if (matches && (!latest || tensor.step > latest->step)) latest = &tensor;
  }
  return latest;
}

// "1x49x10x1 i8, 1x12 i8": the tensors that a step reads, or writes.
std::string tensors_text(const program::Program& program, int32_t step_index, Role role) {
  const program::Step& step = program.steps[static_cast<std::size_t>(step_index)];
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < step.operands.size(); ++i) {
    if (step.operands[i].kind != Operand::Kind::kBuffer || step.implementation->kernel->buffers[i].role != role)
      continue;
    const program::Tensor* tensor = tensor_at(program, step.operands[i], role, step_index);
    if (tensor) texts.push_back(fmt::format("{} {}", fmt::join(tensor->shape, "x"), dtype_name(tensor->dtype)));
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string new_addresses(const program::Program& program) {
  std::string text;
  for (int32_t region = 0; region < std::ssize(program.regions); ++region) {
    text += fmt::format("  TMC_NEW_ADDRESS({});\n", base_name(program, region));
  }
  return text;
}

// `advance_bytes`: of each operand, in a loop.
std::string step_call(const program::Program& program, const program::Instance& instance, int32_t index,
                      const std::vector<int64_t>& advance_bytes) {
  const program::Step& step = program.steps[static_cast<std::size_t>(index)];
  WrappedList arguments("      ");
  if (!instance.params) arguments.append(params_name(program, instance, index));
  for (std::size_t i = 0; i < step.operands.size(); ++i) {
    arguments.append(fmt::format("/*{}*/ {}", step.implementation->kernel->buffers[i].name,
                                 operand_text(program, step, step.operands[i], advance_bytes[i])));
  }
  const std::vector<ParamWord> words = param_words(*step.implementation->kernel, step.params);
  for (const std::size_t word : instance.passed) {
    arguments.append(fmt::format("/*{}*/ {}", words[word].name, words[word].literal));
  }
  return fmt::format("  // {}: {} \"{}\": {} -> {}\n{}  {}(\n{});\n", index, comment_text(step.op),
                     comment_text(step.name), tensors_text(program, index, Role::kInput),
                     tensors_text(program, index, Role::kOutput), new_addresses(program), instance.function,
                     arguments.text());
}

constexpr std::string_view kLoopBegin = "  for (int32_t trip = 0; trip < {}; ++trip) {{\n";

using InstanceOfStep = std::vector<const program::Instance*>;

// The steps from `first` on that run as one. Those of a loop are done together, after its last trip.
std::string loop_calls(const program::Program& program, const InstanceOfStep& instance_of, int32_t first) {
  const program::Step& step = program.steps[static_cast<std::size_t>(first)];
  std::string text;
  std::string done;
  for (int32_t i = first; i < program::end_of_loop(program, first); ++i) {
    std::vector<int64_t> advance_bytes;
    for (const Operand& operand : program.steps[static_cast<std::size_t>(i)].operands) {
      advance_bytes.push_back(operand.advance_bytes);
    }
    text += step_call(program, *instance_of[static_cast<std::size_t>(i)], i, advance_bytes);
    done += fmt::format("  TMC_STEP_DONE({});\n", i);
  }
  if (step.loop < 0) return text + done;
  return fmt::format(kLoopBegin, program::trips_of(program, step)) + text + "  }\n" + done;
}

// Steps that repeat, the first trip standing for all. Each is done in its turn.
std::string repeat_calls(const program::Program& program, const InstanceOfStep& instance_of,
                         const program::Repeat& repeat) {
  std::string text = fmt::format(kLoopBegin, repeat.trips);
  for (int32_t i = 0; i < repeat.period; ++i) {
    const int32_t step = repeat.first + i;
    text += step_call(program, *instance_of[static_cast<std::size_t>(step)], step,
                      repeat.advance_bytes[static_cast<std::size_t>(i)]);
    text += fmt::format("  TMC_STEP_DONE({} + trip * {});\n", step, repeat.period);
  }
  return text + "  }\n";
}

}  // namespace

std::string params_name(const program::Program& program, const program::Instance& instance, int32_t step) {
  const auto params_of = [&](int32_t index) { return program.steps[static_cast<std::size_t>(index)].params; };
  return fmt::format("kParamsOfStep{}", *std::ranges::find(instance.steps, params_of(step), params_of));
}

std::string reset_function(const program::Program& program) {
  if (program.state_buffer == program::Program::kNone) return "";
  const program::Buffer& state = program.buffers[static_cast<std::size_t>(program.state_buffer)];
  const std::string value =
      program.initial_state == program::Program::kNone ? "0" : constant_name(program, program.initial_state) + "[i]";
  return function_begin(program, "reset") + fmt::format("  for (int32_t i = 0; i < {}; ++i) ({} + {})[i] = {};\n}}\n",
                                                        state.bytes, base_name(program, state.region), state.offset,
                                                        value);
}

std::string run_function(const program::Program& program, const std::vector<program::Instance>& instances) {
  InstanceOfStep instance_of(program.steps.size());
  for (const program::Instance& instance : instances) {
    for (const int32_t step : instance.steps) instance_of[static_cast<std::size_t>(step)] = &instance;
  }
  const std::vector<program::Repeat> repeats = program::find_repeats(program);
  auto next = repeats.begin();
  std::string text = function_begin(program, "run");
  for (int32_t i = 0; i < std::ssize(program.steps);) {
    if (next != repeats.end() && next->first == i) {
      text += repeat_calls(program, instance_of, *next);
      i = next++->end();
    } else {
      text += loop_calls(program, instance_of, i);
      i = program::end_of_loop(program, i);
    }
  }
  return text + "}\n";
}

}  // namespace tmc::backend::cpp
