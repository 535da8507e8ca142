// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Element types of tensors. Freestanding; names are what the text forms and `model.hpp` print.

#include <stdint.h>

namespace tmc {

enum class DType : uint8_t { kF32, kF16, kBF16, kF64, kI8, kU8, kI16, kU16, kI32, kU32, kI64, kU64, kBool };

constexpr uint32_t dtype_bytes(DType dtype) {
  switch (dtype) {
    case DType::kI8:
    case DType::kU8:
    case DType::kBool:
      return 1;
    case DType::kF16:
    case DType::kBF16:
    case DType::kI16:
    case DType::kU16:
      return 2;
    case DType::kF32:
    case DType::kI32:
    case DType::kU32:
      return 4;
    case DType::kF64:
    case DType::kI64:
    case DType::kU64:
      return 8;
  }
  return 0;
}

constexpr const char* dtype_name(DType dtype) {
  constexpr const char* kNames[] = {"f32", "f16", "bf16", "f64", "i8",  "u8",  "i16",
                                    "u16", "i32", "u32",  "i64", "u64", "bool"};
  return kNames[static_cast<uint8_t>(dtype)];
}

constexpr bool dtype_is_float(DType dtype) {
  return dtype == DType::kF32 || dtype == DType::kF16 || dtype == DType::kBF16 || dtype == DType::kF64;
}

// A truth value as tensors hold it: true is any byte but 0.
struct Bool {
  uint8_t byte;

  Bool() = default;
  constexpr Bool(bool value) : byte(value ? 1 : 0) {}    // NOLINT(google-explicit-constructor): it is one.
  constexpr operator bool() const { return byte != 0; }  // NOLINT(google-explicit-constructor)
};

// The dtype of a type's elements; of bool they are Bool.
template <typename T>
inline constexpr DType kDTypeOf = T::kHasNoDType;
template <>
inline constexpr DType kDTypeOf<float> = DType::kF32;
template <>
inline constexpr DType kDTypeOf<double> = DType::kF64;
template <>
inline constexpr DType kDTypeOf<int8_t> = DType::kI8;
template <>
inline constexpr DType kDTypeOf<uint8_t> = DType::kU8;
template <>
inline constexpr DType kDTypeOf<int16_t> = DType::kI16;
template <>
inline constexpr DType kDTypeOf<uint16_t> = DType::kU16;
template <>
inline constexpr DType kDTypeOf<int32_t> = DType::kI32;
template <>
inline constexpr DType kDTypeOf<uint32_t> = DType::kU32;
template <>
inline constexpr DType kDTypeOf<int64_t> = DType::kI64;
template <>
inline constexpr DType kDTypeOf<uint64_t> = DType::kU64;
template <>
inline constexpr DType kDTypeOf<bool> = DType::kBool;
template <>
inline constexpr DType kDTypeOf<Bool> = DType::kBool;

// Limits of the integer types that carry quantised values.
constexpr int32_t dtype_min(DType dtype) {
  return dtype == DType::kI8 ? -128 : dtype == DType::kI16 ? -32768 : dtype == DType::kI32 ? INT32_MIN : 0;
}
constexpr int32_t dtype_max(DType dtype) {
  return dtype == DType::kI8    ? 127
         : dtype == DType::kU8  ? 255
         : dtype == DType::kI16 ? 32767
         : dtype == DType::kU16 ? 65535
                                : INT32_MAX;
}

}  // namespace tmc
