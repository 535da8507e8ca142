// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/tensor_reader.hpp"

#include <cstring>

#include "tmc/frontend/common/constants.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::frontend::tflite {
namespace {

Result<DType> read_dtype(const schema::Tensor& tensor, std::string_view name) {
  switch (tensor.type()) {
    case schema::TensorType::FLOAT32:
      return DType::kF32;
    case schema::TensorType::FLOAT16:
      return DType::kF16;
    case schema::TensorType::INT8:
      return DType::kI8;
    case schema::TensorType::UINT8:
      return DType::kU8;
    case schema::TensorType::INT16:
      return DType::kI16;
    case schema::TensorType::INT32:
      return DType::kI32;
    case schema::TensorType::INT64:
      return DType::kI64;
    case schema::TensorType::BOOL:
      return DType::kBool;
    case schema::TensorType::FLOAT64:
      return DType::kF64;
    case schema::TensorType::UINT16:
      return DType::kU16;
    case schema::TensorType::UINT32:
      return DType::kU32;
    case schema::TensorType::UINT64:
      return DType::kU64;
    default:
      break;
  }
  const std::string type = schema::EnumNameTensorType(tensor.type());
  return error(Error::kUnsupportedType, "tensor '{}' has the element type {}", name,
               type.empty() ? fmt::to_string(static_cast<int>(tensor.type())) : type)
      .with_hint("convert the model with full integer quantisation");
}

// The axis that several scales belong to. A bias is flat, whatever dimension its weights are quantised along: some
// converters write the weights' dimension there.
int scale_axis(const Shape& shape, size_t scales, int32_t dimension) {
  if (shape.rank() == 1 && static_cast<uint64_t>(shape[0]) == scales) return 0;
  return dimension;
}

// The format's verifier lets a vector of eight-byte numbers begin at any multiple of four.
int64_t unaligned_at(const flatbuffers::Vector<int64_t>& vector, size_t index) {
  int64_t number = 0;
  std::memcpy(&number, vector.Data() + index * sizeof number, sizeof number);
  return flatbuffers::EndianScalar(number);
}

Result<Quantization> read_quantization(const schema::Tensor& tensor, const ops::TensorType& type,
                                       std::string_view name) {
  const schema::QuantizationParameters* parameters = tensor.quantization();
  if (parameters == nullptr || dtype_is_float(type.dtype)) return Quantization{};
  if (parameters->details_type() != schema::QuantizationDetails::NONE) {
    return error(Error::kUnsupportedType, "tensor '{}' has a custom quantisation", name);
  }
  if (parameters->scale() == nullptr || parameters->scale()->size() == 0) return Quantization{};
  Quantization out;
  out.scales.assign(parameters->scale()->begin(), parameters->scale()->end());
  out.zero_points.assign(out.scales.size(), 0);
  const auto* zero_points = parameters->zero_point();
  const size_t given = zero_points == nullptr ? 0 : zero_points->size();
  if (given > 1 && given != out.scales.size()) {
    return error(Error::kMalformed, "tensor '{}' has {} scales and {} zero points", name, out.scales.size(), given);
  }
  for (size_t i = 0; given > 0 && i < out.scales.size(); ++i) {
    const int64_t zero_point = unaligned_at(*zero_points, given == 1 ? 0 : i);
    if (zero_point < INT32_MIN || zero_point > INT32_MAX) {
      return error(Error::kMalformed, "tensor '{}' has the zero point {}", name, zero_point);
    }
    out.zero_points[i] = static_cast<int32_t>(zero_point);
  }
  if (out.scales.size() > 1) out.axis = scale_axis(type.shape, out.scales.size(), parameters->quantized_dimension());
  if (out.axis < 0 && out.scales.size() > 1) {
    return error(Error::kMalformed, "tensor '{}' is quantised along axis {}", name, out.axis);
  }
  return out;
}

Result<std::optional<std::span<const std::byte>>> read_data(const ModelView& view, const schema::Tensor& tensor,
                                                            std::string_view name) {
  using Data = std::optional<std::span<const std::byte>>;
  if (tensor.buffer() == 0) return Data();
  const schema::Buffer& buffer = *view.model->buffers()->Get(tensor.buffer());
  // 0 and 1 are what converters write for "not there".
  if (buffer.offset() > 1) {
    if (buffer.offset() > view.file.size() || buffer.size() > view.file.size() - buffer.offset()) {
      return error(Error::kMalformed, "the data of tensor '{}' ({} bytes from byte {}) lie outside the file", name,
                   buffer.size(), buffer.offset());
    }
    return Data(view.file.subspan(buffer.offset(), buffer.size()));
  }
  if (buffer.data() == nullptr || buffer.data()->size() == 0) return Data();
  return Data(std::as_bytes(std::span(buffer.data()->data(), buffer.data()->size())));
}

}  // namespace

Result<Shape> read_shape(const schema::Tensor& tensor, std::string_view name) {
  Shape shape;
  if (tensor.shape() == nullptr) return shape;
  for (const int32_t extent : *tensor.shape()) {
    if (!shape.push_back(extent)) {
      return error(Error::kUnsupportedShape, "tensor '{}' has rank {}, more than {}", name, tensor.shape()->size(),
                   Shape::kMaxRank);
    }
  }
  return shape;
}

Shape read_signature(const schema::Tensor& tensor, Shape shape) {
  const auto* signature = tensor.shape_signature();
  if (signature == nullptr || signature->size() != static_cast<size_t>(shape.rank())) return shape;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (signature->Get(static_cast<flatbuffers::uoffset_t>(axis)) < 0) shape[axis] = -1;
  }
  return shape;
}

Result<FileTensor> read_tensor(const ModelView& view, const schema::Tensor& tensor, std::string_view name) {
  FileTensor out;
  out.sparsity = tensor.sparsity();
  TMC_ASSIGN(out.type.dtype, read_dtype(tensor, name));
  TMC_ASSIGN(out.type.shape, read_shape(tensor, name));
  out.variable = tensor.is_variable();
  out.signature = read_signature(tensor, out.type.shape);
  TMC_ASSIGN(out.quantization, read_quantization(tensor, out.type, name));
  TMC_ASSIGN(out.data, read_data(view, tensor, name));
  if (out.data) {
    TMC_TRY(ir::verify_type(out.type).at_node(name));
    TMC_TRY(ir::verify_quantization(out.type, out.quantization).at_node(name));
    if (out.sparsity == nullptr) TMC_TRY(check_size(out.type, out.data->size(), name));
  }
  out.shifted = out.type.dtype == DType::kU8 && !out.quantization.empty();
  if (out.shifted) {
    TMC_TRY(ir::verify_quantization(out.type, out.quantization).at_node(name));
    out.type.dtype = DType::kI8;
    shift_to_signed(out.quantization);
  }
  return out;
}

}  // namespace tmc::frontend::tflite
