// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The blocks of code that an emulator enters, as QEMU's `-d exec,nochain` writes them, one line for each:
//
//   Trace 0: 0x7f76d8009140 [00800408/000000c0/00000010/ff020200] tiny_run
//
// where the second number in brackets is the address and the last word the function. A line "Stopped execution of TB
// chain before ..." takes the one before it back: the emulator's turn was over before that block ran.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "tmc/pipeline/firmware/instruction.hpp"

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

  struct Passage {
    std::uint32_t block = 0;  // address at which the block begins
    std::uint32_t next = 0;   // address of the block that ran after it

    bool operator<(const Passage& other) const {
      return block != other.block ? block < other.block : next < other.next;
    }
  };
  const std::map<Passage, std::uint64_t>& passages() const { return passages_; }

 private:
  enum class State { kBefore, kInside, kAfter };

  std::string function_;
  std::string caller_;
  State state_ = State::kBefore;
  std::uint32_t block_ = 0;
  bool block_ran_ = false;
  std::map<Passage, std::uint64_t> passages_;
};

struct Execution {
  std::uint64_t instructions = 0;
  std::uint64_t cycles = 0;  // by the issue rules: an estimate
};

// Costs every block of the trace by the rules. kInternal when the trace leads to where there is no instruction.
Result<Execution> execution_of(const BlockTrace& trace, const Disassembly& disassembly, const IssueRules& rules);

}  // namespace tmc::firmware
