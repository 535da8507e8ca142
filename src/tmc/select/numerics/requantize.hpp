// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Steps that bring integers from one quantisation to another, or into a range on the way: between bytes a table
// (numerics/table.hpp), with int16 the kernel `requantize`. The arithmetic is that of TFLite's QUANTIZE and RELU
// family.

#include "tmc/select/lowering.hpp"
#include "tmc/select/numerics/affine.hpp"

namespace tmc::select {

// What a tensor's integers are.
struct Integers {
  DType dtype;
  Affine affine;
};

// `elements` integers of one step of a node to another: to int8 with one rounding.
Status emit_requantize_row(Lowering& lowering, int64_t elements, const Integers& of, const Ref& from,
                           const Integers& wanted, const Ref& to);
// Input 0, whatever its integers are, to output 0.
Status emit_requantize(Lowering& lowering);
// The same for int16, from `from` to `to`; their quantisations are those of input `index` and of output 0.
Status emit_requantize_int16(Lowering& lowering, size_t index, const Ref& from, const Ref& to);
// Elements of int8 or int16, which lie at `from` in the quantisation `computed`, to `to` in that of output 0.
Status emit_requantize(Lowering& lowering, const Affine& computed, int64_t elements, const Ref& from, const Ref& to);
// Output 0 where it lies, from `computed` to its own quantisation; no step where they are equal.
Status requantize_output(Lowering& lowering, const Affine& computed);
// Input 0 to output 0, limited to reals in [low, high]; no step where that changes nothing.
Status emit_clip(Lowering& lowering, double low, double high);

}  // namespace tmc::select
