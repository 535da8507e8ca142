// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/cpp/literals.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstring>

#include "tmc/backend/cpp/wrapped_list.hpp"

namespace tmc::backend::cpp {
namespace {

template <typename T>
T load(const std::byte* bytes, std::size_t index) {
  T value;
  std::memcpy(&value, bytes + index * sizeof(T), sizeof(T));
  return value;
}

// The fewest digits that read back to the same value.
template <typename Float>
std::string decimal(Float value) {
  const std::string digits = fmt::format("{}", value);
  return digits.find_first_of(".e") == digits.npos ? digits + ".0" : digits;
}

}  // namespace

std::string element_type(DType dtype) {
  switch (dtype) {
    case DType::kF32:
      return "float";
    case DType::kF64:
      return "double";
    case DType::kI8:
      return "int8_t";
    case DType::kU8:
    case DType::kBool:
      return "uint8_t";
    case DType::kI16:
      return "int16_t";
    case DType::kU16:
    case DType::kF16:
    case DType::kBF16:
      return "uint16_t";
    case DType::kI32:
      return "int32_t";
    case DType::kU32:
      return "uint32_t";
    case DType::kI64:
      return "int64_t";
    case DType::kU64:
      return "uint64_t";
  }
  return "unsigned char";
}

std::string int_literal(int64_t value) {
  // The digits of the least values are no literal of their type before the sign is applied.
  if (value == INT64_MIN) return "(-9223372036854775807LL - 1)";
  if (value == INT32_MIN) return "(-2147483647 - 1)";
  const bool is_long = value > INT32_MAX || value < INT32_MIN;
  return fmt::format("{}{}", value, is_long ? "LL" : "");
}

std::string double_literal(double value) {
  if (std::isnan(value)) return "__builtin_nan(\"\")";
  if (std::isinf(value)) return value < 0 ? "-__builtin_inf()" : "__builtin_inf()";
  return decimal(value);
}

std::string float_literal(float value) {
  if (std::isnan(value)) return "__builtin_nanf(\"\")";
  if (std::isinf(value)) return value < 0 ? "-__builtin_inff()" : "__builtin_inff()";
  return decimal(value) + "f";
}

std::string element_literal(DType dtype, const std::byte* bytes, std::size_t index) {
  switch (dtype) {
    case DType::kF32:
      return float_literal(load<float>(bytes, index));
    case DType::kF64:
      return double_literal(load<double>(bytes, index));
    case DType::kI8:
      return int_literal(load<int8_t>(bytes, index));
    case DType::kU8:
    case DType::kBool:
      return int_literal(load<uint8_t>(bytes, index));
    case DType::kI16:
      return int_literal(load<int16_t>(bytes, index));
    case DType::kU16:
    case DType::kF16:
    case DType::kBF16:
      return int_literal(load<uint16_t>(bytes, index));
    case DType::kI32:
      return int_literal(load<int32_t>(bytes, index));
    case DType::kU32:
      return fmt::format("{}u", load<uint32_t>(bytes, index));
    case DType::kI64:
      return int_literal(load<int64_t>(bytes, index));
    case DType::kU64:
      return fmt::format("{}ull", load<uint64_t>(bytes, index));
  }
  return "0";
}

std::vector<ParamWord> param_words(const kernels::KernelInfo& kernel, kernels::Words words) {
  std::vector<ParamWord> list;
  for (const kernels::ParamInfo& param : kernel.params) {
    for (int32_t i = 0; i < param.count; ++i) {
      const int32_t word = words[list.size()];
      list.push_back({param.count == 1 ? param.name : fmt::format("{}_{}", param.name, i),
                      param.is_float ? "float" : "int32_t",
                      param.is_float ? float_literal(std::bit_cast<float>(word)) : int_literal(word)});
    }
  }
  return list;
}

std::string params_literal(const kernels::KernelInfo& kernel, kernels::Words words, const std::string& indent,
                           std::span<const std::size_t> named, std::string_view prefix) {
  std::vector<ParamWord> list = param_words(kernel, words);
  for (const std::size_t word : named) list[word].literal = fmt::format("{}{}", prefix, list[word].name);
  WrappedList members(indent);
  auto next = list.begin();
  for (const kernels::ParamInfo& param : kernel.params) {
    std::string values;
    for (int32_t i = 0; i < param.count; ++i) values += (i == 0 ? "" : ", ") + next++->literal;
    members.append(fmt::format("/*{}*/ {}", param.name, param.count == 1 ? values : fmt::format("{{{}}}", values)));
  }
  return members.text();
}

}  // namespace tmc::backend::cpp
