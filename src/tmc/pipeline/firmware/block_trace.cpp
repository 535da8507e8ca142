// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/firmware/block_trace.hpp"

#include <charconv>
#include <optional>

#include "tmc/pipeline/firmware/issue_model.hpp"

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

}  // namespace

void BlockTrace::add_line(std::string_view line) {
  if (state_ == State::kAfter) return;
  if (const auto address = parse_listing(line)) {
    listed_.push_back(*address);
  } else if (line.starts_with("Stopped execution")) {
    if (last_ != nullptr) --last_->executions;
    last_ = nullptr;
  } else if (line.starts_with("Trace ")) {
    const auto open = line.find('[');
    const auto close = line.find("] ", open);
    if (close != line.npos) enter(std::string(line.substr(0, open)), line.substr(close + 2));
  }
}

void BlockTrace::enter(const std::string& translation, std::string_view function) {
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
  if (last_ != nullptr) ++last_->executions;
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
