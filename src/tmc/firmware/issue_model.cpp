// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/firmware/issue_model.hpp"

#include <algorithm>
#include <array>

namespace tmc::firmware {
namespace {

class Core {
 public:
  explicit Core(const IssueRules& rules) : rules_(rules) {}

  void issue(const Instruction& instruction) {
    const std::uint64_t earliest =
        std::max(ready_cycle(instruction.reads, ready_), ready_cycle(instruction.accumulators, ready_to_add_));
    if (earliest > cycle_) advance_to(earliest);
    if (!has_slot(instruction) || (written_now_ & (instruction.writes | instruction.updates)).any()) {
      advance_to(cycle_ + 1);
    }
    take_slot(instruction);
    set_ready(instruction);
    // A block transfer, a division and a branch leave nothing of their last cycle to others.
    const std::uint64_t busy = busy_cycles(instruction);
    if (busy > 1 || instruction.kind == InstructionKind::kBranch) advance_to(cycle_ + busy);
  }

  std::uint64_t cycles() const { return cycle_ + (slots_ > 0 ? 1 : 0); }

 private:
  using ReadyCycles = std::array<std::uint64_t, Registers{}.size()>;

  static std::uint64_t ready_cycle(const Registers& registers, const ReadyCycles& ready) {
    std::uint64_t latest = 0;
    for (std::size_t i = 0; i < registers.size(); ++i) {
      if (registers.test(i)) latest = std::max(latest, ready[i]);
    }
    return latest;
  }

  std::uint64_t busy_cycles(const Instruction& instruction) const {
    if (instruction.kind == InstructionKind::kDivide) return static_cast<std::uint64_t>(rules_.divide_cycles);
    const int ports = instruction.kind == InstructionKind::kLoad ? rules_.loads : rules_.stores;
    return static_cast<std::uint64_t>((instruction.words + ports - 1) / ports);
  }

  // How many of the instructions of one cycle may be of this kind.
  int limit(InstructionKind kind) const {
    switch (kind) {
      case InstructionKind::kLoad:
        return rules_.loads;
      case InstructionKind::kStore:
        return rules_.stores;
      case InstructionKind::kMultiply:
        return rules_.multiplies;
      case InstructionKind::kDivide:
        return 1;
      case InstructionKind::kAlu:
      case InstructionKind::kBranch:
        return rules_.width;
    }
    return rules_.width;
  }

  bool has_slot(const Instruction& instruction) const {
    const bool alone = instruction.words > 1 || instruction.kind == InstructionKind::kDivide;
    if (slots_ > 0 && alone) return false;
    return slots_ < rules_.width && used_[static_cast<std::size_t>(instruction.kind)] < limit(instruction.kind);
  }

  void take_slot(const Instruction& instruction) {
    ++slots_;
    ++used_[static_cast<std::size_t>(instruction.kind)];
    written_now_ |= instruction.writes | instruction.updates;
  }

  std::uint64_t latency(const Instruction& instruction) const {
    switch (instruction.kind) {
      case InstructionKind::kLoad:
        return static_cast<std::uint64_t>(rules_.load_latency) + busy_cycles(instruction) - 1;
      case InstructionKind::kMultiply:
        return static_cast<std::uint64_t>(rules_.multiply_latency);
      case InstructionKind::kDivide:
        return static_cast<std::uint64_t>(rules_.divide_cycles);
      default:
        return 1;
    }
  }

  void set_ready(const Instruction& instruction) {
    const std::uint64_t result = cycle_ + latency(instruction);
    // The sum of one multiply goes straight into the next.
    const std::uint64_t sum = instruction.kind == InstructionKind::kMultiply ? cycle_ + 1 : result;
    for (std::size_t i = 0; i < Registers{}.size(); ++i) {
      if (instruction.updates.test(i)) ready_[i] = ready_to_add_[i] = cycle_ + 1;
      if (!instruction.writes.test(i)) continue;
      ready_[i] = result;
      ready_to_add_[i] = sum;
    }
  }

  void advance_to(std::uint64_t cycle) {
    cycle_ = cycle;
    slots_ = 0;
    used_ = {};
    written_now_.reset();
  }

  const IssueRules& rules_;
  std::uint64_t cycle_ = 0;
  int slots_ = 0;
  std::array<int, 6> used_{};
  Registers written_now_;
  ReadyCycles ready_{}, ready_to_add_{};
};

}  // namespace

std::uint64_t issue_cycles(const IssueRules& rules, std::span<const Instruction> run) {
  Core core(rules);
  for (const Instruction& instruction : run) core.issue(instruction);
  return core.cycles();
}

}  // namespace tmc::firmware
