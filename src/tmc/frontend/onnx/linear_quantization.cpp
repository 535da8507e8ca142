// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/linear_quantization.hpp"

#include "tmc/ir/verifier.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {
namespace {

template <typename T>
std::vector<int32_t> widened(const ir::TensorData& data) {
  const std::vector<T> values = data.to_vector<T>();
  return {values.begin(), values.end()};
}

Result<std::vector<int32_t>> read_zero_points(const Constant& constant) {
  switch (constant.type.dtype) {
    case DType::kI8:
      return widened<int8_t>(constant.data);
    case DType::kU8:
      return widened<uint8_t>(constant.data);
    case DType::kI16:
      return widened<int16_t>(constant.data);
    case DType::kI32:
      return widened<int32_t>(constant.data);
    default:
      return error(Error::kUnsupportedType, "quantisation to {} is not supported", dtype_name(constant.type.dtype));
  }
}

}  // namespace

Result<LinearQuantization> read_linear_quantization(ImportContext& context, const Shape& shape) {
  TMC_ASSIGN(const int64_t block_size, context.attributes().integer("block_size", 0));
  if (block_size != 0) return error(Error::kUnsupportedType, "quantisation in blocks is not supported");
  TMC_ASSIGN(const Constant* given, context.constant(1, "scale"));
  const Constant scale = widened(*given);
  if (scale.type.dtype != DType::kF32 || scale.type.shape.rank() > 1) {
    return error(Error::kUnsupportedType, "its scale is {} of rank {}, not float32 of rank 0 or 1",
                 dtype_name(scale.type.dtype), scale.type.shape.rank());
  }
  LinearQuantization out;
  out.quantization.scales = scale.data.to_vector<float>();
  const size_t count = out.quantization.scales.size();
  out.quantization.zero_points.assign(count, 0);
  if (context.has_input(2)) {
    TMC_ASSIGN(const Constant* zero_point, context.constant(2, "zero point"));
    TMC_ASSIGN(out.quantization.zero_points, read_zero_points(*zero_point));
    out.dtype = zero_point->type.dtype;
  }
  if (count > 1) {
    TMC_ASSIGN(const int64_t axis, context.attributes().integer("axis", 1));
    // A bias has one axis only, whatever the exporter wrote.
    TMC_ASSIGN(out.quantization.axis, ops::normalize_axis(shape.rank() == 1 ? 0 : axis, shape.rank()));
  }
  TMC_TRY(ir::verify_quantization({out.dtype.value_or(DType::kU8), shape}, out.quantization));
  return out;
}

}  // namespace tmc::frontend::onnx_format
