// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the YAML says of one custom operator, checked: every name in an expression is an extent or an attribute, texts
// that end up in generated code are identifiers and paths. docs/custom-operators.md describes each member. A value.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tmc/base/dtype.hpp"
#include "tmc/custom/expression.hpp"
#include "tmc/ops/custom_rule.hpp"

namespace tmc::custom {

constexpr size_t kMostOperators = 256;
constexpr size_t kMostInputs = 8;
constexpr size_t kMostOutputs = 4;
constexpr size_t kMostAttributes = 32;
constexpr size_t kMostArguments = 64;
constexpr int32_t kMostInAList = 64;

struct Attribute {
  std::string name;
  bool is_real = false;
  int32_t count = 0;                             // of a list; 0: one number
  std::optional<std::vector<double>> otherwise;  // where the file does not say it
  double least = 0, most = 0;

  // How many numbers it is.
  size_t size() const { return count == 0 ? 1 : static_cast<size_t>(count); }
  // What element `index` is called in expressions.
  std::string element(size_t index) const { return count == 0 ? name : fmt::format("{}[{}]", name, index); }
};

struct Port {
  std::string name;
  DType dtype = DType::kF32;
  // Of an input, a name that no port before it has is given to that extent; everything else must equal it.
  std::vector<Expression> shape;
  // Of an output of integers: the input whose scale and zero point it has, where no file says them.
  std::optional<size_t> quantized_as = {};
};

// What the function is called with.
struct Argument {
  enum class Kind : uint8_t { kInput, kOutput, kScratch, kInteger, kReal, kScale, kZeroPoint };
  Kind kind = Kind::kInteger;
  std::string name;            // a C identifier of its own
  size_t index = 0;            // of the port (outputs count behind the inputs), or of the attribute
  size_t element = 0;          // of the attribute, where that is a list
  Expression expression = {};  // kInteger

  bool is_pointer() const { return kind <= Kind::kScratch; }
  bool is_real() const { return kind == Kind::kReal || kind == Kind::kScale; }
};

// "file.py:function".
struct PythonFunction {
  std::filesystem::path file;
  std::string function;
};

struct Description {
  std::string name;
  std::string onnx_domain, onnx_type;  // both empty: ONNX files do not have it
  std::string tflite;                  // empty: TFLite files do not have it
  std::vector<Port> inputs, outputs;
  std::vector<Attribute> attributes;
  std::filesystem::path folder;  // of the YAML
  std::string header;            // relative to it
  std::string function;          // "dsp::biquad"
  std::string params;  // type whose members are the numbers among the arguments; empty: they are passed one by one
  std::vector<Argument> arguments;
  std::optional<Expression> scratch_bytes, instructions;
  std::optional<size_t> in_place;  // the input whose bytes the one output may have
  std::optional<PythonFunction> oracle;

  const Port& port(size_t index) const {
    return index < inputs.size() ? inputs[index] : outputs[index - inputs.size()];
  }
};

// What the description comes to for some inputs.
struct Instance {
  Numbers numbers;  // of extents and integer attributes, by name
  std::vector<ops::TensorType> outputs;
};

// kUnsupportedType or kUnsupportedShape where the inputs are others; kMalformed where an expression has no value.
Result<Instance> instantiate(const Description& description, const ops::CustomValues& values,
                             const ops::InferInputs& inputs);

// An expression that must lie within [least, 2^31 - 1].
Result<int64_t> evaluate_within(const Expression& expression, const Numbers& numbers, int64_t least, const char* what);

// The extents and attributes that expressions may name, before anything has a value: all of them 1.
Numbers known_names(const Description& description);

}  // namespace tmc::custom
