// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/firmware/block_trace.hpp"

#include <charconv>
#include <optional>

#include "tmc/firmware/issue_model.hpp"

namespace tmc::firmware {
namespace {

// "0x000000c0:  2210       movs     r2, #0x10"
std::optional<std::uint32_t> parse_listing(std::string_view line) {
  const auto colon = line.find(':');
  std::uint32_t address = 0;
  if (!line.starts_with("0x") || colon == line.npos) return std::nullopt;
  const auto [end, failure] = std::from_chars(line.data() + 2, line.data() + colon, address, 16);
  if (failure != std::errc() || end != line.data() + colon) return std::nullopt;
  return address;
}

// The place of the translation in "Trace 0: 0x7f76d8009140 [...".
std::optional<std::uint64_t> parse_place(std::string_view line) {
  const auto begin = line.find(": 0x");
  std::uint64_t place = 0;
  if (begin == line.npos) return std::nullopt;
  const auto [end, failure] = std::from_chars(line.data() + begin + 4, line.data() + line.size(), place, 16);
  return failure == std::errc() ? std::optional(place) : std::nullopt;
}

}  // namespace

void BlockTrace::add_line(std::string_view line) {
  if (state_ == State::kAfter) return;
  if (const auto address = parse_listing(line)) {
    listed_.push_back(*address);
  } else if (line.starts_with("Stopped execution")) {
    if (last_ != nullptr) {
      --last_->executions;
      instructions_ -= last_->addresses.size();
    }
    last_ = nullptr;
  } else if (line.starts_with("Trace ")) {
    const auto place = parse_place(line);
    const auto close = line.find("] ");
    if (place && close != line.npos) enter(*place, line.substr(close + 2));
  }
}

void BlockTrace::enter(std::uint64_t translation, std::string_view function) {
  // A place may be used again for another block; that has been listed just before.
  if (!listed_.empty()) {
    block_of_translation_[translation] = blocks_.size();
    blocks_.push_back({std::move(listed_), 0});
    listed_.clear();
  }
  if (state_ == State::kBefore && function != function_) {
    caller_ = function;
    return;
  }
  if (state_ == State::kInside && function == caller_) {
    state_ = State::kAfter;
    return;
  }
  state_ = State::kInside;
  const auto block = block_of_translation_.find(translation);
  last_ = block == block_of_translation_.end() ? nullptr : &blocks_[block->second];
  if (last_ == nullptr) return;
  ++last_->executions;
  instructions_ += last_->addresses.size();
}

Result<Execution> execution_of(const BlockTrace& trace, const Disassembly& disassembly, const IssueRules& rules) {
  Execution execution;
  for (const BlockTrace::Block& block : trace.blocks()) {
    if (block.executions == 0) continue;
    std::vector<Instruction> instructions;
    for (const std::uint32_t address : block.addresses) {
      const auto found = disassembly.find(address);
      if (found == disassembly.end()) {
        return error(Error::kInternal, "the trace enters {:#x}, where the image has no code", address);
      }
      instructions.push_back(found->second);
    }
    execution.instructions += block.executions * instructions.size();
    execution.cycles += block.executions * issue_cycles(rules, instructions);
  }
  return execution;
}

}  // namespace tmc::firmware
