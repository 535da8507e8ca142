// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The blocks of code that an emulator enters, as QEMU's `-d exec,nochain,in_asm` writes them. It lists the instructions
// of a block when it translates it, and then, each time that it enters the block, the place of the translation:
//
//   IN: tiny_run
//   0x000000c0:  2210       movs     r2, #0x10
//   Trace 0: 0x7f76d8009140 [00800408/000000c0/00000010/ff020200] tiny_run
//
// where the last word is the function. A line "Stopped execution of TB chain before ..." takes the entry before it
// back: the emulator's turn was over before that block ran.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tmc/firmware/instruction.hpp"

namespace tmc::firmware {

// Collects what happens between the first entry of a function and the return to its caller, from lines that come in
// order. Assumes that the function does not call its caller.
class BlockTrace {
 public:
  explicit BlockTrace(std::string function) : function_(std::move(function)) {}

  // One line of the emulator's log; lines of other kinds are passed over.
  void add_line(std::string_view line);

  // False until the function has been entered and has returned.
  bool complete() const { return state_ == State::kAfter; }

  struct Block {
    std::vector<std::uint32_t> addresses;  // of its instructions
    std::uint64_t executions = 0;
  };
  const std::vector<Block>& blocks() const { return blocks_; }
  // Of all blocks entered so far.
  std::uint64_t instructions() const { return instructions_; }

 private:
  enum class State { kBefore, kInside, kAfter };

  void enter(std::uint64_t translation, std::string_view function);

  std::string function_;
  std::string caller_;
  State state_ = State::kBefore;
  std::vector<std::uint32_t> listed_;  // instructions of the translation that has just been listed
  std::unordered_map<std::uint64_t, std::size_t> block_of_translation_;  // by its place in the emulator
  std::vector<Block> blocks_;
  Block* last_ = nullptr;  // entered last, if inside
  std::uint64_t instructions_ = 0;
};

struct Execution {
  std::uint64_t instructions = 0;
  std::uint64_t cycles = 0;  // by the issue rules: an estimate
};

// Costs every block of the trace by the rules. kInternal when the trace leads to where there is no instruction.
Result<Execution> execution_of(const BlockTrace& trace, const Disassembly& disassembly, const IssueRules& rules);

}  // namespace tmc::firmware
