// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exec/executor.hpp"

#include <algorithm>
#include <cstring>

namespace tmc::exec {
namespace {

// `bytes` bytes that begin on the alignment that the kernels are promised.
template <typename Arena>
Arena aligned(size_t bytes) {
  Arena arena;
  arena.storage.resize(bytes + program::kAlignBytes);
  const auto raw = reinterpret_cast<uintptr_t>(arena.storage.data());
  arena.begin = arena.storage.data() + (program::kAlignBytes - raw % program::kAlignBytes) % program::kAlignBytes;
  return arena;
}

}  // namespace

Result<Executor> Executor::create(const program::Program& program) {
  TMC_TRY(program::verify(program, /*placed=*/true));
  Executor executor(program);
  for (const program::Region& region : program.regions) {
    executor.regions_.push_back(aligned<Arena>(static_cast<size_t>(region.used_bytes)));
  }
  for (const program::Constant& constant : program.constants) {
    executor.constants_.push_back(aligned<Arena>(constant.blob.bytes.size()));
    std::ranges::copy(constant.blob.bytes, executor.constants_.back().begin);
  }
  for (const program::Step& step : program.steps) {
    if (step.implementation->foreign == nullptr) continue;
    TMC_ASSIGN(executor.foreign_[step.implementation], step.implementation->foreign->load());
  }
  executor.reset();
  return executor;
}

void Executor::reset() {
  if (program_->state_buffer == program::Program::kNone) return;
  std::byte* const state = address(program_->state_buffer, 0);
  const auto bytes = static_cast<size_t>(program_->buffers[static_cast<size_t>(program_->state_buffer)].bytes);
  if (program_->initial_state == program::Program::kNone) {
    std::memset(state, 0, bytes);
  } else {
    std::memcpy(state, constants_[static_cast<size_t>(program_->initial_state)].begin, bytes);
  }
}

std::byte* Executor::address(int32_t buffer, int64_t byte_offset) const {
  const program::Buffer& place = program_->buffers[static_cast<size_t>(buffer)];
  return regions_[static_cast<size_t>(place.region)].begin + place.offset + byte_offset;
}

std::vector<std::byte> Executor::read(const program::Tensor& tensor) const {
  const std::byte* first = address(tensor.buffer, tensor.byte_offset);
  return {first, first + tensor.bytes()};
}

void Executor::write(const program::Tensor& tensor, std::span<const std::byte> bytes) {
  std::ranges::copy(bytes, address(tensor.buffer, tensor.byte_offset));
}

void Executor::run_step(const program::Step& step, int32_t trip, int32_t trips) {
  std::vector<void*> pointers;
  for (const program::Operand& operand : step.operands) {
    switch (operand.kind) {
      case program::Operand::Kind::kNone:
        pointers.push_back(nullptr);
        break;
      case program::Operand::Kind::kBuffer:
        pointers.push_back(address(operand.index, program::begin_of(operand, trip, trips)));
        break;
      case program::Operand::Kind::kConstant:
        pointers.push_back(constants_[static_cast<size_t>(operand.index)].begin);
        break;
    }
  }
  if (step.implementation->foreign == nullptr) {
    step.implementation->run(step.params, pointers.data());
  } else {
    foreign_.at(step.implementation).run(step.params.data(), pointers.data());
  }
}

Result<std::vector<std::vector<std::byte>>> Executor::run(std::span<const std::vector<std::byte>> inputs,
                                                          const AfterStep& after_step) {
  if (inputs.size() != program_->inputs.size()) {
    return error(Error::kBadInput, "the model has {} inputs, {} were given", program_->inputs.size(), inputs.size());
  }
  for (size_t i = 0; i < inputs.size(); ++i) {
    const program::Tensor& tensor = program_->tensors[static_cast<size_t>(program_->inputs[i])];
    if (static_cast<int64_t>(inputs[i].size()) != tensor.bytes()) {
      return error(Error::kBadInput, "input '{}' takes {} bytes, {} were given", tensor.name, tensor.bytes(),
                   inputs[i].size());
    }
    write(tensor, inputs[i]);
  }
  for (int32_t first = 0, end = 0; first < std::ssize(program_->steps); first = end) {
    end = program::end_of_loop(*program_, first);
    const auto steps = std::span(program_->steps).subspan(static_cast<size_t>(first), static_cast<size_t>(end - first));
    const int32_t trips = program::trips_of(*program_, steps.front());
    for (int32_t trip = 0; trip < trips; ++trip) {
      for (const program::Step& step : steps) run_step(step, trip, trips);
    }
    for (int32_t i = first; after_step && i < end; ++i) after_step(i);
  }
  std::vector<std::vector<std::byte>> outputs;
  for (const int32_t output : program_->outputs)
    outputs.push_back(read(program_->tensors[static_cast<size_t>(output)]));
  return outputs;
}

}  // namespace tmc::exec
