// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs a model image where it lies: one call of a linked kernel for each of its steps. No heap, no copy of weights, no
// state but the arenas that the caller gives.
//
//   constexpr LinkedKernel kLinked[] = {link<kernels::portable::AddS8>("portable/add_s8", form), ...};
//   image.open(flash, bytes); check(image);        once
//   bind(image, kLinked, kernels);                 once: finds the kernels that the image names
//   Context context{image, kernels, arenas};       one for each run at a time
//   context.reset(); write inputs; context.run(); read outputs
//
// Freestanding. What shares no arena may run at the same time.

#include <stddef.h>
#include <stdint.h>

#include "tmc/image/image.hpp"
#include "tmc/image/state.hpp"

namespace tmc::runtime {

using RunKernel = void (*)(const int32_t* words, void* const* buffers);

// The most buffers that a contract has.
constexpr uint32_t kMostBuffers = 32;

struct LinkedKernel {
  const char* name;  // "portable/add_s8"
  uint32_t form;     // image::Kernel::form
  uint16_t words;
  uint16_t buffers;
  RunKernel run;
};

// An implementation as a RunKernel. Params are read where they lie: a copy of them takes a hundred bytes of stack.
// Words are their members: integers, and floats that nobody writes.
template <typename Implementation>
inline void run_linked(const int32_t* words, void* const* pointers) {
  using Params = typename Implementation::Contract::Params;
  static_assert(alignof(Params) == alignof(int32_t));
  typename Implementation::Contract::Buffers buffers;
  __builtin_memcpy(&buffers, pointers, sizeof(buffers));
  Implementation::run(*reinterpret_cast<const Params*>(words), buffers);
}

// The same, in which helpers that kernels share are inlined too: fewer instructions, more flash.
template <typename Implementation>
[[gnu::flatten]] void run_inlined(const int32_t* words, void* const* pointers) {
  run_linked<Implementation>(words, pointers);
}

// An implementation, for a table of what is linked.
template <typename Implementation, bool kInlined = false>
constexpr LinkedKernel link(const char* name, uint32_t form) {
  using Params = typename Implementation::Contract::Params;
  using Buffers = typename Implementation::Contract::Buffers;
  static_assert(sizeof(Buffers) / sizeof(void*) <= kMostBuffers);
  return {name, form, sizeof(Params) / sizeof(int32_t), sizeof(Buffers) / sizeof(void*),
          kInlined ? run_inlined<Implementation> : run_linked<Implementation>};
}

inline bool are_equal(const char* a, const char* b) {
  while (*a != 0 && *a == *b) ++a, ++b;
  return *a == *b;
}

// Fills `kernels`, one for each kernel of the image, with those of `linked`. kKernel with the first that is missing, or
// when there are more of them than `capacity`; kKernelForm with the first that is of another form.
inline image::Fault bind(const image::Image& image, const LinkedKernel* linked, size_t count, RunKernel* kernels,
                         size_t capacity) {
  for (uint32_t i = 0; i < image.kernels().count; ++i) {
    const image::Kernel& wanted = image.kernels()[i];
    size_t at = 0;
    while (at < count && !are_equal(linked[at].name, image.name(wanted.name))) ++at;
    if (at == count || i >= capacity) return {image::Reason::kKernel, image::Table::kKernels, i};
    const LinkedKernel& found = linked[at];
    const bool fits = found.form == wanted.form && found.words == wanted.words && found.buffers == wanted.buffers;
    if (!fits) return {image::Reason::kKernelForm, image::Table::kKernels, i};
    kernels[i] = found.run;
  }
  return {};
}

// A run of a checked image in the caller's memory: an arena for each of its regions, 16-byte aligned, of as many bytes
// as the region says. `Kernel` is called with words and pointers as a RunKernel is.
template <typename Kernel = RunKernel>
class Context {
 public:
  Context(const image::Image& image, const Kernel* kernels, void* const* arenas)
      : image_(image), kernels_(kernels), arenas_(arenas) {}

  // The state begins as the model has it. Without a state: nothing.
  void reset() {
    const uint32_t state = image_.header().state_buffer;
    if (state != image::kAbsent) image::begin_state(image_, buffer(state));
  }

  // Inputs are written before, outputs read after: where() they lie. `done` is called with the index of each step after
  // it; of the steps of a loop, after its last trip.
  void run() {
    run([](uint32_t) {});
  }
  template <typename Done>
  void run(const Done& done) {
    const image::Records<image::Step> steps = image_.steps();
    for (uint32_t first = 0, end = 0; first < steps.count; first = end) {
      end = first + 1;
      const uint32_t loop = steps[first].loop;
      while (loop != image::kAbsent && end < steps.count && steps[end].loop == loop) ++end;
      const uint32_t trips = loop == image::kAbsent ? 1 : image_.loops()[loop].trips;
      for (uint32_t trip = 0; trip < trips; ++trip) {
        for (uint32_t i = first; i < end; ++i) run_step(steps[i], trip);
      }
      for (uint32_t i = first; i < end; ++i) done(i);
    }
  }

  // Where a tensor lies.
  uint8_t* where(const image::Tensor& tensor) const { return buffer(tensor.buffer) + tensor.byte_offset; }

 private:
  uint8_t* buffer(uint32_t index) const {
    const image::Buffer& place = image_.buffers()[index];
    return static_cast<uint8_t*>(arenas_[place.region]) + place.offset;
  }

  void* pointer_to(const image::Operand& operand, uint32_t trip) const {
    switch (static_cast<image::OperandKind>(operand.kind)) {
      case image::OperandKind::kBuffer:
        return buffer(operand.index) + operand.byte_offset + int64_t{operand.advance_bytes} * trip;
      case image::OperandKind::kConstant:  // kernels only read them
        return const_cast<uint8_t*>(image_.constant(operand.index));
      case image::OperandKind::kNone:
        break;
    }
    return nullptr;
  }

  void run_step(const image::Step& step, uint32_t trip) const {
    void* pointers[kMostBuffers];
    const uint32_t count = image_.kernels()[step.kernel].buffers;
    const image::Operand* const operands = image_.operands().first + step.first_operand;
    for (uint32_t i = 0; i < count; ++i) pointers[i] = pointer_to(operands[i], trip);
    kernels_[step.kernel](image_.words().first + step.first_word, pointers);
  }

  const image::Image& image_;
  const Kernel* kernels_;
  void* const* arenas_;
};

}  // namespace tmc::runtime
