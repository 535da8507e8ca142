// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/cpp/model_source.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "tmc/backend/cpp/literals.hpp"
#include "tmc/backend/cpp/naming.hpp"
#include "tmc/backend/cpp/run_function.hpp"
#include "tmc/backend/cpp/wrapped_list.hpp"
#include "tmc/program/params_record.hpp"

namespace tmc::backend::cpp {
namespace {

using kernels::Role;

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

// What the steps of a general instance hand to it of their Params.
std::string record_name(const program::Instance& instance) {
  return "ParamsOf_" + instance.function;
}

std::string record_definition(const program::Program& program, const program::Instance& instance) {
  const program::Step& first = program.steps[static_cast<std::size_t>(instance.steps.front())];
  const std::vector<ParamWord> words = param_words(*instance.implementation->kernel, first.params);
  std::string fields;
  for (const program::RecordField& field : program::params_record(program, instance)) {
    const ParamWord& word = words[field.word];
    fields +=
        fmt::format("  {} {};\n", field.bytes == 4 ? word.type : fmt::format("int{}_t", 8 * field.bytes), word.name);
  }
  return fmt::format("\nstruct {} {{\n{}}};\n", record_name(instance), fields);
}

// The Params of an instance: constants but for the words that its steps pass, each by itself or in a record.
std::string params_definition(const program::Program& program, const program::Instance& instance) {
  std::vector<std::size_t> named = instance.passed;
  for (const program::RecordField& field : program::params_record(program, instance)) named.push_back(field.word);
  const std::vector<int32_t>& words = program.steps[static_cast<std::size_t>(instance.steps.front())].params;
  return fmt::format(
      "  {} {}::Params params = {{\n{}}};\n", named.empty() ? "constexpr" : "const", type_of(*instance.implementation),
      params_literal(*instance.implementation->kernel, words, "      ", named, instance.params ? "" : "step."));
}

// The function takes the pointers one by one, because Buffers built by the caller would all lie in its stack frame.
// Inlining the whole implementation (flatten) takes a specialised instance's constants to the innermost loop, and saves
// the copies of Params on the stack.
std::string instance_definition(const program::Program& program, const program::Instance& instance) {
  const kernels::KernelInfo& kernel = *instance.implementation->kernel;
  std::vector<std::string> parameters, buffers;
  if (!instance.params) parameters.push_back(fmt::format("const {}& step", record_name(instance)));
  for (const kernels::BufferInfo& buffer : kernel.buffers) {
    parameters.push_back(fmt::format("{}void* {}", is_written(buffer) ? "" : "const ", buffer.name));
    buffers.push_back(fmt::format("{}{{{}}}", is_written(buffer) ? "Place" : "Source", buffer.name));
  }
  if (instance.params) {
    const std::vector<ParamWord> words = param_words(kernel, *instance.params);
    for (const std::size_t word : instance.passed) parameters.push_back(words[word].type + " " + words[word].name);
  }
  return fmt::format(
      "\n// step{} {}\n[[gnu::noinline{}]] void {}({}) {{\n  TMC_STEP_TOUCHES_MEMORY();\n{}  "
      "{}::run(params, {{{}}});\n}}\n",
      instance.steps.size() == 1 ? "" : "s", fmt::join(instance.steps, ", "),
      instance.inline_all ? ", gnu::flatten" : "", instance.function, fmt::join(parameters, ", "),
      params_definition(program, instance), type_of(*instance.implementation), fmt::join(buffers, ", "));
}

// The records of a general instance's steps: constants, so that a call costs an address.
std::string records(const program::Program& program, const program::Instance& instance) {
  const std::vector<program::RecordField> fields = program::params_record(program, instance);
  std::string text;
  std::set<std::string> defined;
  for (const int32_t index : instance.steps) {
    const program::Step& step = program.steps[static_cast<std::size_t>(index)];
    const std::string name = params_name(program, instance, index);
    if (!defined.insert(name).second) continue;
    const std::vector<ParamWord> words = param_words(*step.implementation->kernel, step.params);
    WrappedList values("    ");
    for (const program::RecordField& field : fields)
      values.append(fmt::format("/*{}*/ {}", words[field.word].name, words[field.word].literal));
    text += fmt::format("constexpr {} {} = {{\n{}}};\n", record_name(instance), name, values.text());
  }
  return text;
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
  for (const program::Instance& instance : instances) {
    if (!instance.params) text += record_definition(program, instance);
    text += instance_definition(program, instance);
    if (!instance.params) text += records(program, instance);
  }
  text += "\n}  // namespace\n";
  text += reset_function(program);
  text += run_function(program, instances);
  return text + fmt::format("\n}}  // namespace {}\n", program.name);
}

}  // namespace tmc::backend::cpp
