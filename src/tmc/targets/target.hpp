// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a target is: everything that compiling, running and costing for a machine needs to know about it. Each target is
// one file in `data/`, built into the binary; a target that is a board also has the folder `boards/NAME` with startup
// code and linker script (docs/adding-a-board.md). Plain values, no ownership of anything outside.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc {

enum class Optimize { kSpeed, kBalanced, kSize };

Result<Optimize> parse_optimize(std::string_view name);
std::string_view optimize_name(Optimize optimize);

enum class MemoryKind { kFlash, kRam };

struct MemoryRegion {
  std::string name;  // as the board's linker script calls it
  MemoryKind kind = MemoryKind::kRam;
  std::uint64_t base = 0;
  std::uint64_t bytes = 0;
  // Core cycles until a word that no cache holds has been read: the order in which a plan prefers regions.
  double read_cycles = 1;
  bool for_arena = false;  // RAM that an arena may lie in without being asked to
};

struct Toolchain {
  std::string compiler;
  std::string disassembler;
  std::vector<std::string> flags;  // machine and language; the same at every optimisation
  std::vector<std::string> speed, balanced, size;
  std::vector<std::string> link_flags;

  const std::vector<std::string>& optimize_flags(Optimize optimize) const;
};

struct Board {
  std::string linker_script;  // in the board's folder
  std::string stack_region;   // where stack and variables lie
  std::uint64_t stack_bytes = 0;
};

// kSimulator: as kNone, but for the command line, which has a simulator of the chip where it was built with one.
enum class RunMethod { kNone, kInProcess, kEmulator, kSimulator };

struct Runner {
  RunMethod method = RunMethod::kNone;
  std::vector<std::string> command;  // emulator and its arguments; "{elf}" stands for the image
  // Further arguments that make it write a line for each block of code it enters, to "{trace}"; empty: it cannot.
  std::vector<std::string> trace_arguments;
  double timeout_s = 0;  // for each started hundred samples, beside what their instructions take
};

// How a core that issues in order can pair instructions: what `cycles_estimate` follows.
struct IssueRules {
  int width = 1;  // instructions in a cycle; of them at most so many loads, stores and multiplies:
  int loads = 1;
  int stores = 1;
  int multiplies = 1;
  int load_latency = 1;  // cycles until the result can be used; 1: by the next cycle's instructions
  int multiply_latency = 1;
  int divide_cycles = 1;
};

struct Target {
  std::string name;
  std::string title;
  std::vector<std::string> isa;             // folders of kernel implementations, best first; the last is "portable"
  std::vector<std::string> in_process_isa;  // the same for what runs in this process and is no source; empty for boards
  std::vector<MemoryRegion> memory;
  std::string core;  // a file of data/core; empty for the host
  double clock_hz = 0;
  std::optional<Toolchain> toolchain;  // of the core
  std::vector<std::string> startup;    // of the core: folders of boards/common that are in every image
  std::optional<IssueRules> issue;     // of the core, where they can say how it issues
  std::optional<Board> board;
  Runner run;

  const MemoryRegion* find_region(std::string_view region) const;
  // Those open to arenas, the fastest first.
  std::vector<const MemoryRegion*> arena_regions() const;
  // What a region has left for an arena beside stack and variables.
  std::uint64_t arena_room(const MemoryRegion& region) const;
  std::uint64_t bytes_of(MemoryKind kind) const;
};

// The targets that this build knows, sorted by name.
const std::vector<std::string>& target_names();

// kBadUsage for a name that is not among them; the message lists those that are.
Result<Target> load_target(std::string_view name);

// The target as programs of this process have it, images and what evaluates a graph among them: with its
// in_process_isa, where it has some.
Target in_process(Target target);

// Reads one data file. `file` is named in errors, all of which are kMalformed: a key that is unknown, missing, of the
// wrong type, or that contradicts another.
Result<Target> parse_target(std::string_view yaml, std::string_view file);

}  // namespace tmc
