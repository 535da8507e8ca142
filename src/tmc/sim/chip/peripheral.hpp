// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A peripheral as software sees it: registers at addresses. What it does by itself, such as counting, it does when the
// chip's time reaches `next_event()`. The chip owns peripherals, calls them on one thread, and outlives them.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tmc/sim/chip/register.hpp"

namespace tmc::sim {

class Chip;

inline constexpr uint64_t kNever = std::numeric_limits<uint64_t>::max();

// The bit of RCC that gives a peripheral its clock.
struct Gate {
  uint32_t register_offset;  // in RCC
  uint32_t bit;
};

struct Place {
  std::string name;  // as the reference manual has it
  uint32_t base = 0;
  uint32_t bytes = 0x400;
  std::optional<Gate> gate = std::nullopt;  // nothing: always clocked
};

class Peripheral {
 public:
  Peripheral(Chip& chip, Place place) : chip_(chip), place_(std::move(place)) {}
  Peripheral(const Peripheral&) = delete;
  virtual ~Peripheral() = default;

  const Place& place() const { return place_; }

  virtual void reset() = 0;
  // Of a word at a multiple of four. Nothing: there is no such register.
  virtual std::optional<uint32_t> read(uint32_t offset) = 0;
  // `written` and the bits that software addressed, all of them for a word.
  virtual bool write(uint32_t offset, uint32_t written, uint32_t lanes) = 0;
  // The value that is kept, without what reading does; for other peripherals and for tests.
  virtual uint32_t kept(uint32_t offset) const = 0;
  // Empty where there is none.
  virtual std::string_view register_name(uint32_t offset) const = 0;
  virtual std::optional<uint32_t> register_offset(std::string_view name) const = 0;

  // In cycles of the chip's time.
  virtual uint64_t next_event() const { return kNever; }
  virtual void advance() {}

 protected:
  Chip& chip() const { return chip_; }

 private:
  Chip& chip_;
  Place place_;
};

// A peripheral with a table of registers: `static std::span<const RegisterOf<P>> P::registers()`, in any order.
template <typename P>
class RegisterPeripheral : public Peripheral {
 public:
  using Peripheral::Peripheral;

  void reset() override {
    const auto rows = P::registers();
    values_.resize(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) values_[i] = rows[i].reset;
  }

  std::optional<uint32_t> read(uint32_t offset) override {
    const auto index = find(offset);
    if (!index) return std::nullopt;
    const RegisterOf<P>& row = P::registers()[*index];
    return row.read == nullptr ? values_[*index] : (self().*row.read)(values_[*index]);
  }

  bool write(uint32_t offset, uint32_t written, uint32_t lanes) override {
    const auto index = find(offset);
    if (!index) return false;
    const RegisterOf<P>& row = P::registers()[*index];
    const uint32_t before = values_[*index];
    // Lanes that software left out keep what they have; a one there would clear what nobody asked to clear.
    const uint32_t whole = (written & lanes) | (before & ~lanes & ~row.write_1_clears);
    uint32_t after = (before & ~row.writable) | (whole & row.writable);
    after &= ~(whole & row.write_1_clears);
    lanes_ = lanes;
    values_[*index] = after;
    if (row.write != nullptr) values_[*index] = (self().*row.write)(before, whole);
    return true;
  }

  uint32_t kept(uint32_t offset) const override {
    const auto index = find(offset);
    return index ? values_[*index] : 0;
  }

  std::string_view register_name(uint32_t offset) const override {
    const auto index = find(offset);
    return index ? P::registers()[*index].name : std::string_view();
  }

  std::optional<uint32_t> register_offset(std::string_view name) const override {
    for (const RegisterOf<P>& row : P::registers()) {
      if (row.name == name) return row.offset;
    }
    return std::nullopt;
  }

 protected:
  // What `write` functions start from: the kept value with the table's masks applied already.
  uint32_t stored(uint32_t offset) const { return kept(offset); }
  void store(uint32_t offset, uint32_t value) {
    if (const auto index = find(offset)) values_[*index] = value;
  }
  void set_bits(uint32_t offset, uint32_t bits, bool on) {
    store(offset, on ? kept(offset) | bits : kept(offset) & ~bits);
  }
  // Of the write that is going on.
  uint32_t lanes() const { return lanes_; }

 private:
  P& self() { return static_cast<P&>(*this); }

  std::optional<size_t> find(uint32_t offset) const {
    const auto rows = P::registers();
    for (size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].offset == offset) return i;
    }
    return std::nullopt;
  }

  std::vector<uint32_t> values_;
  uint32_t lanes_ = 0;
};

}  // namespace tmc::sim
