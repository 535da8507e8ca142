// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/custom/adapter.hpp"

#include <fmt/ranges.h>

namespace tmc::custom {
namespace {

const char* element_type(DType dtype) {
  switch (dtype) {
    case DType::kI8:
      return "int8_t";
    case DType::kI16:
      return "int16_t";
    case DType::kI32:
      return "int32_t";
    default:
      return "float";
  }
}

std::string array_member(const char* name, size_t count) {
  return count == 1 ? fmt::format("    int32_t {};\n", name) : fmt::format("    int32_t {}[{}];\n", name, count);
}

std::string params_members(const Description& description) {
  std::string text = "    int32_t scratch_bytes;\n    int32_t shared_input;\n    int32_t instructions;\n";
  text += array_member("output_bytes", description.outputs.size());
  text += array_member("input_bytes", description.inputs.size());
  for (const Argument& argument : description.arguments) {
    if (argument.is_pointer()) continue;
    text += fmt::format("    {} {};\n", argument.is_real() ? "float" : "int32_t", param_name(argument));
  }
  return text;
}

std::string buffers_members(const Description& description) {
  std::string text;
  const size_t inputs = description.inputs.size();
  for (size_t i = 0; i < inputs + description.outputs.size(); ++i) {
    text += fmt::format("    {}{}* {};\n", i < inputs ? "const " : "", element_type(description.port(i).dtype),
                        buffer_name(description, i));
  }
  if (description.scratch_bytes) text += "    void* scratch;\n";
  return text;
}

std::string pointer_text(const Description& description, const Argument& argument) {
  if (argument.kind == Argument::Kind::kScratch) return "Scratch{buffers.scratch}";
  return "buffers." + buffer_name(description, argument.index);
}

// The function's arguments; where it has a struct, that comes first and has the numbers.
std::string call(const Description& description) {
  std::vector<std::string> passed, numbers;
  for (const Argument& argument : description.arguments) {
    if (argument.is_pointer()) {
      passed.push_back(pointer_text(description, argument));
    } else {
      (description.params.empty() ? passed : numbers).push_back("params." + param_name(argument));
    }
  }
  if (!description.params.empty()) {
    passed.insert(passed.begin(), fmt::format("::{}{{{}}}", description.params, fmt::join(numbers, ", ")));
  }
  return fmt::format("::{}({})", description.function, fmt::join(passed, ", "));
}

constexpr std::string_view kScratch = R"(
  // Working memory, as whatever type of pointer the function asks for.
  struct Scratch {
    void* address;
    template <typename T>
    operator T*() const {
      return static_cast<T*>(address);
    }
  };
)";

}  // namespace

std::string adapter_path(const Description& description) {
  return fmt::format("tmc/kernels/custom/{}.hpp", description.name);
}

std::string adapter_type(const Description& description) {
  return fmt::format("tmc::kernels::custom::{}_operator", description.name);
}

std::string buffer_name(const Description& description, size_t port) {
  return (port < description.inputs.size() ? "in_" : "out_") + description.port(port).name;
}

std::string param_name(const Argument& argument) {
  return "arg_" + argument.name;
}

std::string adapter_text(const Description& description, const std::string& digest) {
  return fmt::format(R"(// The operator {0} as a kernel: calls {1} of custom/{2}
// (SHA-256 of it and what it includes: {3}).
#pragma once

#include <stdint.h>

#include "../../../custom/{2}"

namespace tmc::kernels::custom {{

struct {0}_operator {{
  struct Params {{
{4}  }};
  struct Buffers {{
{5}  }};
{6}
  static inline void run(Params params, Buffers buffers) {{
    static_cast<void>(params);
    {7};
  }}
}};

}}  // namespace tmc::kernels::custom
)",
                     description.name, description.function, description.header, digest, params_members(description),
                     buffers_members(description), description.scratch_bytes ? kScratch : "", call(description));
}

}  // namespace tmc::custom
