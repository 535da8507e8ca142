// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/cpp/model_headers.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdlib>

#include "tmc/backend/cpp/literals.hpp"
#include "tmc/backend/cpp/naming.hpp"

namespace tmc::backend::cpp {
namespace {

// An input or output, with what its macros and classes are called.
struct Port {
  const program::Tensor& tensor;
  std::size_t arena;
  int64_t offset;
  std::string macro;     // "KWS_INT8_INPUT0"
  std::string type;      // "Input0"
  std::string accessor;  // "input0"
};

std::vector<Port> ports(const program::Program& program, bool inputs) {
  std::vector<Port> result;
  for (const int32_t index : inputs ? program.inputs : program.outputs) {
    const program::Tensor& tensor = program.tensors[static_cast<std::size_t>(index)];
    const program::Buffer& buffer = program.buffers[static_cast<std::size_t>(tensor.buffer)];
    const int64_t offset = buffer.offset + tensor.byte_offset;
    const std::size_t i = result.size();
    result.push_back({tensor, static_cast<std::size_t>(buffer.region), offset,
                      fmt::format("{}_{}{}", upper_case(program.name), inputs ? "INPUT" : "OUTPUT", i),
                      fmt::format("{}{}", inputs ? "Input" : "Output", i),
                      fmt::format("{}{}", inputs ? "input" : "output", i)});
  }
  return result;
}

std::vector<Port> all_ports(const program::Program& program) {
  std::vector<Port> all = ports(program, true);
  for (Port& port : ports(program, false)) all.push_back(std::move(port));
  return all;
}

bool quantized_per_tensor(const program::Tensor& tensor) {
  return !tensor.quantization.empty() && !tensor.quantization.per_axis();
}

std::string port_comment(const Port& port) {
  std::string text = fmt::format("// \"{}\": {} {}", comment_text(port.tensor.name), dtype_name(port.tensor.dtype),
                                 fmt::join(port.tensor.shape, "x"));
  if (quantized_per_tensor(port.tensor)) {
    const int32_t zero_point = port.tensor.quantization.zero_point();
    text += fmt::format(", real = {} * (value {} {})", port.tensor.quantization.scale(), zero_point < 0 ? '+' : '-',
                        std::abs(int64_t{zero_point}));
  }
  return text;
}

// A negative number in a macro needs parentheses of its own.
std::string c_int(int32_t value) {
  return value < 0 ? fmt::format("({})", value) : fmt::format("{}", value);
}

std::string port_macros(const program::Program& program, const Port& port) {
  std::string text = fmt::format("{0}\n#define {1}_BYTES {2}\n#define {1}_OFFSET {3}\n", port_comment(port), port.macro,
                                 port.tensor.bytes(), port.offset);
  if (program.regions.size() > 1) text += fmt::format("#define {}_ARENA {}\n", port.macro, port.arena);
  if (quantized_per_tensor(port.tensor)) {
    text += fmt::format("#define {0}_SCALE {1}\n#define {0}_ZERO_POINT {2}\n", port.macro,
                        float_literal(port.tensor.quantization.scale()), c_int(port.tensor.quantization.zero_point()));
  }
  return text;
}

std::string_view overwrite_rule(const program::Program& program) {
  return program.keep_inputs ? "A run leaves the inputs as they are."
                             : "A run may overwrite the inputs (compile with --keep-inputs to keep them).";
}

std::string port_class(const Port& port) {
  const program::Tensor& tensor = port.tensor;
  std::string dims;
  for (const int64_t dim : tensor.shape) dims += fmt::format("{}{}", dims.empty() ? "" : ", ", dim);
  std::string text = fmt::format(R"(
{0}
struct {1} {{
  using Element = {2};
  static constexpr const char* kName = {3};
  static constexpr const char* kDType = "{4}";
  static constexpr size_t kRank = {5};
  static constexpr size_t kShape[] = {{{6}}};
  static constexpr size_t kElements = {7};
  static constexpr size_t kBytes = {8};
  static constexpr size_t kOffset = {9};
)",
                                 port_comment(port), port.type, element_type(tensor.dtype), string_literal(tensor.name),
                                 dtype_name(tensor.dtype), tensor.shape.rank(), dims.empty() ? "1" : dims,
                                 tensor.shape.elements(), tensor.bytes(), port.offset);
  if (quantized_per_tensor(tensor)) {
    text += fmt::format("  static constexpr float kScale = {};\n  static constexpr int32_t kZeroPoint = {};\n",
                        float_literal(tensor.quantization.scale()), tensor.quantization.zero_point());
  }
  return text + "};\n";
}

int64_t blob_bytes(const program::Program& program) {
  int64_t bytes = 0;
  for (const program::Constant& constant : program.constants) bytes += std::ssize(constant.blob.bytes);
  return bytes;
}

std::string budget_assertions(const Options& options) {
  std::string text;
  if (options.flash_budget_bytes) {
    text += fmt::format("static_assert(kConstantBytes <= {}, \"the constants alone exceed the flash budget\");\n",
                        *options.flash_budget_bytes);
  }
  if (options.ram_budget_bytes) {
    text += fmt::format("static_assert(kArenaBytes <= {}, \"the arena alone exceeds the RAM budget\");\n",
                        *options.ram_budget_bytes);
  }
  return text;
}

struct ConstantText {
  std::string name;

  std::string operator()(std::int64_t value) const { return fmt::format("int64_t {} = {};", name, value); }
  std::string operator()(double value) const { return fmt::format("float {} = {};", name, literal(value)); }
  std::string operator()(const std::string& value) const {
    return fmt::format("const char* {} = {};", name, string_literal(value));
  }
  std::string operator()(const std::vector<double>& values) const {
    std::vector<std::string> literals;
    for (const double value : values) literals.push_back(literal(value));
    return fmt::format("float {}[] = {{{}}};", name, fmt::join(literals, ", "));
  }
  std::string operator()(const std::vector<std::string>& values) const {
    std::vector<std::string> literals;
    for (const std::string& value : values) literals.push_back("    " + string_literal(value));
    return fmt::format("const char* {}[] = {{\n{},\n}};", name, fmt::join(literals, ",\n"));
  }

  static std::string literal(double value) { return float_literal(static_cast<float>(value)); }
};

std::string header_constants(const Options& options) {
  std::string text;
  for (const HeaderConstant& constant : options.constants) {
    text += text.empty() ? "\n// How inputs are made and what outputs are called (compile --preprocess).\n" : "";
    if (!constant.comment.empty()) text += fmt::format("// {}\n", constant.comment);
    text += "inline constexpr " + std::visit(ConstantText{constant.name}, constant.value) + "\n";
  }
  return text;
}

constexpr std::string_view kSpan = R"(
// A view of an input or output within the arena.
template <typename T, size_t kCount>
class Span {
 public:
  constexpr explicit Span(T* data) : data_(data) {}
  constexpr T* data() const { return data_; }
  static constexpr size_t size() { return kCount; }
  constexpr T* begin() const { return data_; }
  constexpr T* end() const { return data_ + kCount; }
  constexpr T& operator[](size_t index) const { return data_[index]; }

 private:
  T* data_;
};
)";

// "arena" where there is one, "arena1" where there are several.
std::string arena_suffix(const program::Program& program, std::size_t arena) {
  return program.regions.size() > 1 ? std::to_string(arena) : "";
}

// "void* arena", or "void* arena0, void* arena1".
std::string arena_list(const program::Program& program, std::string_view format) {
  std::vector<std::string> items;
  for (std::size_t i = 0; i < program.regions.size(); ++i) {
    items.push_back(fmt::format(fmt::runtime(format), arena_suffix(program, i)));
  }
  return fmt::format("{}", fmt::join(items, ", "));
}

std::string arena_classes(const program::Program& program) {
  if (program.regions.size() == 1) {
    return fmt::format(R"(
// The working memory of a run. Whoever declares one decides where it lies; it needs no initial value.
struct alignas({}) Arena {{
  unsigned char bytes[kArenaBytes];
}};
)",
                       program::kAlignBytes);
  }
  std::string text;
  for (std::size_t i = 0; i < program.regions.size(); ++i) {
    text += fmt::format(R"(
// The part of a run's working memory that belongs into {0}; it needs no initial value.
struct alignas({1}) Arena{2} {{
  static constexpr const char* kRegion = {3};
  unsigned char bytes[{4}];
}};
)",
                        comment_text(program.regions[i].name), program::kAlignBytes, i,
                        string_literal(program.regions[i].name), program.regions[i].used_bytes);
  }
  return text;
}

// Of the class of a model with a state.
std::string state_members(const program::Program& program) {
  if (program.state_buffer == program::Program::kNone) return "";
  const program::Buffer& state = program.buffers[static_cast<std::size_t>(program.state_buffer)];
  return fmt::format(R"(
  // What lasts from one run to the next, to be saved and restored; before the first run it is reset.
  Span<unsigned char, {0}> state() const {{ return Span<unsigned char, {0}>(arena{1}_ + {2}); }}
  void reset() const {{ {3}_reset({4}); }}
)",
                     state.bytes, arena_suffix(program, static_cast<std::size_t>(state.region)), state.offset,
                     program.name, arena_list(program, "arena{}_"));
}

std::string model_class(const program::Program& program) {
  std::string accessors;
  for (const Port& port : all_ports(program)) {
    const std::string constness = port.type.starts_with("Output") ? "const " : "";
    accessors += fmt::format(
        "  Span<{0}{1}::Element, {1}::kElements> {2}() const {{ return at<{0}{1}::Element, {1}>(arena{3}_); }}\n",
        constness, port.type, port.accessor, arena_suffix(program, port.arena));
  }
  std::string members;
  for (std::size_t i = 0; i < program.regions.size(); ++i) {
    members += fmt::format("  unsigned char* arena{}_;\n", arena_suffix(program, i));
  }
  return fmt::format(R"(
// The model in {1}, which must outlive it. Models in different arenas run independently of each other.
// {0}
class Model {{
 public:
  explicit Model({2}) : {3} {{}}

{4}
  void run() const {{ {5}_run({6}); }}
{8}
 private:
  template <typename Element, typename Port>
  static Span<Element, Port::kElements> at(unsigned char* arena) {{
    return Span<Element, Port::kElements>(static_cast<Element*>(static_cast<void*>(arena + Port::kOffset)));
  }}

{7}}};
)",
                     overwrite_rule(program), program.regions.size() > 1 ? "its arenas" : "an arena",
                     arena_list(program, "Arena{0}& arena{0}"), arena_list(program, "arena{0}_(arena{0}.bytes)"),
                     accessors, program.name, arena_list(program, "arena{}_"), members, state_members(program));
}

std::string arena_macros(const program::Program& program, const std::string& upper) {
  std::string text = fmt::format("#define {0}_ARENA_BYTES {1}\n#define {0}_ARENA_ALIGN {2}\n", upper,
                                 program.arena_bytes(), program::kAlignBytes);
  if (program.regions.size() == 1) {
    return "// The arena holds inputs, outputs and everything in between; it needs no initial value.\n" + text;
  }
  text += fmt::format("#define {}_ARENA_COUNT {}\n", upper, program.regions.size());
  for (std::size_t i = 0; i < program.regions.size(); ++i) {
    text += fmt::format("#define {0}_ARENA{1}_REGION {2}\n#define {0}_ARENA{1}_BYTES {3}\n", upper, i,
                        string_literal(program.regions[i].name), program.regions[i].used_bytes);
  }
  return "// Inputs, outputs and everything in between lie in several arenas, each in a memory of its own and of "
         "these\n"
         "// sizes together; they need no initial value.\n" +
         text;
}

// Nothing of a model without a state.
std::string state_macros(const program::Program& program, const std::string& upper) {
  if (program.state_buffer == program::Program::kNone) return "";
  const program::Buffer& state = program.buffers[static_cast<std::size_t>(program.state_buffer)];
  std::string text = fmt::format(
      "// What lasts from one run to the next: these bytes of the arena, which may be saved and restored. Others may "
      "be\n"
      "// used between runs.\n#define {0}_STATE_BYTES {1}\n#define {0}_STATE_OFFSET {2}\n",
      upper, state.bytes, state.offset);
  if (program.regions.size() > 1) text += fmt::format("#define {}_STATE_ARENA {}\n", upper, state.region);
  return text + "\n";
}

std::string run_declarations(const program::Program& program) {
  const std::string arenas = arena_list(program, "void* arena{}");
  if (program.state_buffer == program::Program::kNone) {
    return fmt::format(
        "// Computes the outputs from the inputs. Keeps nothing between calls and outside the arena: calls with "
        "different "
        "arenas\n// may overlap in time.\nvoid {}_run({});\n",
        program.name, arenas);
  }
  return fmt::format(
      "// Makes the state what it is before the first run.\nvoid {0}_reset({1});\n\n// Computes the outputs and the "
      "next "
      "state from the inputs and the state. Keeps nothing outside the arena: calls with\n// different arenas may "
      "overlap in "
      "time.\nvoid {0}_run({1});\n",
      program.name, arenas);
}

}  // namespace

std::string c_header(const program::Program& program, const std::string& further) {
  const std::string upper = upper_case(program.name);
  std::string macros;
  for (const Port& port : all_ports(program)) macros += fmt::format("\n{}", port_macros(program, port));
  return fmt::format(R"(// Generated by tinymlc: model {0} for C and C++.
#ifndef {1}_MODEL_H
#define {1}_MODEL_H

{2}
{8}// Inputs and outputs lie in the arena, at these offsets.
// {3}
#define {1}_INPUT_COUNT {4}
#define {1}_OUTPUT_COUNT {5}
{6}
#ifdef __cplusplus
extern "C" {{
#endif

{7}
#ifdef __cplusplus
}}
#endif

#endif  // {1}_MODEL_H
)",
                     program.name, upper, arena_macros(program, upper), overwrite_rule(program), program.inputs.size(),
                     program.outputs.size(), macros, further + run_declarations(program), state_macros(program, upper));
}

std::string cpp_header(const program::Program& program, const Options& options) {
  const std::string upper = upper_case(program.name);
  std::string port_classes;
  for (const Port& port : all_ports(program)) port_classes += port_class(port);
  std::string text =
      fmt::format(R"(// Generated by tinymlc: model {0} for C++17 and up.
#ifndef {1}_MODEL_HPP
#define {1}_MODEL_HPP

#include <stddef.h>
#include <stdint.h>

#include "model.h"

namespace {0} {{

inline constexpr size_t kArenaBytes = {1}_ARENA_BYTES;{3}
inline constexpr size_t kConstantBytes = {2};  // weights, scales, biases and tables, in flash
inline constexpr size_t kInputCount = {1}_INPUT_COUNT;
inline constexpr size_t kOutputCount = {1}_OUTPUT_COUNT;
)",
                  program.name, upper, blob_bytes(program), program.regions.size() > 1 ? "  // of all arenas" : "");
  text += budget_assertions(options);
  text += header_constants(options);
  text += port_classes;
  text += kSpan;
  text += arena_classes(program);
  text += model_class(program);
  return text + fmt::format("\n}}  // namespace {}\n\n#endif  // {}_MODEL_HPP\n", program.name, upper);
}

}  // namespace tmc::backend::cpp
