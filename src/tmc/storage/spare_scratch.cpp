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

// The operand; null where the body takes no scratch.
template <typename AnyStep>
auto scratch_operand(AnyStep& step) -> decltype(step.operands.data()) {
  for (size_t i = 0; i < step.operands.size(); ++i) {
    const bool is_scratch = step.body->kernel->buffers[i].role == kernels::Role::kScratch;
    if (is_scratch && step.operands[i].kind == program::Operand::Kind::kBuffer) return &step.operands[i];
  }
  return nullptr;
}

void resize_scratch(Program& program) {
  std::vector<int64_t> bytes(program.buffers.size());
  for (Step& step : program.steps) {
    program::Operand* operand = scratch_operand(step);
    if (!operand) continue;
    const int64_t needed = step.body->scratch_bytes(step.params);
    if (operand->bytes > 0) operand->bytes = needed;
    int64_t& most = bytes[static_cast<size_t>(operand->index)];
    most = std::max(most, needed);
  }
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (program.buffers[i].kind == Buffer::Kind::kScratch) program.buffers[i].bytes = bytes[i];
  }
}

}  // namespace

std::vector<SparedBody> spare_scratch(Program& program) {
  std::vector<SparedBody> bodies;
  for (Step& step : program.steps) {
    if (!step.body->spends_flash()) continue;
    const kernels::BodyInfo* body = step.body;
    step.body = kernels::find_body(body->isa, body->instead_of);
    bodies.push_back({step.name, body, step.body->instructions(step.params) - body->instructions(step.params)});
  }
  if (!bodies.empty()) resize_scratch(program);
  std::ranges::stable_sort(bodies, std::greater{}, &SparedBody::saved_instructions);
  return bodies;
}

bool spend_scratch(Program& program, const SparedBody& spared, bool overlap, int64_t most_bytes) {
  Program spent = program;
  const kernels::BodyInfo* instead = kernels::find_body(spared.body->isa, spared.body->instead_of);
  for (Step& step : spent.steps) {
    if (step.name != spared.node || step.body != instead) continue;
    if (spared.body->applies(step.params)) step.body = spared.body;
  }
  resize_scratch(spent);
  if (lower_bound_blocks(find_uses(spent, overlap)) * program::kAlignBytes > most_bytes) return false;
  program = std::move(spent);
  return true;
}

}  // namespace tmc::storage
