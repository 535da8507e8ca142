// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Operators on tensors that the file holds. Exporters compute shapes, pads and factors with nodes; what these give must
// be known before the graph can be written. Sizes of results are taken from the importer's budget before memory is.
// f16 and bf16 are moved as they are; arithmetic makes float32 of them.

#include <functional>
#include <span>
#include <vector>

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

using Unary = std::function<double(double)>;
// Functions of reals and of integers, which are computed modulo 2^64; truth values are 0 and 1. Null where a function
// is not defined for them.
struct UnaryFunction {
  Unary of_reals;
  std::function<int64_t(int64_t)> of_integers;
};
struct BinaryFunction {
  std::function<double(double, double)> of_reals;
  std::function<int64_t(int64_t, int64_t)> of_integers;
};

// `function` of every element, as `dtype`: integers lose what is behind the point. kUnsupportedType where an element
// does not fit the dtype.
Result<Constant> map_constant(ConstantBudget& budget, const Constant& a, DType dtype, const Unary& function);
// The same of a constant for which the function is defined.
Result<Constant> map_constant(ConstantBudget& budget, const Constant& a, DType dtype, const UnaryFunction& function);
// `function` of two constants of one dtype that broadcast, as `dtype`.
Result<Constant> map_constants(ConstantBudget& budget, const Constant& a, const Constant& b, DType dtype,
                               const BinaryFunction& function);

// Not for uint64, of which half is beyond the integers that functions are computed in.
template <typename Function>
bool is_defined_for(const Function& function, DType dtype) {
  if (dtype_is_float(dtype)) return function.of_reals != nullptr;
  return dtype != DType::kU64 && function.of_integers != nullptr;
}

// A tensor of that shape whose element with the row-major number n is element source(n) of `from`.
Result<Constant> pick_elements(ConstantBudget& budget, const Constant& from, const Shape& to,
                               const std::function<int64_t(int64_t)>& source);
// The number of the element of `shape` that is read for element `number` of `out`, to which it broadcasts.
int64_t broadcast_number(const Shape& shape, const Shape& out, int64_t number);

// Extents that the file computes; kUnsupportedShape for negative ones, too many of them, or too large a product.
Result<Shape> read_extents(std::span<const int64_t> extents);

// A constant of integers: int64 with one axis, as the format writes shapes.
Constant make_ints(const std::vector<int64_t>& values);

}  // namespace tmc::frontend::onnx_format
