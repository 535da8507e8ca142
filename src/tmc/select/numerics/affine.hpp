// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Quantisation of the operands of a lowering, and the integers that follow from it. Every rounding is the one of
// TFLite's preparation of the same operator: which products are taken in float and which in double matters for the last
// bit of a multiplier, so each function says which it is.

#include "tmc/base/dtype.hpp"
#include "tmc/base/host/quantization.hpp"
#include "tmc/base/host/status.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::select {

// One scale and zero point for a whole tensor.
struct Affine {
  float scale;
  int32_t zero_point;
  friend bool operator==(const Affine&, const Affine&) = default;
};

// kUnsupportedType where the value has another dtype.
Status require_dtype(const ir::Value& value, DType dtype);
// The quantisation of a tensor of that dtype. kUnsupportedType where the dtype is another, or the tensor is not
// quantised, or is quantised per axis.
Result<Affine> affine_of(const ir::Value& value, DType dtype = DType::kI8);
inline bool is_int16(const ir::Value& value) {
  return value.type.dtype == DType::kI16;
}
// The scale of a tensor of int16, whose zero point must be 0, as in TFLite's kernels of int16 activations. Errors:
// those of affine_of, and kUnsupportedType for another zero point.
Result<Affine> symmetric_affine_of(const ir::Value& value);
// What an operator on quantised activations works on: i16 where its first operand is, else i8.
inline DType activation_dtype(const ir::Value& first) {
  return is_int16(first) ? DType::kI16 : DType::kI8;
}
// affine_of for i8, symmetric_affine_of for i16.
Result<Affine> activation_affine_of(const ir::Value& value, DType dtype);

struct Range {
  int32_t low, high;
  friend bool operator==(const Range&, const Range&) = default;
};
// The integers of `dtype` that stand for reals in [low, high]; an infinite bound is the dtype's. float division,
// rounded half away from zero.
Range quantized_range(double low, double high, const Affine& quantization, DType dtype = DType::kI8);
// The same for a fused activation.
Range activation_range(ops::Activation activation, const Affine& quantization, DType dtype = DType::kI8);

// The multiplier of a requantisation that rounds as the graph says.
FixedMultiplier fixed_multiplier(double real, ir::Requantization requantization);
// scale(from) / scale(to), divided in double: mean, requantise.
FixedMultiplier rescale_in_double(const Affine& from, const Affine& to, ir::Requantization requantization);
// The same, divided in float: the relu family.
FixedMultiplier rescale_in_float(const Affine& from, const Affine& to, ir::Requantization requantization);

}  // namespace tmc::select
