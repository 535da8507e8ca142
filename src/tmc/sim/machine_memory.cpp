// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Memories of the machine: what lies where, and what the MPU and the clocks of SRAMs let be reached.

#include <map>

#include "tmc/sim/chip/memory_map.hpp"
#include "tmc/sim/machine.hpp"

namespace tmc::sim {
namespace {

constexpr uint32_t kPage = UnicornCore::kPageBytes;

bool is_clocked(const Chip& chip, const Memory& memory) {
  return !memory.gate || (chip.rcc(memory.gate->register_offset) >> memory.gate->bit & 1U) != 0;
}

// Bytes at a multiple of themselves within which the MPU decides the same everywhere.
uint32_t grain_of(const Mpu& mpu) {
  uint64_t grain = kPage;
  for (const MpuRegion& region : mpu.regions) {
    if (region.enabled()) grain = std::min(grain, std::max<uint64_t>(32, region.bytes() / 8));
  }
  return static_cast<uint32_t>(grain);
}

}  // namespace

Status Machine::map_all() {
  for (const Memory& memory : memories()) {
    const UnicornCore::Protection all{true, memory.writable, true};
    TMC_TRY(core_->map_memory(memory.base, memory.bytes, all));
    for (uint32_t page = 0; page != memory.bytes; page += kPage) protections_[memory.base + page] = all;
  }
  for (const AddressRange& range : device_ranges()) TMC_TRY(core_->map_devices(range.base, range.bytes));
  const Memory& flash = *find_memory(kFlashBase);
  const std::string erased(flash.bytes, '\xFF');
  core_->write(flash.base, erased.data(), erased.size());
  flash_cares_.assign(flash.bytes / 2, Care::kUnknown);
  return {};
}

Status Machine::load_image() {
  for (const Segment& segment : image_.segments()) {
    const Memory* const memory = find_memory(segment.address);
    const bool fits = memory != nullptr && segment.bytes.size() <= memory->base + memory->bytes - segment.address;
    if (!fits || !core_->write(segment.address, segment.bytes.data(), segment.bytes.size())) {
      return error(Error::kMalformed, "the image puts {} bytes at 0x{:08X}, where the STM32H743 has no such memory",
                   segment.bytes.size(), segment.address);
    }
  }
  return {};
}

Machine::Access Machine::access() const {
  const uint32_t exception = core_->get(CoreRegister::kXpsr) & 0x1FFU;
  const bool privileged = exception != 0 || (core_->get(CoreRegister::kControl) & 1U) == 0;
  return {privileged, chip_.exceptions().negative_priority(masks_of(*core_))};
}

bool Machine::allowed(uint32_t address, unsigned bytes, AccessKind kind) const {
  const Access now = access();
  const Mpu& mpu = chip_.mpu();
  return mpu.allows(address, kind, now.privileged, now.negative_priority) &&
         mpu.allows(address + bytes - 1, kind, now.privileged, now.negative_priority);
}

UnicornCore::Protection Machine::protection_of(const Memory& memory, uint32_t page, const Access& now,
                                               uint32_t grain) const {
  const bool clocked = is_clocked(chip_, memory);
  UnicornCore::Protection protection{clocked, clocked && memory.writable, clocked};
  if (!chip_.mpu().on(now.negative_priority)) return protection;
  const Mpu& mpu = chip_.mpu();
  for (uint32_t at = page; at != page + kPage; at += grain) {
    protection.read &= mpu.allows(at, AccessKind::kRead, now.privileged, now.negative_priority);
    protection.write &= mpu.allows(at, AccessKind::kWrite, now.privileged, now.negative_priority);
  }
  // Code is let run or not by whole pages: an instruction cannot be let through alone.
  protection.execute &= mpu.allows(page, AccessKind::kExecute, now.privileged, now.negative_priority);
  return protection;
}

Status Machine::apply_protection() {
  const Access now = access();
  const uint64_t state = chip_.mpu().changes() << 8 | (chip_.rcc(0xDC) >> 29) << 2 | uint64_t{now.privileged} << 1 |
                         uint64_t{now.negative_priority};
  if (state == protection_state_) return {};
  protection_state_ = state;
  const uint32_t grain = grain_of(chip_.mpu());
  for (const Memory& memory : memories()) {
    const uint32_t end = memory.base + memory.bytes;
    for (uint32_t page = memory.base; page != end;) {
      const UnicornCore::Protection wanted = protection_of(memory, page, now, grain);
      const UnicornCore::Protection before = protections_.at(page);
      // Unicorn splits its memories where protections differ, and copies them: as few and as long pieces as there are.
      const uint32_t begin = page;
      do {
        protections_[page] = wanted;
        page += kPage;
      } while (page != end && protections_.at(page) == before && protection_of(memory, page, now, grain) == wanted);
      if (wanted != before) TMC_TRY(core_->protect(begin, page - begin, wanted));
    }
  }
  return {};
}

bool Machine::on_protected(uint32_t address, unsigned bytes, bool write) {
  const Memory* const memory = find_memory(address);
  if (memory == nullptr || !is_clocked(chip_, *memory) || (write && !memory->writable)) return false;
  if (!allowed(address, bytes, write ? AccessKind::kWrite : AccessKind::kRead)) return false;
  // Another part of the page is forbidden. The page is open for as long as this instruction takes.
  opened_page_ = address & ~(kPage - 1);
  return core_->protect(*opened_page_, kPage, {true, true, true}).ok();
}

void Machine::close_page() {
  const uint32_t page = *std::exchange(opened_page_, std::nullopt);
  if (!core_->protect(page, kPage, protections_[page]).ok()) core_->stop();
}

}  // namespace tmc::sim
