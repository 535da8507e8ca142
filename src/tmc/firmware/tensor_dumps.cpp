// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/firmware/tensor_dumps.hpp"

#include <algorithm>

namespace tmc::firmware {

TensorDumps tensor_dumps(const program::Program& program) {
  TensorDumps result;
  for (std::size_t i = 0; i < program.tensors.size(); ++i) {
    const program::Tensor& tensor = program.tensors[i];
    if (tensor.step >= 0) result.tensors.push_back(static_cast<int32_t>(i));
  }
  const auto tensor_of = [&program](int32_t index) -> const program::Tensor& {
    return program.tensors[static_cast<std::size_t>(index)];
  };
  std::stable_sort(result.tensors.begin(), result.tensors.end(),
                   [&](int32_t left, int32_t right) { return tensor_of(left).step < tensor_of(right).step; });
  for (const int32_t index : result.tensors) {
    const program::Tensor& tensor = tensor_of(index);
    const program::Buffer& buffer = program.buffers[static_cast<std::size_t>(tensor.buffer)];
    const int64_t offset = buffer.offset + tensor.byte_offset;
    result.dumps.push_back({static_cast<std::uint32_t>(tensor.step),
                            {static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(tensor.bytes()),
                             static_cast<std::uint32_t>(buffer.region)}});
  }
  return result;
}

}  // namespace tmc::firmware
