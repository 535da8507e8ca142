// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/custom/operator.hpp"

#include <algorithm>
#include <bit>

#include "tmc/base/host/sha256.hpp"
#include "tmc/custom/adapter.hpp"

namespace tmc::custom {
namespace {

using kernels::Words;

// Of the words that every custom kernel has.
enum : size_t { kScratchBytes, kSharedInput, kInstructions };

kernels::Overlap overlap(Words words, int buffer) {
  if (words[kSharedInput] != buffer) return kernels::kNoOverlap;
  return {kernels::Overlap::Kind::kSameBegin, 0};
}

std::string digest_of(const std::vector<SourceFile>& sources) {
  std::string content;
  for (const SourceFile& source : sources)
    content.append(source.path).append(1, '\0').append(source.text).append(1, '\0');
  return sha256_hex(content);
}

int32_t bytes_of(const ops::TensorType& type) {
  return static_cast<int32_t>(type.shape.elements() * dtype_bytes(type.dtype));
}

// A few for each element of the results.
int64_t usual_instructions(const std::vector<ops::TensorType>& outputs) {
  constexpr int64_t kOfAnElement = 10;
  int64_t instructions = 0;
  for (const ops::TensorType& type : outputs) instructions += kOfAnElement * type.shape.elements();
  return std::min<int64_t>(INT32_MAX, instructions);
}

Result<int32_t> quantization_word(const Port& port, const Quantization& quantization, bool is_scale) {
  if (quantization.empty()) {
    return error(Error::kUnsupportedType, "the function asks for the scale of '{}', which the model does not say",
                 port.name)
        .with_hint("quantise or dequantise the tensor in the model, or say 'quantized_as: INPUT' of an output");
  }
  if (quantization.per_axis()) {
    return error(Error::kUnsupportedType, "'{}' has a scale for each channel, the function takes one", port.name)
        .with_hint("quantise the tensor as a whole");
  }
  return is_scale ? std::bit_cast<int32_t>(quantization.scale()) : quantization.zero_point();
}

}  // namespace

Operator::Operator(Description description, std::vector<SourceFile> sources)
    : description_(std::move(description)), sources_(std::move(sources)) {
  texts_.reserve(8 + sources_.size() + 2 * (kMostInputs + kMostOutputs + kMostArguments));
  const auto keep = [&](std::string text) -> std::string_view { return texts_.emplace_back(std::move(text)); };
  adapter_ = {keep(adapter_path(description_)), keep(adapter_text(description_, digest_of(sources_)))};
  for (const SourceFile& source : sources_) files_.push_back({keep("custom/" + source.path), source.text});
  describe_kernel();
}

void Operator::describe_kernel() {
  const auto keep = [&](std::string text) { return texts_.emplace_back(std::move(text)).c_str(); };
  params_ = {{"scratch_bytes"},
             {"shared_input"},
             {"instructions"},
             {"output_bytes", static_cast<int32_t>(description_.outputs.size())},
             {"input_bytes", static_cast<int32_t>(description_.inputs.size())}};
  for (const Argument& argument : description_.arguments) {
    if (!argument.is_pointer()) params_.push_back({keep(param_name(argument)), 1, argument.is_real()});
  }
  for (size_t i = 0; i < description_.inputs.size() + description_.outputs.size(); ++i) {
    const bool is_input = i < description_.inputs.size();
    const DType dtype = description_.port(i).dtype;
    buffers_.push_back({keep(buffer_name(description_, i)), is_input ? kernels::Role::kInput : kernels::Role::kOutput});
    types_.push_back({dtype, static_cast<int32_t>(dtype_bytes(dtype)), !is_input});
  }
  if (description_.scratch_bytes) {
    buffers_.push_back({"scratch", kernels::Role::kScratch});
    types_.push_back({std::nullopt, 0, true});
  }
  size_t word_count = 0;
  for (const kernels::ParamInfo& param : params_) word_count += static_cast<size_t>(param.count);
  const char* const type = keep(adapter_type(description_));
  const char* const name = keep(description_.name);
  kernel_ = {name, type, params_, buffers_, word_count, types_, kernels::Access::kSaid};
  implementation_ = {
      .kernel = &kernel_,
      .isa = "custom",
      .name = name,
      .type_name = type,
      .header = keep(adapter_path(description_)),
      .function_header = nullptr,
      .is_fitted = false,
      .instead_of = nullptr,
      .applies = [](Words) { return true; },
      .scratch_bytes = [](Words words) -> int64_t { return words[kScratchBytes]; },
      .overlap = overlap,
      .instructions = [](Words words) -> double { return words[kInstructions]; },
      .cost_features = [](Words words) { return kernels::CostFeatures{static_cast<double>(words[kInstructions])}; },
      .pack = [](Words, kernels::Constants) -> kernels::Blobs { return std::vector<kernels::Blob>(); },
      .run = nullptr,
      .foreign = this,
  };
}

ops::Inferred Operator::infer(const ops::CustomValues& values, const ops::InferInputs& inputs) const {
  TMC_ASSIGN(Instance instance, instantiate(description_, values, inputs));
  return std::move(instance.outputs);
}

Result<int32_t> Operator::argument_word(const Argument& argument, const ops::CustomValues& values,
                                        const Numbers& numbers,
                                        std::span<const Quantization* const> quantizations) const {
  if (argument.kind == Argument::Kind::kInteger) {
    TMC_ASSIGN(const int64_t value, evaluate_within(argument.expression, numbers, INT32_MIN, "an argument"));
    return static_cast<int32_t>(value);
  }
  if (argument.kind == Argument::Kind::kReal) {
    return std::bit_cast<int32_t>(static_cast<float>(values[argument.index][argument.element]));
  }
  return quantization_word(description_.port(argument.index), *quantizations[argument.index],
                           argument.kind == Argument::Kind::kScale);
}

Result<std::vector<int32_t>> Operator::words(const ops::CustomValues& values, const Instance& instance,
                                             const ops::InferInputs& inputs,
                                             std::span<const Quantization* const> quantizations) const {
  const auto evaluate = [&](const std::optional<Expression>& expression, int64_t otherwise,
                            const char* what) -> Result<int64_t> {
    return expression ? evaluate_within(*expression, instance.numbers, 0, what) : otherwise;
  };
  TMC_ASSIGN(const int64_t scratch_bytes, evaluate(description_.scratch_bytes, 0, "scratch"));
  TMC_ASSIGN(const int64_t instructions,
             evaluate(description_.instructions, usual_instructions(instance.outputs), "instructions"));
  const int32_t shared = description_.in_place ? static_cast<int32_t>(*description_.in_place) : -1;
  std::vector<int32_t> words = {static_cast<int32_t>(scratch_bytes), shared, static_cast<int32_t>(instructions)};
  for (const ops::TensorType& type : instance.outputs) words.push_back(bytes_of(type));
  for (size_t i = 0; i < inputs.size(); ++i) words.push_back(bytes_of(inputs[i]));
  for (const Argument& argument : description_.arguments) {
    if (argument.is_pointer()) continue;
    TMC_ASSIGN(words.emplace_back(), argument_word(argument, values, instance.numbers, quantizations));
  }
  return words;
}

}  // namespace tmc::custom
