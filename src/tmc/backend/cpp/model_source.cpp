// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/cpp/model_source.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "tmc/backend/cpp/literals.hpp"
#include "tmc/backend/cpp/naming.hpp"
#include "tmc/backend/cpp/weights.hpp"
#include "tmc/backend/cpp/wrapped_list.hpp"

namespace tmc::backend::cpp {
namespace {

using kernels::Role;
using program::Operand;

constexpr std::string_view kStepHook = R"(
#ifdef TMC_STEP_HOOK
extern "C" void tmc_step_hook(unsigned step);
#define TMC_STEP_DONE(step) tmc_step_hook(step)
#else
#define TMC_STEP_DONE(step) static_cast<void>(0)
#endif

// Steps hand tensors to one another in other types than they are stored in: a copy moves floats as integers. So a
// compiler must not conclude from the types that nobody reads what a step writes, and leave the step out.
#ifdef __GNUC__
#define TMC_STEP_TOUCHES_MEMORY() __asm__ volatile("" ::: "memory")
#else
#define TMC_STEP_TOUCHES_MEMORY() static_cast<void>(0)
#endif

// Addresses in an arena are computed anew for every step. A compiler that knows them to be the same keeps those of many
// steps at once, in registers that it has to save and in the stack, below which every step runs.
#ifdef __GNUC__
#define TMC_NEW_ADDRESS(base) __asm__("" : "+r"(base))
#else
#define TMC_NEW_ADDRESS(base) static_cast<void>(0)
#endif
)";

constexpr std::string_view kPointerTypes = R"(
// An address, as whatever type of pointer a kernel's Buffers ask for.
struct Source {
  const void* address;
  template <typename T>
  operator const T*() const {
    return static_cast<const T*>(address);
  }
};
struct Place {
  void* address;
  template <typename T>
  operator T*() const {
    return static_cast<T*>(address);
  }
};
)";

std::string includes(const std::vector<program::Instance>& instances) {
  std::set<std::string> headers = {"weights.hpp"};
  for (const program::Instance& instance : instances) {
    for (const char* header : instance.implementation->headers()) headers.insert(header);
  }
  std::string text = "#include \"model.h\"\n\n#include <stdint.h>\n\n";
  for (const std::string& header : headers) text += fmt::format("#include \"{}\"\n", header);
  return text;
}

// As model.cpp names an implementation: `kernels` and `function` are aliases there for the namespaces of this version.
std::string type_of(const kernels::ImplementationInfo& implementation) {
  constexpr std::string_view kRoot = "tmc::";
  std::string name = implementation.type_name;
  for (std::size_t at = name.find(kRoot); at != name.npos; at = name.find(kRoot)) name.erase(at, kRoot.size());
  return name;
}

bool is_written(const kernels::BufferInfo& buffer) {
  return buffer.role == Role::kOutput || buffer.role == Role::kScratch;
}

// The function takes the pointers one by one, because Buffers built by the caller would all lie in its stack frame.
// Inlining the whole implementation (flatten) takes a specialised instance's constants to the innermost loop, and saves
// the copies of Params on the stack.
std::string instance_definition(const program::Instance& instance) {
  const std::string type = type_of(*instance.implementation);
  std::vector<std::string> parameters, buffers;
  if (!instance.params) parameters.push_back(fmt::format("const {}::Params& params", type));
  for (const kernels::BufferInfo& buffer : instance.implementation->kernel->buffers) {
    parameters.push_back(fmt::format("{}void* {}", is_written(buffer) ? "" : "const ", buffer.name));
    buffers.push_back(fmt::format("{}{{{}}}", is_written(buffer) ? "Place" : "Source", buffer.name));
  }
  std::string constants;
  if (instance.params) {
    const kernels::KernelInfo& kernel = *instance.implementation->kernel;
    const std::vector<ParamWord> words = param_words(kernel, *instance.params);
    for (const std::size_t word : instance.passed) parameters.push_back(words[word].type + " " + words[word].name);
    constants = fmt::format("  {} {}::Params params = {{\n{}}};\n", instance.passed.empty() ? "constexpr" : "const",
                            type, params_literal(kernel, *instance.params, "      ", instance.passed));
  }
  return fmt::format(
      "\n// step{} {}\n[[gnu::noinline{}]] void {}({}) {{\n  TMC_STEP_TOUCHES_MEMORY();\n{}  "
      "{}::run(params, {{{}}});\n}}\n",
      instance.steps.size() == 1 ? "" : "s", fmt::join(instance.steps, ", "),
      instance.inline_all ? ", gnu::flatten" : "", instance.function, fmt::join(parameters, ", "), constants, type,
      fmt::join(buffers, ", "));
}

// The Params of a general instance's step: those of the first of its steps that has the same.
std::string params_name(const program::Program& program, const program::Instance& instance, int32_t step) {
  const auto params_of = [&](int32_t index) { return program.steps[static_cast<std::size_t>(index)].params; };
  return fmt::format("kParamsOfStep{}", *std::ranges::find(instance.steps, params_of(step), params_of));
}

// What the steps of a general instance pass to it: constants, so that a call costs an address.
std::string params_definitions(const program::Program& program, const program::Instance& instance) {
  std::string text;
  std::set<std::string> defined;
  for (const int32_t index : instance.steps) {
    const program::Step& step = program.steps[static_cast<std::size_t>(index)];
    const std::string name = params_name(program, instance, index);
    if (!defined.insert(name).second) continue;
    text += fmt::format("constexpr {}::Params {} = {{\n{}}};\n", type_of(*step.implementation), name,
                        params_literal(*step.implementation->kernel, step.params, "    "));
  }
  return text;
}

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
    bases += fmt::format("  unsigned char* {0} = static_cast<unsigned char*>({1});\n  static_cast<void>({0});\n",
                         base, parameters.back().substr(6));
  }
  return fmt::format("\nextern \"C\" void {}_{}({}) {{\n{}", program.name, function, fmt::join(parameters, ", "),
                     bases);
}

// Nothing where the model has no state.
std::string reset_function(const program::Program& program) {
  if (program.state_buffer == program::Program::kNone) return "";
  const program::Buffer& state = program.buffers[static_cast<std::size_t>(program.state_buffer)];
  const std::string value =
      program.initial_state == program::Program::kNone ? "0" : constant_name(program, program.initial_state) + "[i]";
  return function_begin(program, "reset") + fmt::format("  for (int32_t i = 0; i < {}; ++i) ({} + {})[i] = {};\n}}\n",
                                                        state.bytes, base_name(program, state.region), state.offset,
                                                        value);
}

std::string operand_text(const program::Program& program, const program::Step& step, const Operand& operand) {
  switch (operand.kind) {
    case Operand::Kind::kNone:
      break;
    case Operand::Kind::kBuffer: {
      const program::Buffer& buffer = program.buffers[static_cast<std::size_t>(operand.index)];
      const int64_t begin = buffer.offset + program::begin_of(operand, 0, program::trips_of(program, step));
      const std::string text = fmt::format("{} + {}", base_name(program, buffer.region), begin);
      return operand.advance_bytes == 0 ? text : fmt::format("{} + trip * {}", text, operand.advance_bytes);
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

std::string step_call(const program::Program& program, const program::Instance& instance, int32_t index) {
  const program::Step& step = program.steps[static_cast<std::size_t>(index)];
  WrappedList arguments("      ");
  if (!instance.params) arguments.append(params_name(program, instance, index));
  for (std::size_t i = 0; i < step.operands.size(); ++i) {
    arguments.append(fmt::format("/*{}*/ {}", step.implementation->kernel->buffers[i].name,
                                 operand_text(program, step, step.operands[i])));
  }
  const std::vector<ParamWord> words = param_words(*step.implementation->kernel, step.params);
  for (const std::size_t word : instance.passed) {
    arguments.append(fmt::format("/*{}*/ {}", words[word].name, words[word].literal));
  }
  std::string bases;
  for (int32_t region = 0; region < std::ssize(program.regions); ++region) {
    bases += fmt::format("  TMC_NEW_ADDRESS({});\n", base_name(program, region));
  }
  return fmt::format("  // {}: {} \"{}\": {} -> {}\n{}  {}(\n{});\n", index, comment_text(step.op),
                     comment_text(step.name), tensors_text(program, index, Role::kInput),
                     tensors_text(program, index, Role::kOutput), bases, instance.function, arguments.text());
}

// The steps from `first` on that run as one. Those of a loop are done together, after its last trip.
std::string loop_calls(const program::Program& program, const std::vector<const program::Instance*>& instance_of,
                       int32_t first) {
  const program::Step& step = program.steps[static_cast<std::size_t>(first)];
  std::string text;
  std::string done;
  for (int32_t i = first; i < program::end_of_loop(program, first); ++i) {
    text += step_call(program, *instance_of[static_cast<std::size_t>(i)], i);
    done += fmt::format("  TMC_STEP_DONE({});\n", i);
  }
  if (step.loop < 0) return text + done;
  return fmt::format("  for (int32_t trip = 0; trip < {}; ++trip) {{\n{}  }}\n{}", program::trips_of(program, step),
                     text, done);
}

}  // namespace

std::string model_source(const program::Program& program, const std::vector<program::Instance>& instances,
                         const std::string& version, bool assembly) {
  std::string text =
      fmt::format("// Generated by tinymlc: model {} for target {}.\n", program.name, comment_text(program.target));
  if (!assembly) text += "#define TMC_NO_ASM 1\n";
  text += includes(instances);
  text += kStepHook;
  text +=
      fmt::format("\nnamespace {} {{\nnamespace {{\n\nnamespace kernels = tmc::{}::kernels;\n", program.name, version);
  const bool has_functions = std::ranges::any_of(
      instances, [](const program::Instance& instance) { return instance.implementation->function_header != nullptr; });
  if (has_functions) text += fmt::format("namespace function = tmc::{}::function;\n", version);
  text += kPointerTypes;
  std::vector<const program::Instance*> instance_of(program.steps.size());
  for (const program::Instance& instance : instances) {
    for (const int32_t step : instance.steps) instance_of[static_cast<std::size_t>(step)] = &instance;
    text += instance_definition(instance);
    if (!instance.params) text += params_definitions(program, instance);
  }
  text += "\n}  // namespace\n";
  text += reset_function(program);
  text += function_begin(program, "run");
  for (int32_t i = 0; i < std::ssize(program.steps); i = program::end_of_loop(program, i)) {
    text += loop_calls(program, instance_of, i);
  }
  return text + fmt::format("}}\n\n}}  // namespace {}\n", program.name);
}

}  // namespace tmc::backend::cpp
