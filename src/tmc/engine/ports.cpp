// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/engine/ports.hpp"

#include <algorithm>

#include "tmc/base/shape.hpp"

namespace tmc::engine {
namespace {

using kernels::Role;

Result<Port> port_of(const image::Image& image, const image::Tensor& tensor) {
  const char* const name = image.name(tensor.name);
  Port port;
  port.tensor = &tensor;
  Shape shape;
  for (uint32_t i = 0; i < tensor.rank; ++i) {
    port.shape.push_back(image.extents()[tensor.first_extent + i]);
    if (!shape.push_back(port.shape.back())) {
      return error(Error::kMalformed, "tensor '{}' has {} extents", name, tensor.rank);
    }
  }
  const uint32_t element = dtype_bytes(static_cast<DType>(tensor.dtype));
  const int64_t elements = shape.elements();
  const int64_t room = int64_t{image.buffers()[tensor.buffer].bytes} - tensor.byte_offset;
  if (elements < 0 || elements * element > room || tensor.byte_offset % element != 0) {
    return error(Error::kMalformed, "tensor '{}' lies outside its buffer", name);
  }
  const int64_t scales = tensor.axis < 0 ? 1 : tensor.axis < shape.rank() ? shape[tensor.axis] : -1;
  if (tensor.axis < -1 || (tensor.scales != 0 && tensor.scales != scales)) {
    return error(Error::kMalformed, "tensor '{}' has a quantisation of another shape", name);
  }
  port.bytes = static_cast<uint64_t>(elements) * element;
  return port;
}

// Notes the operands in the port's buffer, and whether all of them stay within the tensor.
void find_operands(const image::Image& image, std::span<const StepView> steps, std::span<const uint64_t> ends,
                   Port::Kind kind, Port& port) {
  port.can_move = port.tensor->byte_offset == 0 && port.tensor->buffer != image.header().state_buffer;
  for (const StepView& step : steps) {
    for (size_t i = 0; i < step.implementation->kernel->buffers.size(); ++i) {
      const image::Operand& operand = step.operands[i];
      const bool is_here = static_cast<image::OperandKind>(operand.kind) == image::OperandKind::kBuffer &&
                           operand.index == port.tensor->buffer;
      if (!is_here) continue;
      const auto index = static_cast<uint32_t>(&operand - image.operands().first);
      port.operands.push_back(index);
      const bool is_read = step.implementation->kernel->buffers[i].role == Role::kInput;
      if (ends[index] > port.bytes || (kind == Port::Kind::kInput && !is_read)) port.can_move = false;
    }
  }
}

uint32_t tensors_in(const image::Image& image, uint32_t buffer) {
  const auto count = [&](image::Records<uint32_t> ports) {
    return std::count_if(ports.begin(), ports.end(),
                         [&](uint32_t tensor) { return image.tensors()[tensor].buffer == buffer; });
  };
  return static_cast<uint32_t>(count(image.inputs()) + count(image.outputs()));
}

}  // namespace

Result<std::vector<Port>> ports_of(const image::Image& image, std::span<const StepView> steps,
                                   std::span<const uint64_t> ends, Port::Kind kind) {
  std::vector<Port> ports;
  for (const uint32_t index : kind == Port::Kind::kInput ? image.inputs() : image.outputs()) {
    TMC_ASSIGN(Port port, port_of(image, image.tensors()[index]));
    find_operands(image, steps, ends, kind, port);
    if (tensors_in(image, port.tensor->buffer) != 1) port.can_move = false;
    ports.push_back(std::move(port));
  }
  return ports;
}

}  // namespace tmc::engine
