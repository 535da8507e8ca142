// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/constant_math.hpp"

#include <cmath>
#include <cstring>
#include <limits>

#include "tmc/base/host/element.hpp"
#include "tmc/function/types.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {
namespace {

constexpr double kLargestExactInteger = 9007199254740992.0;  // 2^53

struct Limits {
  double low, high;
};

Limits limits_of(DType dtype) {
  switch (dtype) {
    case DType::kI64:
      return {-kLargestExactInteger, kLargestExactInteger};
    case DType::kU64:
      return {0, kLargestExactInteger};
    case DType::kU32:
      return {0, static_cast<double>(UINT32_MAX)};
    case DType::kBool:
      return {0, 1};
    default:
      return {static_cast<double>(dtype_min(dtype)), static_cast<double>(dtype_max(dtype))};
  }
}

Status store(DType dtype, double value, std::byte* to) {
  if (!dtype_is_float(dtype)) {
    value = std::trunc(value);
    const Limits limits = limits_of(dtype);
    if (!(value >= limits.low && value <= limits.high)) {
      return error(Error::kUnsupportedType, "{} does not fit a constant of dtype {}", value, dtype_name(dtype));
    }
  }
  store_element(dtype, value, to);
  return {};
}

// The data of a new constant whose extents are checked and paid for.
Result<std::vector<std::byte>> allocate(ConstantBudget& budget, const ops::TensorType& type) {
  TMC_TRY(budget.take_computed(type));
  return std::vector<std::byte>(static_cast<size_t>(type.shape.elements()) * dtype_bytes(type.dtype));
}

const std::byte* address(const Constant& from, int64_t number) {
  return from.data.bytes().data() + static_cast<size_t>(number) * dtype_bytes(from.type.dtype);
}

double element(const Constant& from, int64_t number) {
  return load_element(from.type.dtype, address(from, number));
}

int64_t integer(const Constant& from, int64_t number) {
  int64_t value = 0;
  function::with_element_type(from.type.dtype, [&]<typename T>(T) {
    function::Stored<T> element;
    std::memcpy(&element, address(from, number), sizeof element);
    value = static_cast<int64_t>(static_cast<T>(element));
  });
  return value;
}

// The low bytes; the host has them first.
void store_integer(DType dtype, int64_t value, std::byte* to) {
  std::memcpy(to, &value, dtype_bytes(dtype));
}

// A constant of that type whose element number n is compute(n, where it goes).
template <typename Compute>
Result<Constant> computed(ConstantBudget& budget, const ops::TensorType& type, Compute compute) {
  TMC_ASSIGN(std::vector<std::byte> bytes, allocate(budget, type));
  const size_t step = dtype_bytes(type.dtype);
  for (size_t i = 0; i * step < bytes.size(); ++i) {
    TMC_TRY(compute(static_cast<int64_t>(i), bytes.data() + i * step));
  }
  return Constant{type, ir::TensorData(std::move(bytes))};
}

}  // namespace

Result<Constant> map_constant(ConstantBudget& budget, const Constant& a, DType dtype, const Unary& function) {
  dtype = widened(dtype);
  return computed(budget, {dtype, a.type.shape},
                  [&](int64_t number, std::byte* to) { return store(dtype, function(element(a, number)), to); });
}

Result<Constant> map_constant(ConstantBudget& budget, const Constant& a, DType dtype, const UnaryFunction& function) {
  if (dtype_is_float(a.type.dtype)) return map_constant(budget, a, dtype, function.of_reals);
  return computed(budget, {dtype, a.type.shape}, [&](int64_t number, std::byte* to) {
    store_integer(dtype, function.of_integers(integer(a, number)), to);
    return Status();
  });
}

Result<Constant> map_constants(ConstantBudget& budget, const Constant& a, const Constant& b, DType dtype,
                               const BinaryFunction& function) {
  dtype = widened(dtype);
  TMC_ASSIGN(const Shape shape, ops::broadcast(a.type.shape, b.type.shape));
  const bool is_real = dtype_is_float(a.type.dtype);
  return computed(budget, {dtype, shape}, [&](int64_t number, std::byte* to) {
    const int64_t left = broadcast_number(a.type.shape, shape, number);
    const int64_t right = broadcast_number(b.type.shape, shape, number);
    if (is_real) return store(dtype, function.of_reals(element(a, left), element(b, right)), to);
    store_integer(dtype, function.of_integers(integer(a, left), integer(b, right)), to);
    return Status();
  });
}

Result<Constant> pick_elements(ConstantBudget& budget, const Constant& from, const Shape& to,
                               const std::function<int64_t(int64_t)>& source) {
  const ops::TensorType type{from.type.dtype, to};
  TMC_ASSIGN(std::vector<std::byte> bytes, allocate(budget, type));
  const size_t step = dtype_bytes(type.dtype);
  for (size_t at = 0; at < bytes.size(); at += step) {
    std::memcpy(&bytes[at], address(from, source(static_cast<int64_t>(at / step))), step);
  }
  return Constant{type, ir::TensorData(std::move(bytes))};
}

int64_t broadcast_number(const Shape& shape, const Shape& out, int64_t number) {
  int64_t source = 0;
  int64_t stride = 1;
  for (int from_end = 0; from_end < shape.rank(); ++from_end) {
    const int64_t extent = out.back(from_end);
    if (shape.back(from_end) != 1) source += number % extent * stride;
    stride *= shape.back(from_end);
    number /= extent;
  }
  return source;
}

Result<Shape> read_extents(std::span<const int64_t> extents) {
  Shape shape;
  for (const int64_t extent : extents) {
    if (extent < 0) return error(Error::kUnsupportedShape, "it asks for the extent {}", extent);
    if (!shape.push_back(extent)) return error(Error::kUnsupportedShape, "it asks for the rank {}", extents.size());
  }
  if (shape.elements() < 0) return error(Error::kUnsupportedShape, "it asks for too large a tensor");
  return shape;
}

Constant make_ints(const std::vector<int64_t>& values) {
  return {{DType::kI64, Shape::of(values.size())}, ir::TensorData::of(std::span<const int64_t>(values))};
}

}  // namespace tmc::frontend::onnx_format
