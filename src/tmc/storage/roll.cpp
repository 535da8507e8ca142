// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/roll.hpp"

#include <algorithm>
#include <map>

#include "tmc/storage/loop_body.hpp"
#include "tmc/storage/scattered_tensors.hpp"
#include "tmc/storage/trips.hpp"

namespace tmc::storage {
namespace {

using program::Program;

// The steps of each kind that read constants, as those of a recurrent layer read its weights, and of which there are
// enough; the kinds with the most products first, else in the order of their first steps.
std::vector<std::vector<int32_t>> possible_pivots(const Program& program, const std::vector<int32_t>& kinds) {
  std::map<int32_t, std::vector<int32_t>> by_kind;
  for (size_t i = 0; i < kinds.size(); ++i) {
    const auto& operands = program.steps[i].operands;
    const auto is_constant = [](const program::Operand& operand) {
      return operand.kind == program::Operand::Kind::kConstant;
    };
    if (std::ranges::any_of(operands, is_constant)) by_kind[kinds[i]].push_back(static_cast<int32_t>(i));
  }
  std::vector<std::vector<int32_t>> pivots;
  for (auto& [kind, steps] : by_kind) {
    if (steps.size() >= kLeastTrips) pivots.push_back(std::move(steps));
  }
  const auto rank = [&](const std::vector<int32_t>& steps) {
    return std::pair(-program.steps[static_cast<size_t>(steps.front())].macs, steps.front());
  };
  std::ranges::sort(pivots, {}, rank);
  return pivots;
}

bool roll_one(Program& program) {
  const std::vector<int32_t> kinds = kinds_of(program);
  const std::vector<std::vector<int32_t>> pivots = possible_pivots(program, kinds);
  if (pivots.empty()) return false;
  const std::vector<std::vector<int32_t>> needed = dependencies(program);
  for (const std::vector<int32_t>& steps : pivots) {
    for (const Trips& trips : find_trips(needed, kinds, steps)) {
      if (roll(program, trips)) return true;
    }
  }
  return false;
}

}  // namespace

int32_t roll_loops(Program& program) {
  int32_t loops = 0;
  while (roll_one(program)) ++loops;
  if (loops > 0) remove_scattered_tensors(program);
  return loops;
}

}  // namespace tmc::storage
