// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The instructions of an Arm image, as its disassembler prints them, reduced to what an issue model needs: which kind
// of unit they use and which registers they read and write.

#include <bitset>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "tmc/base/host/status.hpp"
#include "tmc/targets/target.hpp"

namespace tmc::firmware {

enum class InstructionKind : std::uint8_t { kAlu, kLoad, kStore, kMultiply, kDivide, kBranch };

// r0 to r15, then s0 to s31; d registers count as the two s registers that they overlap. Flags are left out: a compare
// and the branch on it pair.
using Registers = std::bitset<48>;

struct Instruction {
  InstructionKind kind = InstructionKind::kAlu;
  int words = 1;           // that a load or store moves
  Registers reads;         // needed when it issues
  Registers writes;        // ready after its latency
  Registers updates;       // address registers that it moves on; ready after one cycle
  Registers accumulators;  // what a multiply adds to: needed one cycle later than the factors
};

// One line of text: "smlad.w", "r0, r1, r2, r3".
Instruction decode_instruction(std::string_view mnemonic, std::string_view operands);

// By address.
using Disassembly = std::map<std::uint32_t, Instruction>;

// Reads what `objdump -d --no-show-raw-insn` prints; lines that hold no instruction are passed over.
Disassembly parse_disassembly(std::string_view text);
Result<Disassembly> disassemble(const Target& target, const std::filesystem::path& elf);

}  // namespace tmc::firmware
