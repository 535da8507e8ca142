// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Checks that the shape rules of the signal operators share: TFLite Micro's operators that make features of sound
// (tflite-micro/signal). All of them compute with plain integers; quantisation says nothing to them.

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

// kUnsupportedType where the operand has another dtype.
Status check_operand_dtype(const InferInputs& in, size_t operand, DType dtype);
// And kUnsupportedShape where it is no vector.
Status check_vector(const InferInputs& in, size_t operand, DType dtype);
// kMalformed where an attribute is outside [low, high].
Status check_attribute(const char* name, int64_t value, int64_t low, int64_t high);
// Channels and their noise: inputs 0 and 1, vectors of u32 of one length.
Status check_channels(const InferInputs& in);
// The channels that are made of both, with bits that integers can be shifted by.
Inferred infer_channels(const InferInputs& in, int32_t smoothing_bits, int32_t coefficient_bits);
// An int32 of one element.
Status check_scale_bits(const InferInputs& in, size_t operand);

}  // namespace tmc::ops
