// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/fault_report.hpp"

#include <fmt/format.h>

#include "tmc/sim/chip/memory_map.hpp"

namespace tmc::sim {
namespace {

constexpr unsigned kMostFrames = 16;
constexpr uint32_t kMostStackBytes = 4096;

// BL, or BLX of a register, before the address.
bool follows_call(const UnicornCore& core, uint32_t address) {
  uint16_t before[2] = {};
  if (address < 4 || !core.read(address - 4, before, sizeof before)) return false;
  const bool call = (before[0] & 0xF800U) == 0xF000U && (before[1] & 0xD000U) == 0xD000U;
  return call || (before[1] & 0xFF87U) == 0x4780U;
}

std::string named(const Image& image, uint32_t address) {
  const std::string name = image.describe(address);
  return fmt::format("0x{:08X} {}", address, name.empty() ? "outside the program" : name);
}

std::string stack_trace(const UnicornCore& core, const Image& image) {
  std::string text = "  at   " + named(image, core.general(15)) + "\n";
  unsigned frames = 0;
  const auto add = [&](uint32_t value) {
    const uint32_t address = value & ~1U;
    if ((value & 1U) == 0 || !image.holds_code(address) || !follows_call(core, address)) return;
    // The call, not what follows it.
    text += "  from " + named(image, address - 2) + "\n";
    ++frames;
  };
  const uint32_t lr = core.general(14);
  add(lr);
  const uint32_t sp = core.general(13) & ~3U;
  const Memory* const memory = find_memory(sp);
  if (memory == nullptr) return text;
  const uint32_t end = std::min(sp + kMostStackBytes, memory->base + memory->bytes);
  for (uint32_t at = sp; at < end && frames < kMostFrames; at += 4) {
    uint32_t value = 0;
    if (core.read(at, &value, sizeof value) && value != lr) add(value);
  }
  return text;
}

}  // namespace

std::string fault_report(const UnicornCore& core, const Image& image, std::string_view what) {
  std::string text = fmt::format("{}\n", what);
  for (unsigned i = 0; i < 16; ++i) {
    constexpr std::string_view kNames[] = {"r0", "r1", "r2",  "r3",  "r4",  "r5", "r6", "r7",
                                           "r8", "r9", "r10", "r11", "r12", "sp", "lr", "pc"};
    text += fmt::format("  {:>3} 0x{:08X}{}", kNames[i], core.general(i), i % 4 == 3 ? "\n" : "");
  }
  text += fmt::format("  xpsr 0x{:08X}\n", core.get(CoreRegister::kXpsr));
  return text + stack_trace(core, image);
}

}  // namespace tmc::sim
