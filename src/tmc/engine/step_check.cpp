// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/engine/step_check.hpp"

#include <algorithm>

#include "tmc/engine/constant_check.hpp"
#include "tmc/program/extents.hpp"
#include "tmc/program/params.hpp"
#include "tmc/program/values.hpp"

namespace tmc::engine {
namespace {

using image::Operand;
using image::OperandKind;
using kernels::Access;
using kernels::Role;

OperandKind kind_of(const Operand& operand) {
  return static_cast<OperandKind>(operand.kind);
}

bool role_matches(Role role, const Operand& operand) {
  switch (kind_of(operand)) {
    case OperandKind::kNone:
      return role == Role::kScratch;
    case OperandKind::kConstant:
      return (role == Role::kConstant || role == Role::kInput) && operand.advance_bytes == 0;
    case OperandKind::kBuffer:
      return role != Role::kConstant;
  }
  return false;
}

// Of the first trip and of the last one, from the buffer's begin: image::check has held both to the buffer.
struct Trips {
  int64_t lowest, highest;
};
Trips trips_of(const StepView& step, const Operand& operand) {
  const auto first = int64_t{operand.byte_offset};
  const int64_t last = first + int64_t{operand.advance_bytes} * (int64_t{step.trips} - 1);
  return {std::min(first, last), std::max(first, last)};
}

// That a trip may touch.
int64_t bytes_of(const image::Image& image, const StepView& step, const Operand& operand) {
  switch (kind_of(operand)) {
    case OperandKind::kNone:
      return 0;
    case OperandKind::kConstant:
      return image.constants()[operand.index].bytes;
    case OperandKind::kBuffer:
      break;
  }
  const auto [lowest, highest] = trips_of(step, operand);
  const int64_t end = operand.bytes > 0 ? lowest + operand.bytes : int64_t{image.buffers()[operand.index].bytes};
  return end - highest;
}

Status check_bytes(const image::Image& image, const StepView& step, size_t operand, int64_t needed) {
  const int64_t bytes = bytes_of(image, step, step.operands[operand]);
  // Kernels count elements in 32 bits.
  if (needed > INT32_MAX) {
    return error(Error::kMalformed, "operand '{}' has more than 2 GiB",
                 step.implementation->kernel->buffers[operand].name);
  }
  if (needed <= bytes) return {};
  return error(Error::kMalformed, "operand '{}' has {} bytes, the parameters ask for {}",
               step.implementation->kernel->buffers[operand].name, bytes, needed);
}

// What a kernel reads as elements begins at a multiple of their size; what is quantised at run time begins with words.
int64_t alignment_of(const kernels::KernelInfo& kernel, kernels::Words words, size_t operand) {
  const bool has_words = kernel.access == Access::kQuantizedWindow || kernel.access == Access::kQuantizing ||
                         kernel.buffers[operand].role == Role::kScratch;
  if (const int64_t bytes = program::element_bytes_of(kernel, words, operand); bytes > 0) return bytes;
  return has_words ? image::kConstantAlignBytes : 1;
}

Status check_alignment(const StepView& step, size_t operand) {
  const Operand& place = step.operands[operand];
  if (kind_of(place) != OperandKind::kBuffer) return {};
  const int64_t alignment = alignment_of(*step.implementation->kernel, step.words, operand);
  if (place.byte_offset % alignment == 0 && place.advance_bytes % alignment == 0) return {};
  return error(Error::kMalformed, "operand '{}' begins within an element",
               step.implementation->kernel->buffers[operand].name);
}

Status check_kinds(const image::Image& image, const StepView& step) {
  const kernels::KernelInfo& kernel = *step.implementation->kernel;
  for (size_t i = 0; i < kernel.buffers.size(); ++i) {
    const Operand& operand = step.operands[i];
    if (!role_matches(kernel.buffers[i].role, operand)) {
      return error(Error::kMalformed, "operand '{}' has the wrong kind", kernel.buffers[i].name);
    }
    TMC_TRY(check_alignment(step, i));
    if (kind_of(operand) != OperandKind::kConstant) continue;
    const auto dtype = static_cast<DType>(image.constants()[operand.index].dtype);
    TMC_TRY(program::check_dtype(Error::kMalformed, kernel, step.words, i, dtype, kernel.buffers[i].name));
  }
  return {};
}

Status malformed(const Status& status) {
  return {Error::kMalformed, status.message()};
}

}  // namespace

Result<std::vector<uint64_t>> check_step(const image::Image& image, const StepView& step, Trust trust) {
  const kernels::KernelInfo& kernel = *step.implementation->kernel;
  TMC_TRY(check_kinds(image, step));
  auto needed = program::needed_bytes(kernel, step.words);
  if (!needed.ok()) return malformed(needed.status());
  // Tensors first: what an implementation computes from sizes that are there stays within its integers.
  for (size_t i = 0; i < needed->size(); ++i) {
    if (kernel.buffers[i].role != Role::kScratch) TMC_TRY(check_bytes(image, step, i, (*needed)[i]));
  }
  TMC_TRY(program::check_values(Error::kMalformed, kernel, step.words));
  if (trust == Trust::kNone) TMC_TRY(check_constants(image, step));
  if (!step.implementation->applies(step.words)) {
    return error(Error::kMalformed, "has parameters that its kernel does not take");
  }
  std::vector<uint64_t> ends(needed->size());
  for (size_t i = 0; i < ends.size(); ++i) {
    if (kernel.buffers[i].role == Role::kScratch) {
      (*needed)[i] = step.implementation->scratch_bytes(step.words);
      TMC_TRY(check_bytes(image, step, i, (*needed)[i]));
    }
    if (kind_of(step.operands[i]) != OperandKind::kBuffer) continue;
    ends[i] = static_cast<uint64_t>(trips_of(step, step.operands[i]).highest + (*needed)[i]);
  }
  return ends;
}

}  // namespace tmc::engine
