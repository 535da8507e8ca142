// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/spare_scratch.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/storage/lives.hpp"
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
int32_t scratch_of(const Step& step) {
  const program::Operand* operand = scratch_operand(step);
  return operand ? operand->index : -1;
}

// Of the nodes that need most of a scratch buffer, those whose body may give way; none where another one needs as much.
std::set<std::string> nodes_to_change(const Program& program, int32_t buffer) {
  std::set<std::string> nodes;
  int64_t most_bytes = 0;
  bool gives_way = true;
  for (const Step& step : program.steps) {
    if (scratch_of(step) != buffer) continue;
    const int64_t bytes = step.body->scratch_bytes(step.params);
    if (bytes < most_bytes) continue;
    if (bytes > most_bytes) {
      most_bytes = bytes;
      nodes.clear();
      gives_way = true;
    }
    gives_way = gives_way && step.body->spends_flash();
    nodes.insert(step.name);
  }
  return gives_way ? nodes : std::set<std::string>();
}

// The nodes of nodes_to_change whose scratch lives where the most blocks do.
std::set<std::string> highest_nodes(const Program& program, bool overlap) {
  const Uses uses = find_uses(program, overlap);
  const std::vector<int32_t> order = given_order(uses);
  const std::vector<int64_t> live = live_blocks(uses, order, std::vector<bool>(program.buffers.size(), true));
  const std::vector<Life> lives = find_lives(uses, order);
  std::set<std::string> highest;
  int64_t most = -1;
  for (size_t i = 0; i < lives.size(); ++i) {
    const int32_t buffer = uses.segments[i].buffer;
    if (program.buffers[static_cast<size_t>(buffer)].kind != Buffer::Kind::kScratch) continue;
    const auto first = live.begin() + lives[i].first + 1;
    const int64_t blocks = *std::max_element(first, first + (lives[i].last - lives[i].first + 1));
    if (blocks <= most) continue;
    std::set<std::string> nodes = nodes_to_change(program, buffer);
    if (nodes.empty()) continue;
    most = blocks;
    highest = std::move(nodes);
  }
  return highest;
}

int64_t bound_bytes(const Program& program, bool overlap) {
  const Uses uses = find_uses(program, overlap);
  const std::vector<bool> all(program.buffers.size(), true);
  return lower_bound_blocks(uses, given_order(uses), all) * program::kAlignBytes;
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

void spare(Step& step) {
  step.body = kernels::find_body(step.body->isa, step.body->instead_of);
}

}  // namespace

SparedBodies spare_scratch(Program& program) {
  SparedBodies bodies;
  for (Step& step : program.steps) {
    if (!step.body->spends_flash()) continue;
    bodies[step.name] = step.body;
    spare(step);
  }
  if (!bodies.empty()) resize_scratch(program);
  return bodies;
}

void spend_scratch(Program& program, const SparedBodies& bodies, bool overlap, int64_t most_bytes) {
  for (Step& step : program.steps) {
    const auto found = bodies.find(step.name);
    if (found == bodies.end() || step.body->name != std::string_view(found->second->instead_of)) continue;
    if (found->second->applies(step.params)) step.body = found->second;
  }
  resize_scratch(program);
  while (bound_bytes(program, overlap) > most_bytes && spare_highest(program, overlap)) continue;
}

bool spare_highest(Program& program, bool overlap) {
  const std::set<std::string> nodes = highest_nodes(program, overlap);
  for (Step& step : program.steps) {
    if (!nodes.contains(step.name) || !step.body->spends_flash()) continue;
    step.choice += ", but the arena would be higher with the scratch of " + step.body->label();
    spare(step);
  }
  resize_scratch(program);
  return !nodes.empty();
}

}  // namespace tmc::storage
