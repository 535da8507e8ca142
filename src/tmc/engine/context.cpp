// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/engine/context.hpp"

#include <chrono>
#include <cstring>
#include <new>

namespace tmc::engine {
namespace {

bool is_aligned(const std::byte* memory) {
  return reinterpret_cast<uintptr_t>(memory) % image::kConstantAlignBytes == 0;
}

}  // namespace

Result<std::unique_ptr<Context>> Context::create(std::shared_ptr<const Model> model) {
  try {
    const size_t bytes = model->arena_bytes();
    return std::unique_ptr<Context>(new Context(std::move(model), AlignedBytes(bytes, image::kImageAlignBytes)));
  } catch (const std::bad_alloc&) {
    return error(Error::kDoesNotFit, "there is no memory for an arena");
  }
}

Context::Context(std::shared_ptr<const Model> model, AlignedBytes arena)
    : model_(std::move(model)), arena_(std::move(arena)) {
  const image::Image& image = model_->image();
  for (const image::Operand& operand : image.operands()) {
    switch (static_cast<image::OperandKind>(operand.kind)) {
      case image::OperandKind::kBuffer:
        pointers_.push_back(buffer(operand.index) + operand.byte_offset);
        break;
      case image::OperandKind::kConstant:  // kernels only read them
        pointers_.push_back(const_cast<uint8_t*>(image.constant(operand.index)));
        break;
      default:
        pointers_.push_back(nullptr);
    }
  }
  for (const Port& port : model_->inputs()) inputs_.push_back({where(*port.tensor)});
  for (const Port& port : model_->outputs()) outputs_.push_back({where(*port.tensor)});
  bytes_ = arena_.bytes().size() + sizeof(*this) + pointers_.capacity() * sizeof(void*) +
           (inputs_.capacity() + outputs_.capacity()) * sizeof(Binding);
  model_->metrics().context_made(bytes_);
  reset();
}

Context::~Context() {
  wait();
  model_->metrics().context_gone(bytes_);
}

std::byte* Context::buffer(uint32_t index) const {
  const image::Buffer& place = model_->image().buffers()[index];
  return arena_.bytes().data() + model_->region_offsets()[place.region] + place.offset;
}

std::span<std::byte> Context::state() const {
  const uint32_t index = model_->image().header().state_buffer;
  if (index == image::kAbsent) return {};
  return {buffer(index), model_->image().buffers()[index].bytes};
}

void Context::reset() {
  const std::span<std::byte> bytes = state();
  if (bytes.empty()) return;
  const uint32_t initial = model_->image().header().initial_state;
  if (initial == image::kAbsent) {
    std::memset(bytes.data(), 0, bytes.size());
  } else {
    std::memcpy(bytes.data(), model_->image().constant(initial), bytes.size());
  }
}

bool Context::bind(const Port& port, Binding& binding, std::byte* memory) {
  std::byte* const own = where(*port.tensor);
  const bool moves = memory != nullptr && port.can_move && is_aligned(memory);
  std::byte* const begin = moves ? memory : buffer(port.tensor->buffer);
  for (const uint32_t operand : port.operands) {
    pointers_[operand] = begin + model_->image().operands()[operand].byte_offset;
  }
  binding = {memory == nullptr ? own : memory, memory != nullptr && !moves};
  return !binding.is_copied;
}

void Context::copy_inputs() const {
  for (size_t i = 0; i < inputs_.size(); ++i) {
    const Port& port = model_->inputs()[i];
    if (inputs_[i].is_copied) std::memcpy(where(*port.tensor), inputs_[i].where, port.bytes);
  }
}

void Context::copy_outputs() const {
  for (size_t i = 0; i < outputs_.size(); ++i) {
    const Port& port = model_->outputs()[i];
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
  for (const Pass& pass : model_->passes()) {
    if (run_pass(pass)) continue;
    model_->metrics().cancelled();
    return Outcome::kCancelled;
  }
  copy_outputs();
  model_->metrics().ran(std::chrono::steady_clock::now() - begin);
  return Outcome::kDone;
}

// False: it was cancelled.
bool Context::run_pass(const Pass& pass) const {
  for (uint32_t trip = 0; trip < pass.trips; ++trip) {
    for (uint32_t i = pass.first; i < pass.end; ++i) {
      if (is_cancelled()) return false;
      run_step(model_->steps()[i], trip);
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
