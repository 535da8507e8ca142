// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/image/read.hpp"

#include <string>

#include "tmc/program/kernel_form.hpp"

namespace tmc::backend::image {
namespace {

namespace format = tmc::image;

int32_t index_of(uint32_t index) {
  return static_cast<int32_t>(index);
}  // kAbsent is -1 there

void read_memory(const format::Image& image, program::Program& program) {
  for (const format::Region& region : image.regions())
    program.regions.push_back({image.name(region.name), region.bytes});
  for (const format::Buffer& buffer : image.buffers()) {
    program.buffers.push_back({image.name(buffer.name), static_cast<program::Buffer::Kind>(buffer.kind), buffer.bytes,
                               index_of(buffer.region), buffer.offset});
  }
  for (uint32_t i = 0; i < image.constants().count; ++i) {
    const format::Constant& constant = image.constants()[i];
    const auto* const bytes = reinterpret_cast<const std::byte*>(image.constant(i));
    program.constants.push_back(
        {image.name(constant.name),
         {static_cast<DType>(constant.dtype), {bytes, bytes + constant.bytes}, constant.is_table != 0},
         constant.is_pinned != 0});
  }
}

program::Operand operand_of(const format::Operand& operand, uint32_t trips) {
  const int64_t back = operand.advance_bytes < 0 ? int64_t{operand.advance_bytes} * (int64_t{trips} - 1) : 0;
  return {static_cast<program::Operand::Kind>(operand.kind), index_of(operand.index), operand.byte_offset + back,
          operand.bytes, operand.advance_bytes};
}

Status read_steps(const format::Image& image, program::Program& program) {
  std::vector<const kernels::ImplementationInfo*> implementations;
  for (const format::Kernel& kernel : image.kernels()) {
    const program::KernelReference reference = {image.name(kernel.name), kernel.words, kernel.buffers, kernel.form};
    TMC_ASSIGN(implementations.emplace_back(), program::implementation_of(reference));
  }
  for (const format::Loop& loop : image.loops()) program.loops.push_back({index_of(loop.trips)});
  for (const format::Step& record : image.steps()) {
    const format::Kernel& kernel = image.kernels()[record.kernel];
    program::Step& step = program.steps.emplace_back();
    step.name = image.name(record.name);
    step.op = image.name(record.op);
    step.implementation = implementations[record.kernel];
    const int32_t* const words = image.words().first + record.first_word;
    step.params.assign(words, words + kernel.words);
    const uint32_t trips = record.loop == format::kAbsent ? 1 : image.loops()[record.loop].trips;
    for (uint32_t i = 0; i < kernel.buffers; ++i) {
      step.operands.push_back(operand_of(image.operands()[record.first_operand + i], trips));
    }
    step.macs = static_cast<int64_t>(record.macs_low | uint64_t{record.macs_high} << 32);
    step.stripe = index_of(record.stripe);
    step.loop = index_of(record.loop);
  }
  return {};
}

Status read_tensors(const format::Image& image, program::Program& program) {
  for (const format::Tensor& record : image.tensors()) {
    program::Tensor& tensor = program.tensors.emplace_back();
    tensor.name = image.name(record.name);
    tensor.dtype = static_cast<DType>(record.dtype);
    for (uint32_t i = 0; i < record.rank; ++i) {
      if (tensor.shape.push_back(image.extents()[record.first_extent + i])) continue;
      return error(Error::kMalformed, "tensor '{}' has {} extents", tensor.name, record.rank);
    }
    for (uint32_t i = 0; i < record.scales; ++i) {
      const format::Scale& scale = image.scales()[record.first_scale + i];
      tensor.quantization.scales.push_back(scale.scale);
      tensor.quantization.zero_points.push_back(scale.zero_point);
    }
    tensor.quantization.axis = record.axis;
    if (record.channels_last_of != format::kAbsent) tensor.channels_last_of = image.name(record.channels_last_of);
    tensor.buffer = index_of(record.buffer);
    tensor.byte_offset = record.byte_offset;
    tensor.step = index_of(record.step);
  }
  for (const uint32_t input : image.inputs()) program.inputs.push_back(index_of(input));
  for (const uint32_t output : image.outputs()) program.outputs.push_back(index_of(output));
  return {};
}

}  // namespace

Result<program::Program> read(const format::Image& image) {
  program::Program program;
  const format::Header& header = image.header();
  program.name = image.name(header.model_name);
  program.target = image.name(header.target_name);
  read_memory(image, program);
  TMC_TRY(read_steps(image, program));
  TMC_TRY(read_tensors(image, program));
  program.state_buffer = index_of(header.state_buffer);
  program.initial_state = index_of(header.initial_state);
  program.keep_inputs = (header.flags & format::kKeepsInputs) != 0;
  if (const Status status = program::verify(program, /*placed=*/true); !status.ok()) {
    return error(Error::kMalformed, "no model image that can be run: {}", status.message()).at_node(status.node());
  }
  return program;
}

}  // namespace tmc::backend::image
