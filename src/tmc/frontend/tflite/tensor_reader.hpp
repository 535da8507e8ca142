// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// One tensor of a TFLite file, checked and in the terms of the graph.

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "tmc/base/host/quantization.hpp"
#include "tmc/frontend/tflite/model_view.hpp"
#include "tmc/ops/op_info.hpp"

namespace tmc::frontend::tflite {

struct FileTensor {
  ops::TensorType type;  // of a shifted tensor: int8
  Shape signature;       // the shape, with -1 where the file leaves an extent open
  Quantization quantization;
  bool shifted = false;                                  // quantised uint8 in the file
  bool variable = false;                                 // keeps what an operator writes to it; begins as zero
  std::optional<std::span<const std::byte>> data;        // as the file holds it; set: a constant of the right size
  const schema::SparsityParameters* sparsity = nullptr;  // set: data are the elements that are there (sparse.hpp)
};

// `name` is for messages. A sparse tensor comes as the file has it; ImportContext makes it dense. Errors:
// kUnsupportedType, kUnsupportedShape, kMalformed.
Result<FileTensor> read_tensor(const ModelView& view, const schema::Tensor& tensor, std::string_view name);

// The extents as the file gives them, which may be open (-1) or zero.
Result<Shape> read_shape(const schema::Tensor& tensor, std::string_view name);
// The tensor's shape with -1 where the file's signature leaves an extent open for which the shape has a number.
Shape read_signature(const schema::Tensor& tensor, Shape shape);

}  // namespace tmc::frontend::tflite
