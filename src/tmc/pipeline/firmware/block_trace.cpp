// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/pipeline/firmware/block_trace.hpp"

#include <charconv>
#include <optional>

#include "tmc/pipeline/firmware/issue_model.hpp"

namespace tmc::firmware {
namespace {

struct Entry {
  std::uint32_t address = 0;
  std::string_view function;
};

std::optional<Entry> parse_entry(std::string_view line) {
  if (!line.starts_with("Trace ")) return std::nullopt;
  const auto open = line.find('[');
  const auto begin = line.find('/', open);
  const auto close = line.find(']', open);
  if (close == line.npos || begin == line.npos || begin > close) return std::nullopt;
  Entry entry;
  if (std::from_chars(line.data() + begin + 1, line.data() + close, entry.address, 16).ec != std::errc()) {
    return std::nullopt;
  }
  entry.function = line.substr(close + 1);
  entry.function.remove_prefix(std::min(entry.function.find_first_not_of(' '), entry.function.size()));
  return entry;
}

// The instructions from the block's begin to its branch. The emulator may also cut a block short; then the next one
// begins inside of it, at an address to which its branch does not lead.
Result<std::vector<Instruction>> instructions_of(const BlockTrace::Passage& passage, const Disassembly& disassembly) {
  std::vector<Instruction> instructions;
  std::size_t cut = 0;
  for (auto at = disassembly.find(passage.block); at != disassembly.end(); ++at) {
    if (at->first == passage.next) cut = instructions.size();
    instructions.push_back(at->second);
    if (!at->second.ends_block) continue;
    if (cut != 0 && at->second.target != passage.next) instructions.resize(cut);
    return instructions;
  }
  return error(Error::kInternal, "the trace enters {:#x}, where the image has no code that ends", passage.block);
}

}  // namespace

void BlockTrace::add_line(std::string_view line) {
  if (state_ == State::kAfter) return;
  if (line.starts_with("Stopped execution")) block_ran_ = false;
  const auto entry = parse_entry(line);
  if (!entry) return;
  if (state_ == State::kInside) {
    if (block_ran_) ++passages_[{block_, entry->address}];
    if (entry->function == caller_) state_ = State::kAfter;
  } else if (entry->function == function_) {
    state_ = State::kInside;
  } else {
    caller_ = entry->function;
  }
  block_ = entry->address;
  block_ran_ = true;
}

Result<Execution> execution_of(const BlockTrace& trace, const Disassembly& disassembly, const IssueRules& rules) {
  Execution execution;
  for (const auto& [passage, times] : trace.passages()) {
    TMC_ASSIGN(const auto instructions, instructions_of(passage, disassembly));
    execution.instructions += times * instructions.size();
    execution.cycles += times * issue_cycles(rules, instructions);
  }
  return execution;
}

}  // namespace tmc::firmware
