// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/ranges.h>

#include "tmc/custom/description.hpp"

namespace tmc::custom {
namespace {

constexpr int64_t kMostTensorBytes = INT32_MAX;

Numbers numbers_of(const Description& description, const ops::CustomValues& values) {
  Numbers numbers;
  for (size_t i = 0; i < values.size(); ++i) {
    const Attribute& attribute = description.attributes[i];
    for (size_t k = 0; !attribute.is_real && k < values[i].size(); ++k) {
      numbers[attribute.element(k)] = static_cast<int64_t>(values[i][k]);
    }
  }
  return numbers;
}

// Gives names to the input's extents, or compares them.
Status bind(const Port& port, const ops::TensorType& type, Numbers& numbers) {
  if (type.dtype != port.dtype) {
    return error(Error::kUnsupportedType, "its input '{}' is {}, the description says {}", port.name,
                 dtype_name(type.dtype), dtype_name(port.dtype));
  }
  if (type.shape.rank() != std::ssize(port.shape)) {
    return error(Error::kUnsupportedShape, "its input '{}' is [{}], the description says rank {}", port.name,
                 fmt::join(type.shape, ", "), port.shape.size());
  }
  for (int axis = 0; axis < type.shape.rank(); ++axis) {
    const Expression& extent = port.shape[static_cast<size_t>(axis)];
    if (extent.name() != nullptr && numbers.try_emplace(*extent.name(), type.shape[axis]).second) continue;
    TMC_ASSIGN(const int64_t wanted, extent.evaluate(numbers));
    if (wanted == type.shape[axis]) continue;
    return error(Error::kUnsupportedShape, "its input '{}' is [{}]; axis {} should be {}, which is {}", port.name,
                 fmt::join(type.shape, ", "), axis, extent.text(), wanted);
  }
  return {};
}

Result<ops::TensorType> output_type(const Port& port, const Numbers& numbers) {
  ops::TensorType type{port.dtype, {}};
  int64_t bytes = dtype_bytes(port.dtype);
  for (const Expression& extent : port.shape) {
    TMC_ASSIGN(const int64_t value, evaluate_within(extent, numbers, 1, "an extent"));
    if (value > kMostTensorBytes / bytes) {
      return error(Error::kUnsupportedShape, "its output '{}' would have more than {} bytes", port.name,
                   kMostTensorBytes);
    }
    bytes *= value;
    type.shape.push_back(value);
  }
  return type;
}

}  // namespace

Result<int64_t> evaluate_within(const Expression& expression, const Numbers& numbers, int64_t least, const char* what) {
  TMC_ASSIGN(const int64_t value, expression.evaluate(numbers));
  if (value >= least && value <= kMostTensorBytes) return value;
  std::string known;
  for (const auto& [name, number] : numbers) known += fmt::format("{}{}={}", known.empty() ? "" : " ", name, number);
  return error(Error::kUnsupportedShape, "'{}' gives {} for {}, which must lie within {} and {} ({})",
               expression.text(), value, what, least, kMostTensorBytes, known);
}

Numbers known_names(const Description& description) {
  Numbers numbers;
  for (const Attribute& attribute : description.attributes) {
    for (size_t k = 0; !attribute.is_real && k < attribute.size(); ++k) numbers[attribute.element(k)] = 1;
  }
  for (const Port& port : description.inputs) {
    for (const Expression& extent : port.shape) {
      if (extent.name() != nullptr) numbers[*extent.name()] = 1;
    }
  }
  return numbers;
}

Result<Instance> instantiate(const Description& description, const ops::CustomValues& values,
                             const ops::InferInputs& inputs) {
  if (inputs.size() != description.inputs.size()) {
    return error(Error::kUnsupportedType, "it has {} inputs, the description says {}", inputs.size(),
                 description.inputs.size());
  }
  Instance instance{numbers_of(description, values), {}};
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (!inputs.has(i)) return error(Error::kUnsupportedType, "its input '{}' is absent", description.inputs[i].name);
    TMC_TRY(bind(description.inputs[i], inputs[i], instance.numbers));
  }
  for (const Port& port : description.outputs) {
    TMC_ASSIGN(instance.outputs.emplace_back(), output_type(port, instance.numbers));
  }
  return instance;
}

}  // namespace tmc::custom
