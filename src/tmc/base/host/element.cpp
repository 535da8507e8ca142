// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/element.hpp"

#include <bit>
#include <cmath>
#include <cstring>

#include "tmc/base/float16.hpp"

namespace tmc {
namespace {

template <typename T>
double load(const std::byte* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return static_cast<double>(value);
}

double load_half(const std::byte* from) {
  uint16_t bits = 0;
  std::memcpy(&bits, from, sizeof bits);
  return static_cast<double>(widen_f16(bits));
}

// The upper half of a float32.
double load_bfloat(const std::byte* from) {
  uint16_t upper = 0;
  std::memcpy(&upper, from, sizeof upper);
  return static_cast<double>(std::bit_cast<float>(uint32_t{upper} << 16));
}

template <typename T>
void store(double value, std::byte* to) {
  const T converted = static_cast<T>(value);
  std::memcpy(to, &converted, sizeof converted);
}

}  // namespace

double load_element(DType dtype, const std::byte* from) {
  switch (dtype) {
    case DType::kF32:
      return load<float>(from);
    case DType::kF64:
      return load<double>(from);
    case DType::kI8:
      return load<int8_t>(from);
    case DType::kU8:
    case DType::kBool:
      return load<uint8_t>(from);
    case DType::kI16:
      return load<int16_t>(from);
    case DType::kU16:
      return load<uint16_t>(from);
    case DType::kI32:
      return load<int32_t>(from);
    case DType::kU32:
      return load<uint32_t>(from);
    case DType::kI64:
      return load<int64_t>(from);
    case DType::kU64:
      return load<uint64_t>(from);
    case DType::kF16:
      return load_half(from);
    case DType::kBF16:
      return load_bfloat(from);
  }
  return std::nan("");
}

void store_element(DType dtype, double value, std::byte* to) {
  switch (dtype) {
    case DType::kF32:
      return store<float>(value, to);
    case DType::kF64:
      return store<double>(value, to);
    case DType::kI8:
      return store<int8_t>(value, to);
    case DType::kU8:
    case DType::kBool:
      return store<uint8_t>(value, to);
    case DType::kI16:
      return store<int16_t>(value, to);
    case DType::kU16:
      return store<uint16_t>(value, to);
    case DType::kI32:
      return store<int32_t>(value, to);
    case DType::kU32:
      return store<uint32_t>(value, to);
    case DType::kI64:
      return store<int64_t>(value, to);
    case DType::kU64:
      return store<uint64_t>(value, to);
    case DType::kF16:
      return store<uint16_t>(narrow_f16(static_cast<float>(value)), to);
    case DType::kBF16:
      return;
  }
}

}  // namespace tmc
