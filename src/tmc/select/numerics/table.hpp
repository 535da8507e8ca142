// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tables of 256 entries for functions of one int8 value: element uint8(q) is the output for input q. Each is computed
// with the arithmetic of TFLite's reference kernel of that operator, so that the bits are the same.

#include <array>
#include <functional>

#include "tmc/select/lowering.hpp"
#include "tmc/select/numerics/affine.hpp"

namespace tmc::select {

using Table = std::array<int8_t, 256>;

// LOGISTIC, TANH and EXP: the function of the real in float, rounded half away from zero; the zero point where it is no
// number.
Table real_table(const Affine& input, const Affine& output, const std::function<double(double)>& function);
// RELU and its family: rescaled (ratio of scales in float), then limited to [low, high], reals.
Table clip_table(const Affine& input, const Affine& output, ir::Requantization requantization, double low, double high);
Table leaky_relu_table(const Affine& input, const Affine& output, ir::Requantization requantization, double alpha);
// kUnsupportedType where input scale / (128 * output scale) is 1 or more, as in the reference.
Result<Table> hard_swish_table(const Affine& input, const Affine& output);
// QUANTIZE of an integer: rescaled (ratio of scales in double). `from` and `to` are i8 or u8, whose bytes the table
// maps.
Table requantize_table(const Affine& input, const Affine& output, ir::Requantization requantization,
                       DType from = DType::kI8, DType to = DType::kI8);

// One step of table_s8.
Status emit_lookup(Lowering& lowering, const Table& table, int64_t elements, const Ref& from, const Ref& to);
// The same from input 0 to output 0, or no step where the table changes nothing.
Status emit_table(Lowering& lowering, const Table& table);
// The function on int16 between 513 points, in the arithmetic of TFLite (LUTPopulate, tensorflow/lite/kernels/internal/
// common.h): a point is moved by half of what the line to the next one misses in its middle. 0 where it is no number.
std::vector<int16_t> real_table_int16(float input_scale, float output_scale,
                                      const std::function<double(double)>& function);
// The real_table of input 0 and output 0, both i8 or both i16 with zero points of 0. kUnsupportedType for others, and
// where the table of int16 would be far from the function.
Status emit_real_table(Lowering& lowering, const std::function<double(double)>& function);

}  // namespace tmc::select
