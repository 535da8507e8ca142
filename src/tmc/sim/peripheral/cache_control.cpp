// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Cache maintenance (Armv7-M reference manual, B2.2.7). There is nothing to maintain as long as memory is what caches
// would show: the operations are accepted.

#include "tmc/sim/chip/chip.hpp"

namespace tmc::sim {
namespace {

class CacheControl final : public RegisterPeripheral<CacheControl> {
 public:
  using RegisterPeripheral::RegisterPeripheral;
  static std::span<const RegisterOf<CacheControl>> registers() {
    static constexpr RegisterOf<CacheControl> kRegisters[] = {
        {.name = "ICIALLU", .offset = 0x00}, {.name = "ICIMVAU", .offset = 0x08},  {.name = "DCIMVAC", .offset = 0x0C},
        {.name = "DCISW", .offset = 0x10},   {.name = "DCCMVAU", .offset = 0x14},  {.name = "DCCMVAC", .offset = 0x18},
        {.name = "DCCSW", .offset = 0x1C},   {.name = "DCCIMVAC", .offset = 0x20}, {.name = "DCCISW", .offset = 0x24},
        {.name = "BPIALL", .offset = 0x28},
    };
    return kRegisters;
  }
};

}  // namespace

void add_cache_control(Chip& chip) {
  chip.add<CacheControl>({.name = "CACHE", .base = 0xE000EF50, .bytes = 0x30});
}

}  // namespace tmc::sim
