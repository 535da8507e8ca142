// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/engine/context.hpp"

#include <chrono>
#include <cstring>

namespace tmc::engine {
namespace {

bool is_aligned(const std::byte* memory) {
  return reinterpret_cast<uintptr_t>(memory) % image::kConstantAlignBytes == 0;
}

template <typename T>
size_t array_bytes(size_t count) {
  return *memory::round_up(count * sizeof(T), memory::kCacheLineBytes);
}

}  // namespace

Context::Context(const Model& model, ModelMetrics& metrics)
    : model_(model),
      metrics_(metrics),
      arena_(model.arena_bytes() + array_bytes<void*>(model.image().operands().count) +
                 array_bytes<Binding>(model.inputs().size()) + array_bytes<Binding>(model.outputs().size()),
             metrics.memory(), {"contexts", metrics.model()}) {}

void Context::begin() {
  tensors_ = arena_.allocate(model_.arena_bytes());
  pointers_ = arena_.allocate_array<void*>(model_.image().operands().count);
  inputs_ = arena_.allocate_array<Binding>(model_.inputs().size());
  outputs_ = arena_.allocate_array<Binding>(model_.outputs().size());
  if (was_lent_) std::memset(tensors_, 0, model_.arena_bytes());
  was_lent_ = true;
  point_operands();
  for (size_t i = 0; i < inputs_.size(); ++i) inputs_[i] = {where(*model_.inputs()[i].tensor)};
  for (size_t i = 0; i < outputs_.size(); ++i) outputs_[i] = {where(*model_.outputs()[i].tensor)};
  reset();
  metrics_.runs().context_lent();
}

void Context::end() {
  wait();
  arena_.reset();
  metrics_.runs().context_back();
}

void Context::point_operands() {
  const image::Image& image = model_.image();
  for (uint32_t i = 0; i < pointers_.size(); ++i) {
    const image::Operand& operand = image.operands()[i];
    switch (static_cast<image::OperandKind>(operand.kind)) {
      case image::OperandKind::kBuffer:
        pointers_[i] = buffer(operand.index) + operand.byte_offset;
        break;
      case image::OperandKind::kConstant:  // kernels only read them
        pointers_[i] = const_cast<uint8_t*>(image.constant(operand.index));
        break;
      default:
        pointers_[i] = nullptr;
    }
  }
}

std::byte* Context::buffer(uint32_t index) const {
  const image::Buffer& place = model_.image().buffers()[index];
  return tensors_ + model_.region_offsets()[place.region] + place.offset;
}

std::span<std::byte> Context::state() const {
  const size_t bytes = image::state_bytes(model_.image());
  if (bytes == 0) return {};
  return {buffer(model_.image().header().state_buffer), bytes};
}

bool Context::bind(const Port& port, Binding& binding, std::byte* memory) {
  std::byte* const own = where(*port.tensor);
  const bool moves = memory != nullptr && port.can_move && is_aligned(memory);
  std::byte* const begin = moves ? memory : buffer(port.tensor->buffer);
  for (const uint32_t operand : port.operands) {
    pointers_[operand] = begin + model_.image().operands()[operand].byte_offset;
  }
  binding = {memory == nullptr ? own : memory, memory != nullptr && !moves};
  return !binding.is_copied;
}

void Context::copy_inputs() const {
  for (size_t i = 0; i < inputs_.size(); ++i) {
    const Port& port = model_.inputs()[i];
    if (inputs_[i].is_copied) std::memcpy(where(*port.tensor), inputs_[i].where, port.bytes);
  }
}

void Context::copy_outputs() const {
  for (size_t i = 0; i < outputs_.size(); ++i) {
    const Port& port = model_.outputs()[i];
    if (outputs_[i].is_copied) std::memcpy(outputs_[i].where, where(*port.tensor), port.bytes);
  }
}

bool Context::acquire() {
  const std::lock_guard lock(mutex_);
  if (is_taken_) return false;
  is_taken_ = true;
  is_cancelled_.store(false, std::memory_order_relaxed);
  return true;
}

void Context::release(Outcome outcome) {
  const std::lock_guard lock(mutex_);
  outcome_ = outcome;
  is_taken_ = false;
  is_done_.notify_all();
}

Outcome Context::wait() {
  std::unique_lock lock(mutex_);
  is_done_.wait(lock, [this] { return !is_taken_; });
  return outcome_;
}

bool Context::is_idle() {
  const std::lock_guard lock(mutex_);
  return !is_taken_;
}

Outcome Context::run() {
  const auto begin = std::chrono::steady_clock::now();
  copy_inputs();
  for (const Pass& pass : model_.passes()) {
    if (run_pass(pass)) continue;
    metrics_.runs().cancelled();
    return Outcome::kCancelled;
  }
  copy_outputs();
  metrics_.runs().ran(std::chrono::steady_clock::now() - begin);
  return Outcome::kDone;
}

// False: it was cancelled.
bool Context::run_pass(const Pass& pass) const {
  for (uint32_t trip = 0; trip < pass.trips; ++trip) {
    for (uint32_t i = pass.first; i < pass.end; ++i) {
      if (is_cancelled()) return false;
      run_step(model_.steps()[i], trip);
    }
  }
  return true;
}

void Context::run_step(const StepView& step, uint32_t trip) const {
  void* const* const first = &pointers_[step.record->first_operand];
  if (trip == 0) return step.implementation->run(step.words, first);
  void* advanced[kMostOperands];
  for (size_t i = 0; i < step.implementation->kernel->buffers.size(); ++i) {
    const int64_t distance = int64_t{step.operands[i].advance_bytes} * trip;
    advanced[i] = first[i] == nullptr ? nullptr : static_cast<std::byte*>(first[i]) + distance;
  }
  step.implementation->run(step.words, advanced);
}

}  // namespace tmc::engine
