// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exec/executor.hpp"

#include <algorithm>
#include <cstring>

#include "tmc/kernels/highway/host/dispatch.hpp"

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

Result<Executor> Executor::create(const program::Program& program, const Threads& threads) {
  TMC_TRY(kernels::highway::use_forced_instruction_set());
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
  executor.make_parts(threads);
  executor.reset();
  return executor;
}

void Executor::make_parts(const Threads& threads) {
  if (threads.count < 2) return;
  int64_t scratch_bytes = 0;
  for (const program::Step& step : program_->steps) {
    parts_.push_back(parts_of(step, threads.count, threads.least_instructions));
    for (const Part& part : parts_.back()) {
      scratch_bytes = std::max(scratch_bytes, step.implementation->scratch_bytes(part.params));
    }
  }
  for (int32_t i = 0; i < threads.count; ++i) scratch_.push_back(aligned<Arena>(static_cast<size_t>(scratch_bytes)));
  workers_ = std::make_unique<Workers>(threads.count);
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

void Executor::run_parts(const program::Step& step, std::span<const Part> parts, std::span<void* const> pointers) {
  workers_->run(static_cast<int32_t>(parts.size()), [&](int32_t i) {
    const Part& part = parts[static_cast<size_t>(i)];
    std::vector<void*> moved(pointers.begin(), pointers.end());
    for (size_t j = 0; j < moved.size(); ++j) {
      if (moved[j] != nullptr) moved[j] = static_cast<std::byte*>(moved[j]) + part.offsets[j];
      const bool is_scratch = step.implementation->kernel->buffers[j].role == kernels::Role::kScratch;
      if (is_scratch) moved[j] = scratch_[static_cast<size_t>(i)].begin;
    }
    step.implementation->run(part.params, moved.data());
  });
}

void Executor::run_step(size_t index, int32_t trip, int32_t trips) {
  const program::Step& step = program_->steps[index];
  pointers_.clear();
  for (const program::Operand& operand : step.operands) {
    switch (operand.kind) {
      case program::Operand::Kind::kNone:
        pointers_.push_back(nullptr);
        break;
      case program::Operand::Kind::kBuffer:
        pointers_.push_back(address(operand.index, program::begin_of(operand, trip, trips)));
        break;
      case program::Operand::Kind::kConstant:
        pointers_.push_back(constants_[static_cast<size_t>(operand.index)].begin);
        break;
    }
  }
  if (!parts_.empty() && parts_[index].size() > 1 && may_run_at_once(step, parts_[index], pointers_)) {
    run_parts(step, parts_[index], pointers_);
  } else if (step.implementation->foreign == nullptr) {
    step.implementation->run(step.params, pointers_.data());
  } else {
    foreign_.at(step.implementation).run(step.params.data(), pointers_.data());
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
    const int32_t trips = program::trips_of(*program_, program_->steps[static_cast<size_t>(first)]);
    for (int32_t trip = 0; trip < trips; ++trip) {
      for (int32_t i = first; i < end; ++i) run_step(static_cast<size_t>(i), trip, trips);
    }
    for (int32_t i = first; after_step && i < end; ++i) after_step(i);
  }
  std::vector<std::vector<std::byte>> outputs;
  for (const int32_t output : program_->outputs)
    outputs.push_back(read(program_->tensors[static_cast<size_t>(output)]));
  return outputs;
}

}  // namespace tmc::exec
