// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Makes the description of an operator from its struct. For the generated table of operators only: every other file
// calls `op_info<Op>()` and links with what was instantiated there, so that this is compiled once an operator.

#include <algorithm>
#include <limits>
#include <memory>
#include <tuple>
#include <utility>

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

namespace internal {

FieldValue to_field_value(bool value);
FieldValue to_field_value(int32_t value);
FieldValue to_field_value(int64_t value);
FieldValue to_field_value(double value);
FieldValue to_field_value(Layout value);
FieldValue to_field_value(Activation value);
FieldValue to_field_value(DType value);
FieldValue to_field_value(const std::string& value);
FieldValue to_field_value(const std::vector<int64_t>& value);

// False where `from` is of the wrong type or out of range.
bool from_field_value(const FieldValue& from, bool& to);
bool from_field_value(const FieldValue& from, int32_t& to);
bool from_field_value(const FieldValue& from, int64_t& to);
bool from_field_value(const FieldValue& from, double& to);
bool from_field_value(const FieldValue& from, Layout& to);
bool from_field_value(const FieldValue& from, Activation& to);
bool from_field_value(const FieldValue& from, DType& to);
bool from_field_value(const FieldValue& from, std::string& to);
bool from_field_value(const FieldValue& from, std::vector<int64_t>& to);

template <typename Op>
std::vector<NamedValue> get_fields(const void* attributes) {
  const Op& op = *static_cast<const Op*>(attributes);
  return std::apply(
      [&](auto... field) {
        return std::vector<NamedValue>{NamedValue{field.name, to_field_value(field.of(op))}...};
      },
      Op::fields());
}

template <typename Op>
Result<std::shared_ptr<const void>> with_fields(const void* attributes, std::span<const NamedValue> values) {
  auto op = std::make_shared<Op>(*static_cast<const Op*>(attributes));
  for (const NamedValue& named : values) {
    bool known = false;
    bool fits = false;
    const auto set = [&](auto field) {
      if (known || named.name != field.name) return;
      known = true;
      fits = from_field_value(named.value, field.of(*op));
    };
    std::apply([&](auto... field) { (set(field), ...); }, Op::fields());
    if (!known) return error(Error::kMalformed, "operator '{}' has no attribute '{}'", Op::kName, named.name);
    if (!fits)
      return error(Error::kMalformed, "attribute '{}' of operator '{}' has a bad value", named.name, Op::kName);
  }
  return std::shared_ptr<const void>(std::move(op));
}

}  // namespace internal

namespace internal {

template <typename Op>
constexpr int32_t elementwise_operands() {
  if constexpr (requires { Op::kElementwiseOperands; }) return Op::kElementwiseOperands;
  return 0;
}

template <typename Op>
constexpr bool has_table() {
  if constexpr (requires { Op::Function::kHasTable; }) return Op::Function::kHasTable;
  return false;
}

// Of the operator's function, or its own.
template <typename Op>
constexpr std::pair<double, double> range() {
  if constexpr (requires { Op::Function::kLow; }) return {Op::Function::kLow, Op::Function::kHigh};
  if constexpr (requires { Op::kLow; }) return {Op::kLow, Op::kHigh};
  return {-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
}

template <typename Op>
constexpr bool reduces() {
  if constexpr (requires { Op::Function::kOperands; }) return Op::Function::kOperands == 0;
  return false;
}

template <typename Op>
constexpr double neutral() {
  if constexpr (elementwise_operands<Op>() == 2) return Op::Function::kNeutral;
  return std::numeric_limits<double>::quiet_NaN();
}

Inferred infer_moved(const Result<IndexMap>& map, const InferInputs& in);

template <typename Op>
concept MovesElements = requires(const Op& op, const InferInputs& in) {
  Op::map(op, in);
};

template <typename Op>
constexpr size_t operands() {
  if constexpr (requires { Op::kOperands; }) return Op::kOperands;
  return 1;
}

template <typename Op>
Result<IndexMap> checked_map(const void* attributes, const InferInputs& in) {
  const size_t required = operands<Op>() == 0 ? std::max<size_t>(1, in.size()) : operands<Op>();
  TMC_TRY(check_inputs(in, required, required));
  return Op::map(*static_cast<const Op*>(attributes), in);
}

template <typename Op>
constexpr const char* onnx_name() {
  if constexpr (requires { Op::kOnnx; }) return Op::kOnnx;
  return nullptr;
}

template <typename Op>
constexpr const char* tflite_name() {
  if constexpr (requires { Op::kTflite; }) return Op::kTflite;
  return nullptr;
}

template <typename Op>
inline constexpr IndexMapInfo kIndexMapInfo = {
    &checked_map<Op>, onnx_name<Op>(), tflite_name<Op>(), operands<Op>(),
    [] { return std::apply([](auto... field) { return std::vector<Source>{field.source...}; }, Op::fields()); }};

template <typename Op>
constexpr const IndexMapInfo* index_map_info() {
  if constexpr (MovesElements<Op>) {
    return &kIndexMapInfo<Op>;
  } else {
    return nullptr;
  }
}

template <typename Op>
Inferred infer(const void* attributes, const InferInputs& in) {
  if constexpr (MovesElements<Op>) {
    return infer_moved(checked_map<Op>(attributes, in), in);
  } else {
    return Op::infer(*static_cast<const Op*>(attributes), in);
  }
}

}  // namespace internal

template <typename Op>
const OpInfo& op_info() {
  static constexpr OpInfo kInfo = {
      Op::kName,
      Op::kDoc,
      [] { return std::shared_ptr<const void>(std::make_shared<Op>()); },
      &internal::get_fields<Op>,
      &internal::with_fields<Op>,
      &internal::infer<Op>,
      [](const void* attributes, const InferInputs& inputs, std::span<const TensorType> outputs) -> int64_t {
        if constexpr (requires(const Op& op) { Op::macs(op, inputs, outputs); }) {
          return Op::macs(*static_cast<const Op*>(attributes), inputs, outputs);
        } else {
          return 0;
        }
      },
      internal::elementwise_operands<Op>(),
      internal::has_table<Op>(),
      internal::range<Op>().first,
      internal::range<Op>().second,
      internal::reduces<Op>(),
      internal::neutral<Op>(),
      internal::index_map_info<Op>(),
  };
  return kInfo;
}

}  // namespace tmc::ops
