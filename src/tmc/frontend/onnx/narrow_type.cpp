// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/narrow_type.hpp"

#include <onnx/onnx_pb.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "tmc/ops/functions.hpp"

namespace tmc::frontend::onnx_format {
namespace {

// Numbers of the format's specification, which the definitions of messages on this machine may be too old to name.
constexpr int32_t kE4m3fn = 17, kE4m3fnuz = 18, kE5m2 = 19, kE5m2fnuz = 20, kUint4 = 21, kInt4 = 22, kE2m1 = 23,
                  kE8m0 = 24, kUint2 = 25, kInt2 = 26;

using NoNumber = NarrowType::NoNumber;

constexpr NarrowType kTypes[] = {
    {kE4m3fn, DType::kF32, 8, 4, 3, 7, NoNumber::kAllOnes},
    {kE4m3fnuz, DType::kF32, 8, 4, 3, 8, NoNumber::kNegativeZero},
    {kE5m2, DType::kF32, 8, 5, 2, 15, NoNumber::kGreatestExponent},
    {kE5m2fnuz, DType::kF32, 8, 5, 2, 16, NoNumber::kNegativeZero},
    {kE2m1, DType::kF32, 4, 2, 1, 1, NoNumber::kNone},
    {kE8m0, DType::kF32, 8, 8, 0, 127, NoNumber::kAllOnes},
    {kUint4, DType::kU8, 4},
    {kInt4, DType::kI8, 4},
    {kUint2, DType::kU8, 2},
    {kInt2, DType::kI8, 2},
};

float real_of(const NarrowType& type, uint32_t bits) {
  const uint32_t magnitude = bits & ((1U << (type.exponent + type.mantissa)) - 1);
  const bool is_negative = type.onnx_type != kE8m0 && (bits >> (type.bits - 1)) != 0;
  const auto exponent = static_cast<int32_t>(magnitude >> type.mantissa);
  const uint32_t mantissa = magnitude & ((1U << type.mantissa) - 1);
  const float sign = is_negative ? -1.0F : 1.0F;
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  if (type.nan == NoNumber::kAllOnes && magnitude == (1U << (type.exponent + type.mantissa)) - 1) return kNan;
  if (type.nan == NoNumber::kNegativeZero && is_negative && magnitude == 0) return kNan;
  if (type.nan == NoNumber::kGreatestExponent && exponent == (1 << type.exponent) - 1) {
    return mantissa == 0 ? sign * std::numeric_limits<float>::infinity() : kNan;
  }
  // Exponents alone have no numbers below the normal ones.
  const bool is_normal = exponent != 0 || type.onnx_type == kE8m0;
  const double whole = static_cast<double>(mantissa) + (is_normal ? std::ldexp(1.0, type.mantissa) : 0);
  return sign * static_cast<float>(std::ldexp(whole, (is_normal ? exponent : 1) - type.bias - type.mantissa));
}

}  // namespace

const NarrowType* find_narrow_type(int32_t onnx_type) {
  for (const NarrowType& type : kTypes) {
    if (type.onnx_type == onnx_type) return &type;
  }
  return nullptr;
}

std::vector<std::byte> unpacked(const NarrowType& type, std::span<const std::byte> packed, size_t elements) {
  const size_t step = dtype_bytes(type.dtype);
  std::vector<std::byte> bytes(elements * step);
  const auto in_byte = static_cast<size_t>(8 / type.bits);
  for (size_t i = 0; i < elements; ++i) {
    const auto shift = static_cast<uint32_t>(i % in_byte) * static_cast<uint32_t>(type.bits);
    const uint32_t bits = std::to_integer<uint32_t>(packed[i / in_byte]) >> shift & ((1U << type.bits) - 1);
    if (type.is_float()) {
      const float real = real_of(type, bits);
      std::memcpy(&bytes[i * step], &real, step);
    } else {
      bytes[i] = static_cast<std::byte>(wrapped_to(type, bits));
    }
  }
  return bytes;
}

bool can_round_to(const NarrowType& type) {
  return type.is_float() && type.onnx_type != kE8m0;
}

namespace {

// Calls use(the function that rounds to the type).
template <typename Use>
auto with_rounding(const NarrowType& type, Use use) {
  switch (type.onnx_type) {
    case kE4m3fn:
      return use(function::ToFloat8E4m3fn{});
    case kE4m3fnuz:
      return use(function::ToFloat8E4m3fnuz{});
    case kE5m2:
      return use(function::ToFloat8E5m2{});
    case kE5m2fnuz:
      return use(function::ToFloat8E5m2fnuz{});
    default:
      return use(function::ToFloat4E2m1{});
  }
}

}  // namespace

ops::AnyOp rounding_to(const NarrowType& type, bool saturates) {
  return with_rounding(type, [&]<typename Function>(Function) {
    ops::OpOf<Function> op;
    op.attributes[0] = saturates ? 1 : 0;
    return ops::AnyOp(op);
  });
}

double rounded_to(const NarrowType& type, double real, bool saturates) {
  return with_rounding(
      type, [&]<typename Function>(Function) { return Function::template apply<double>(real, saturates ? 1 : 0); });
}

int64_t wrapped_to(const NarrowType& type, int64_t integer) {
  const auto bits = static_cast<uint64_t>(integer) & ((uint64_t{1} << type.bits) - 1);
  const auto number = static_cast<int64_t>(bits);
  return number > type.most() ? number - (int64_t{1} << type.bits) : number;
}

}  // namespace tmc::frontend::onnx_format
