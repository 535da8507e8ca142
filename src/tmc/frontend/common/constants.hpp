// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants on their way from a file into a Graph: limits on what an untrusted file may ask for, and the shift of
// unsigned quantised tensors to signed ones.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tmc/base/host/quantization.hpp"
#include "tmc/base/host/status.hpp"
#include "tmc/ir/tensor_data.hpp"
#include "tmc/ops/op_info.hpp"

namespace tmc::frontend {

// What is left of the memory and the time that one file's constants may take. Several tensors may lie over the same
// bytes of a file, and a few bytes can ask for a constant of any size, so that its size alone bounds nothing.
class ConstantBudget {
 public:
  // For a constant that the file holds; kMalformed once the constants take more than 1 GiB.
  Status take(size_t bytes);
  // For one that is made from others an element at a time: also bounded by kFreeElements and some times what take was
  // told.
  Status take_computed(const ops::TensorType& type);

  static constexpr size_t kFreeElements = size_t{1} << 24;
  static constexpr size_t kElementsAByte = 4;

 private:
  size_t left_bytes_ = size_t{1} << 30;
  size_t left_elements_ = kFreeElements;
};

// Integers that are known here, as elements of dtype kI64 or kI32, of which they have the range.
ir::TensorData integer_data(DType dtype, std::span<const int64_t> integers);

// The bytes of a dense tensor; kMalformed where the size does not match the type's, naming the tensor.
Status check_size(const ops::TensorType& type, size_t size_bytes, std::string_view tensor);

// uint8 quantised tensors are imported as int8: q - 128, zero point - 128, the same reals.
void shift_to_signed(std::span<std::byte> data);
void shift_to_signed(Quantization& quantization);

}  // namespace tmc::frontend
