// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What an image costs, read from the image itself: nothing is estimated.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tmc/firmware/elf.hpp"
#include "tmc/targets/target.hpp"

namespace tmc::firmware {

struct FlashBytes {
  std::uint64_t code = 0;     // every byte that is not a weight: code, tables, vectors, initial values, padding
  std::uint64_t weights = 0;  // tensor data with their scales and biases (section .tmc_weights)

  std::uint64_t total() const { return code + weights; }
};

struct RamBytes {
  std::uint64_t arena = 0;             // activations, scratch, inputs and outputs (sections .tmc_arena*)
  std::uint64_t state = 0;             // what a model keeps between calls (section .tmc_state)
  std::uint64_t io = 0;                // inputs and outputs outside the arena (section .tmc_io)
  std::uint64_t statics = 0;           // every other variable
  std::optional<std::uint64_t> stack;  // the deepest use that was measured; not in the image

  std::uint64_t total() const { return arena + state + io + statics + stack.value_or(0); }
};

// A function or a constant in flash, by its name in the image; weights are not among them.
struct CodeSymbol {
  std::string name;
  std::uint64_t bytes = 0;
};

// A section whose bytes are in the image: code, constants, and the initial values of variables.
struct FlashSection {
  std::string name;
  std::uint64_t bytes = 0;
};

struct Footprint {
  FlashBytes flash;
  RamBytes ram;
  std::vector<FlashSection> flash_sections;  // in their order; the padding between them is no section
  std::vector<CodeSymbol> code_symbols;      // what most of `flash.code` consists of, the largest first
};

// kInternal when the image puts bytes where the target has no memory.
Result<Footprint> footprint_of(const ElfImage& image, const Target& target);

// The symbols and sections of an image that a bare-metal model must not have: the heap, C++ exceptions and their
// unwinder, global constructors, stdio. Sorted; empty is right.
std::vector<std::string> forbidden_symbols(const ElfImage& image);

}  // namespace tmc::firmware
