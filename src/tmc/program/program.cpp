// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/program.hpp"

#include <algorithm>
#include <map>

#include "tmc/program/extents.hpp"
#include "tmc/program/params.hpp"

namespace tmc::program {
namespace {

using kernels::Role;

constexpr int64_t kMaxBytes = int64_t{1} << 40;  // of a buffer or region: sums of some cannot overflow

bool role_matches(Role role, Operand::Kind kind) {
  if (kind == Operand::Kind::kNone) return role == Role::kScratch;
  if (kind == Operand::Kind::kConstant) return role == Role::kConstant || role == Role::kInput;
  return role != Role::kConstant;
}

Status verify_operand(const Program& program, const Operand& operand, const kernels::BufferInfo& info) {
  if (!role_matches(info.role, operand.kind))
    return error(Error::kInternal, "operand '{}' has the wrong kind", info.name);
  const size_t limit = operand.kind == Operand::Kind::kConstant ? program.constants.size() : program.buffers.size();
  if (operand.kind != Operand::Kind::kNone && (operand.index < 0 || static_cast<size_t>(operand.index) >= limit)) {
    return error(Error::kInternal, "operand '{}' is out of range", info.name);
  }
  if (operand.kind != Operand::Kind::kBuffer) {
    return operand.advance_bytes == 0 ? Status() : error(Error::kInternal, "operand '{}' advances in flash", info.name);
  }
  const int64_t bytes = program.buffers[static_cast<size_t>(operand.index)].bytes;
  if (operand.byte_offset < 0 || operand.bytes < 0 || operand.byte_offset > bytes ||
      operand.bytes > bytes - operand.byte_offset) {
    return error(Error::kInternal, "operand '{}' lies outside its buffer", info.name);
  }
  return {};
}

Status verify_step(const Program& program, const Step& step) {
  if (!step.implementation) return error(Error::kInternal, "has no implementation");
  const kernels::KernelInfo& kernel = *step.implementation->kernel;
  if (step.params.size() != kernel.param_words || step.operands.size() != kernel.buffers.size()) {
    return error(Error::kInternal, "does not match the contract of {}", kernel.name);
  }
  for (size_t i = 0; i < step.operands.size(); ++i)
    TMC_TRY(verify_operand(program, step.operands[i], kernel.buffers[i]));
  return {};
}

Status verify_state(const Program& program) {
  if (program.state_buffer == Program::kNone) {
    return program.initial_state == Program::kNone ? Status() : error(Error::kInternal, "there is no state to begin");
  }
  if (program.state_buffer < 0 || program.state_buffer >= std::ssize(program.buffers)) {
    return error(Error::kInternal, "the state's buffer is out of range");
  }
  if (program.initial_state == Program::kNone) return {};
  if (program.initial_state < 0 || program.initial_state >= std::ssize(program.constants)) {
    return error(Error::kInternal, "the initial state is out of range");
  }
  const auto bytes = std::ssize(program.constants[static_cast<size_t>(program.initial_state)].blob.bytes);
  if (bytes == program.buffers[static_cast<size_t>(program.state_buffer)].bytes) return {};
  return error(Error::kInternal, "the initial state has {} bytes", bytes);
}

// The steps of each loop stand together, in the order of the loops, and none of them is a stripe.
Status verify_loops(const Program& program) {
  for (const Loop& loop : program.loops) {
    if (loop.trips < 1) return error(Error::kInternal, "a loop has {} trips", loop.trips);
  }
  int32_t last = -1;
  for (size_t i = 0; i < program.steps.size(); ++i) {
    const int32_t loop = program.steps[i].loop;
    if (loop < -1 || loop >= std::ssize(program.loops)) return error(Error::kInternal, "a step's loop is not there");
    if (loop < 0) continue;
    const bool goes_on = i > 0 && program.steps[i - 1].loop == loop;
    if (!goes_on && loop != last + 1)
      return error(Error::kInternal, "the steps of loop {} do not stand together", loop);
    if (program.steps[i].stripe >= 0) return error(Error::kInternal, "a stripe is part of a loop");
    last = loop;
  }
  return last + 1 == std::ssize(program.loops) ? Status() : error(Error::kInternal, "a loop has no steps");
}

// As many scales and zero points as the axis has extents; one of each where there is no axis.
bool has_shape(const Quantization& quantization, const Shape& shape) {
  if (quantization.axis < -1 || quantization.axis >= shape.rank()) return false;
  if (quantization.empty()) return quantization.zero_points.empty();
  const auto wanted = static_cast<size_t>(quantization.per_axis() ? shape[quantization.axis] : 1);
  return quantization.scales.size() == wanted && quantization.zero_points.size() == wanted;
}

Status verify_tensor(const Program& program, const Tensor& tensor) {
  if (tensor.buffer < 0 || static_cast<size_t>(tensor.buffer) >= program.buffers.size()) {
    return error(Error::kInternal, "tensor '{}' has no buffer", tensor.name);
  }
  const int64_t bytes = program.buffers[static_cast<size_t>(tensor.buffer)].bytes;
  if (tensor.shape.elements() < 0 || tensor.byte_offset < 0 || tensor.byte_offset > bytes ||
      tensor.bytes() > bytes - tensor.byte_offset) {
    return error(Error::kInternal, "tensor '{}' lies outside its buffer", tensor.name);
  }
  if (!has_shape(tensor.quantization, tensor.shape)) {
    return error(Error::kInternal, "tensor '{}' has a quantisation of another shape", tensor.name);
  }
  if (tensor.step < -1 || tensor.step >= std::ssize(program.steps)) {
    return error(Error::kInternal, "tensor '{}' belongs to a step that is not there", tensor.name);
  }
  return {};
}

Status verify_ports(const Program& program, const std::vector<int32_t>& ports) {
  for (const int32_t port : ports) {
    if (port < 0 || static_cast<size_t>(port) >= program.tensors.size()) {
      return error(Error::kInternal, "an input or output is no tensor of the program");
    }
  }
  return {};
}

// Tensors by where they lie.
using TensorPlaces = std::map<std::pair<int32_t, int64_t>, const Tensor*>;

TensorPlaces places_of(const std::vector<Tensor>& tensors) {
  TensorPlaces places;
  for (const Tensor& tensor : tensors) places.try_emplace({tensor.buffer, tensor.byte_offset}, &tensor);
  return places;
}

// A tensor that is an operand is of the dtype that the contract says. Before the step that makes it its place may have
// held another, as where a table turns int8 to uint8 in place.
Status verify_dtypes(const Step& step, int32_t index, const TensorPlaces& places) {
  for (size_t i = 0; i < step.operands.size(); ++i) {
    const Operand& operand = step.operands[i];
    if (operand.kind != Operand::Kind::kBuffer || step.implementation->kernel->buffers[i].role == Role::kScratch)
      continue;
    const auto found = places.find({operand.index, operand.byte_offset});
    if (found == places.end()) continue;
    const Tensor& tensor = *found->second;
    const bool is_written = step.implementation->kernel->buffers[i].role == Role::kOutput;
    if (is_written ? tensor.step != index : tensor.step >= index) continue;
    TMC_TRY(check_dtype(Error::kInternal, *step.implementation->kernel, step.params, i, tensor.dtype, tensor.name));
  }
  return {};
}

Status verify_region(const Region& region) {
  if (region.used_bytes >= 0 && region.used_bytes <= kMaxBytes) return {};
  return error(Error::kInternal, "region '{}' uses {} bytes", region.name, region.used_bytes);
}

Status verify_constant(const Constant& constant) {
  if (constant.blob.bytes.size() % dtype_bytes(constant.blob.dtype) == 0) return {};
  return error(Error::kInternal, "constant '{}' ends within an element", constant.name);
}

Status verify_buffer(const Buffer& buffer) {
  if (buffer.bytes >= 0 && buffer.bytes <= kMaxBytes) return {};
  return error(Error::kInternal, "buffer '{}' has {} bytes", buffer.name, buffer.bytes);
}

Status verify_placement(const Program& program, const Buffer& buffer) {
  if (buffer.region < 0 || static_cast<size_t>(buffer.region) >= program.regions.size()) {
    return error(Error::kInternal, "buffer '{}' has no region", buffer.name);
  }
  if (buffer.offset < 0 || buffer.offset % kAlignBytes != 0 ||
      buffer.offset > program.regions[static_cast<size_t>(buffer.region)].used_bytes - buffer.bytes) {
    return error(Error::kInternal, "buffer '{}' lies outside its region", buffer.name);
  }
  return {};
}

}  // namespace

int64_t Program::arena_bytes() const {
  int64_t bytes = 0;
  for (const Region& region : regions) bytes += region.used_bytes;
  return bytes;
}

int32_t trips_of(const Program& program, const Step& step) {
  return step.loop < 0 ? 1 : program.loops[static_cast<size_t>(step.loop)].trips;
}

int64_t begin_of(const Operand& operand, int32_t trip, int32_t trips) {
  const int64_t advances = operand.advance_bytes < 0 ? trip - (trips - 1) : trip;
  return operand.byte_offset + advances * operand.advance_bytes;
}

int32_t end_of_loop(const Program& program, int32_t first) {
  const int32_t loop = program.steps[static_cast<size_t>(first)].loop;
  int32_t end = first + 1;
  while (loop >= 0 && end < std::ssize(program.steps) && program.steps[static_cast<size_t>(end)].loop == loop) ++end;
  return end;
}

std::vector<Lifetime> lifetimes(const Program& program) {
  std::vector<Lifetime> result(program.buffers.size(), {static_cast<int32_t>(program.steps.size()), -1});
  const auto use = [&](int32_t buffer, int32_t step) {
    Lifetime& life = result[static_cast<size_t>(buffer)];
    life.first = std::min(life.first, step);
    life.last = std::max(life.last, step);
  };
  for (const int32_t input : program.inputs) {
    const int32_t buffer = program.tensors[static_cast<size_t>(input)].buffer;
    use(buffer, -1);
    if (program.keep_inputs) use(buffer, static_cast<int32_t>(program.steps.size()));
  }
  if (program.state_buffer != Program::kNone) {
    use(program.state_buffer, -1);
    use(program.state_buffer, static_cast<int32_t>(program.steps.size()));
  }
  for (int32_t first = 0, end = 0; first < std::ssize(program.steps); first = end) {
    end = end_of_loop(program, first);
    for (int32_t i = first; i < end; ++i) {
      for (const Operand& operand : program.steps[static_cast<size_t>(i)].operands) {
        if (operand.kind != Operand::Kind::kBuffer) continue;
        use(operand.index, first);
        use(operand.index, end - 1);
      }
    }
  }
  for (const int32_t output : program.outputs) {
    use(program.tensors[static_cast<size_t>(output)].buffer, static_cast<int32_t>(program.steps.size()));
  }
  return result;
}

bool is_placed(const Program& program) {
  return std::ranges::none_of(program.buffers, [](const Buffer& buffer) { return buffer.offset == kOpen; });
}

Status verify(const Program& program, bool placed) {
  for (const Region& region : program.regions) TMC_TRY(verify_region(region));
  for (const Constant& constant : program.constants) TMC_TRY(verify_constant(constant));
  for (const Buffer& buffer : program.buffers) TMC_TRY(verify_buffer(buffer));
  for (const Tensor& tensor : program.tensors) TMC_TRY(verify_tensor(program, tensor));
  TMC_TRY(verify_loops(program));
  TMC_TRY(verify_state(program));
  const TensorPlaces places = places_of(program.tensors);
  for (size_t i = 0; i < program.steps.size(); ++i) {
    const Step& step = program.steps[i];
    Status status = verify_step(program, step);
    if (status.ok()) status = verify_extents(program, step);
    if (status.ok()) status = verify_dtypes(step, static_cast<int32_t>(i), places);
    if (!status.ok()) return std::move(status).at_node(step.name);
  }
  TMC_TRY(verify_ports(program, program.inputs));
  TMC_TRY(verify_ports(program, program.outputs));
  for (const Buffer& buffer : program.buffers) {
    if (placed || buffer.offset != kOpen) TMC_TRY(verify_placement(program, buffer));
  }
  return {};
}

}  // namespace tmc::program
