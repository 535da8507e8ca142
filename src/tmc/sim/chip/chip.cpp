// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/chip/chip.hpp"

#include <fmt/format.h>

#include "tmc/sim/chip/address_names.hpp"

namespace tmc::sim {
namespace {

constexpr uint32_t all_lanes(unsigned bytes) {
  return bytes >= 4 ? 0xFFFFFFFFU : (1U << (8 * bytes)) - 1;
}

}  // namespace

Chip::Chip(Log log) : log_(std::move(log)) {
  add_peripherals(*this);
  std::sort(peripherals_.begin(), peripherals_.end(),
            [](const auto& a, const auto& b) { return a->place().base < b->place().base; });
  rcc_ = find("RCC");
  reset();
}

void Chip::own(std::unique_ptr<Peripheral> peripheral) {
  peripherals_.push_back(std::move(peripheral));
}

void Chip::reset() {
  exceptions_.reset();
  mpu_.reset();
  for (const auto& peripheral : peripherals_) peripheral->reset();
  call_attention();
}

Peripheral* Chip::at(uint32_t address) const {
  const auto after = std::upper_bound(peripherals_.begin(), peripherals_.end(), address,
                                      [](uint32_t a, const auto& p) { return a < p->place().base; });
  if (after == peripherals_.begin()) return nullptr;
  const auto& candidate = *std::prev(after);
  return address - candidate->place().base < candidate->place().bytes ? candidate.get() : nullptr;
}

Peripheral* Chip::find(std::string_view name) const {
  for (const auto& peripheral : peripherals_) {
    if (peripheral->place().name == name) return peripheral.get();
  }
  return nullptr;
}

uint32_t Chip::address_of(std::string_view name) const {
  const size_t dot = name.find('.');
  const Peripheral* const peripheral = find(name.substr(0, dot));
  const auto offset = peripheral == nullptr ? std::nullopt : peripheral->register_offset(name.substr(dot + 1));
  if (!offset) throw std::out_of_range("no register " + std::string(name));
  return peripheral->place().base + *offset;
}

std::string Chip::describe(uint32_t address) const {
  const Peripheral* const peripheral = at(address);
  if (peripheral == nullptr) return describe_address(address);
  const uint32_t offset = address - peripheral->place().base;
  const std::string_view name = peripheral->register_name(offset & ~3U);
  if (name.empty()) return fmt::format("{}+0x{:X} (0x{:08X})", peripheral->place().name, offset, address);
  return fmt::format("{}.{} (0x{:08X})", peripheral->place().name, name, address);
}

uint32_t Chip::rcc(uint32_t offset) const {
  return rcc_ == nullptr ? 0 : rcc_->kept(offset);
}

bool Chip::has_clock(const Peripheral& peripheral) const {
  const auto& gate = peripheral.place().gate;
  return !gate || (rcc(gate->register_offset) >> gate->bit & 1U) != 0;
}

Peripheral* Chip::accessible(uint32_t address, const char* access) {
  Peripheral* const peripheral = at(address);
  if (peripheral == nullptr) {
    say(fmt::format("{} {} at pc 0x{:08X}: not modelled, reads as zero", access, describe(address), program_counter_));
    return nullptr;
  }
  if (has_clock(*peripheral)) return peripheral;
  const Gate gate = *peripheral->place().gate;
  say(fmt::format("{} {} at pc 0x{:08X}: its clock is off (RCC.{}, bit {}), reads as zero", access, describe(address),
                  program_counter_, rcc_->register_name(gate.register_offset), gate.bit));
  return nullptr;
}

uint32_t Chip::read(uint32_t address, unsigned bytes) {
  Peripheral* const peripheral = accessible(address, "read of");
  if (peripheral == nullptr) return 0;
  const auto word = peripheral->read((address - peripheral->place().base) & ~3U);
  if (!word) {
    say(fmt::format("read of {} at pc 0x{:08X}: no such register here, reads as zero", describe(address),
                    program_counter_));
    return 0;
  }
  return *word >> (8 * (address & 3U)) & all_lanes(bytes);
}

void Chip::write(uint32_t address, unsigned bytes, uint32_t value) {
  Peripheral* const peripheral = accessible(address, "write to");
  if (peripheral == nullptr) return;
  const unsigned shift = 8 * (address & 3U);
  const uint32_t offset = (address - peripheral->place().base) & ~3U;
  if (!peripheral->write(offset, value << shift, all_lanes(bytes) << shift)) {
    say(fmt::format("write of 0x{:X} to {} at pc 0x{:08X}: no such register here", value, describe(address),
                    program_counter_));
  }
  call_attention();
}

uint64_t Chip::next_event() const {
  uint64_t next = kNever;
  for (const auto& peripheral : peripherals_) next = std::min(next, peripheral->next_event());
  return next;
}

void Chip::advance_to(uint64_t cycles) {
  for (uint64_t next = next_event(); next <= cycles; next = next_event()) {
    now_ = std::max(now_, next);
    for (const auto& peripheral : peripherals_) {
      if (peripheral->next_event() <= now_) peripheral->advance();
    }
  }
  now_ = std::max(now_, cycles);
}

Clocks Chip::clocks() const {
  return clocks_of([this](uint32_t offset) { return rcc(offset); });
}

void Chip::say(std::string line) {
  if (said_.insert(line).second) log_(line);
}

void Chip::request_reset(std::string reason) {
  reset_request_ = std::move(reason);
  call_attention();
}

}  // namespace tmc::sim
