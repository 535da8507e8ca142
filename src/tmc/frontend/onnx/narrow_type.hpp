// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Element types of ONNX that are narrower than any of ours. Graphs hold their elements in a wider type: floating-point
// numbers of 8 and 4 bits in float32, integers of 4 and 2 bits in int8 or uint8. What gives such elements rounds, or
// wraps, to those that the type has.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tmc/base/dtype.hpp"
#include "tmc/ops/op_info.hpp"

namespace tmc::frontend::onnx_format {

struct NarrowType {
  int32_t onnx_type;
  DType dtype;  // that graphs hold them in
  int32_t bits;
  // Of floating-point numbers: bits of the exponent and of the mantissa, the exponent's bias, and whether the greatest
  // exponent holds infinity.
  int32_t exponent = 0, mantissa = 0, bias = 0;
  enum class NoNumber : uint8_t { kNone, kAllOnes, kNegativeZero, kGreatestExponent } nan = NoNumber::kNone;

  bool is_float() const { return dtype == DType::kF32; }
  bool is_signed() const { return dtype == DType::kI8; }
  int32_t least() const { return is_signed() ? -(1 << (bits - 1)) : 0; }
  int32_t most() const { return least() + (1 << bits) - 1; }
  size_t bytes_of(size_t elements) const { return (elements * static_cast<size_t>(bits) + 7) / 8; }
};

// Null where it is none.
const NarrowType* find_narrow_type(int32_t onnx_type);

// Elements as the file packs them, the first in the lowest bits, in the dtype of graphs.
std::vector<std::byte> unpacked(const NarrowType& type, std::span<const std::byte> packed, size_t elements);

// The operator that rounds float32 to such numbers, and the same of one number. The type is one of floating-point
// numbers that `can_round_to` allows.
bool can_round_to(const NarrowType& type);
ops::AnyOp rounding_to(const NarrowType& type, bool saturates);
double rounded_to(const NarrowType& type, double real, bool saturates);
// An integer's lowest bits.
int64_t wrapped_to(const NarrowType& type, int64_t integer);

}  // namespace tmc::frontend::onnx_format
