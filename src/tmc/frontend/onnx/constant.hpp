// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tensors that an ONNX file holds.

#include <onnx/onnx_pb.h>

#include <filesystem>

#include "tmc/frontend/common/constants.hpp"
#include "tmc/ir/tensor_data.hpp"

namespace tmc::frontend::onnx_format {

struct Constant {
  ops::TensorType type;
  ir::TensorData data;
};

// kUnsupportedType for an element type that we have no name for.
Result<DType> read_dtype(int32_t onnx_type);

// What a graph computes with where the file says `dtype`: half precision becomes float32. Constants alone stay as they
// are until something reads them.
DType widened(DType dtype);
// A constant of half precision as float32, which holds each of its values; others as they are.
Constant widened(Constant constant);

// The elements from raw bytes, the typed field or external data below `folder`. Sizes are checked before memory is
// taken.
Result<Constant> read_constant(const ::onnx::TensorProto& tensor, const std::filesystem::path& folder,
                               ConstantBudget& budget);

// `bytes` bytes of external data. Refuses absolute locations, `..` and links that lead out of `folder`.
Result<std::vector<std::byte>> read_external_data(const ::onnx::TensorProto& tensor,
                                                  const std::filesystem::path& folder, size_t bytes);

}  // namespace tmc::frontend::onnx_format
