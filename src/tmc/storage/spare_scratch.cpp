// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/spare_scratch.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "tmc/storage/order.hpp"

namespace tmc::storage {
namespace {

using program::Buffer;
using program::Program;
using program::Step;

// The operand; null where the implementation takes no scratch.
template <typename AnyStep>
auto scratch_operand(AnyStep& step) -> decltype(step.operands.data()) {
  for (size_t i = 0; i < step.operands.size(); ++i) {
    const bool is_scratch = step.implementation->kernel->buffers[i].role == kernels::Role::kScratch;
    if (is_scratch && step.operands[i].kind == program::Operand::Kind::kBuffer) return &step.operands[i];
  }
  return nullptr;
}

void resize_scratch(Program& program) {
  std::vector<int64_t> bytes(program.buffers.size());
  for (Step& step : program.steps) {
    program::Operand* operand = scratch_operand(step);
    if (!operand) continue;
    const int64_t needed = step.implementation->scratch_bytes(step.params);
    if (operand->bytes > 0) operand->bytes = needed;
    int64_t& most = bytes[static_cast<size_t>(operand->index)];
    most = std::max(most, needed);
  }
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (program.buffers[i].kind == Buffer::Kind::kScratch) program.buffers[i].bytes = bytes[i];
  }
}

}  // namespace

std::vector<SparedImplementation> spare_scratch(Program& program) {
  std::vector<SparedImplementation> implementations;
  for (Step& step : program.steps) {
    if (step.implementation->instead_of == nullptr) continue;
    const kernels::ImplementationInfo* implementation = step.implementation;
    step.implementation = kernels::find_implementation(implementation->isa, implementation->instead_of);
    implementations.push_back(
        {step.name, implementation,
         step.implementation->instructions(step.params) - implementation->instructions(step.params)});
  }
  if (!implementations.empty()) resize_scratch(program);
  std::ranges::stable_sort(implementations, std::greater{}, &SparedImplementation::saved_instructions);
  return implementations;
}

bool spend_scratch(Program& program, const SparedImplementation& spared, bool overlap, int64_t most_bytes) {
  Program spent = program;
  const kernels::ImplementationInfo* instead =
      kernels::find_implementation(spared.implementation->isa, spared.implementation->instead_of);
  for (Step& step : spent.steps) {
    if (step.name != spared.node || step.implementation != instead) continue;
    if (spared.implementation->applies(step.params)) step.implementation = spared.implementation;
  }
  resize_scratch(spent);
  if (lower_bound_blocks(find_uses(spent, overlap)) * program::kAlignBytes > most_bytes) return false;
  program = std::move(spent);
  return true;
}

}  // namespace tmc::storage
