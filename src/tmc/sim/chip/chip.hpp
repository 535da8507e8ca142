// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The STM32H743 without its core: peripherals on their buses, the lines of their interrupts, and the time. It needs no
// program, so that tests drive registers directly. One thread.

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tmc/sim/chip/clocks.hpp"
#include "tmc/sim/chip/exceptions.hpp"
#include "tmc/sim/chip/mpu.hpp"
#include "tmc/sim/chip/peripheral.hpp"

namespace tmc::sim {

// Gets a line, without its end.
using Log = std::function<void(std::string_view line)>;

class Chip {
 public:
  explicit Chip(Log log);
  Chip(const Chip&) = delete;

  // Peripherals of the folder call this from their add_NAME. They come in any order.
  template <typename P, typename... Args>
  P& add(Place place, Args&&... args) {
    auto made = std::make_unique<P>(*this, std::move(place), std::forward<Args>(args)...);
    P& peripheral = *made;
    own(std::move(made));
    return peripheral;
  }

  // As after power-on, or a reset by NRST, a watchdog or software.
  void reset();

  // An access of the core's data bus, of 1, 2 or 4 bytes that do not cross a word. What reads nothing, or has no clock,
  // reads zero and is logged. Anything else that is wrong is logged too.
  uint32_t read(uint32_t address, unsigned bytes);
  void write(uint32_t address, unsigned bytes, uint32_t value);

  Peripheral* find(std::string_view name) const;
  // "RCC.AHB2ENR": its address. Fails where there is none, which is an error of the caller.
  uint32_t address_of(std::string_view name) const;
  // "RCC.AHB2ENR (0x580244DC)", or what stands there otherwise.
  std::string describe(uint32_t address) const;
  bool has_clock(const Peripheral& peripheral) const;

  // Cycles of the core since power-on.
  uint64_t now() const { return now_; }
  // When something is due, at the latest.
  uint64_t next_event() const;
  // Lets all happen that is due until then.
  void advance_to(uint64_t cycles);

  Exceptions& exceptions() { return exceptions_; }
  Mpu& mpu() { return mpu_; }
  const Exceptions& exceptions() const { return exceptions_; }
  const Mpu& mpu() const { return mpu_; }
  Clocks clocks() const;
  // Bits of RCC, as its registers have them now; zero where there is no RCC.
  uint32_t rcc(uint32_t offset) const;

  // A line once: a loop that repeats a mistake says so once.
  void say(std::string line);
  // For messages: where the program is.
  void set_program_counter(uint32_t address) { program_counter_ = address; }
  uint32_t program_counter() const { return program_counter_; }

  // What a serial port sends goes there; a port that nobody listens to sends into the air.
  void listen(std::function<void(std::string_view port, uint8_t byte)> listener) { listener_ = std::move(listener); }
  void send(std::string_view port, uint8_t byte) {
    if (listener_) listener_(port, byte);
  }

  // Something that the core has to see before its next instruction: an interrupt, a mode, an order to stop.
  void call_attention() { attention_ = true; }
  bool take_attention() { return std::exchange(attention_, false); }
  // A reset that a peripheral asks for, with its reason; it happens between two instructions.
  void request_reset(std::string reason);
  std::string take_reset_request() { return std::exchange(reset_request_, {}); }

 private:
  void own(std::unique_ptr<Peripheral> peripheral);
  Peripheral* at(uint32_t address) const;
  // The peripheral of an access, or null after saying what is wrong.
  Peripheral* accessible(uint32_t address, const char* access);

  Log log_;
  std::function<void(std::string_view, uint8_t)> listener_;
  Exceptions exceptions_;
  Mpu mpu_;
  std::vector<std::unique_ptr<Peripheral>> peripherals_;  // by address
  Peripheral* rcc_ = nullptr;
  std::set<std::string, std::less<>> said_;
  uint64_t now_ = 0;
  uint32_t program_counter_ = 0;
  bool attention_ = false;
  std::string reset_request_;
};

// All of the folder `peripheral`; generated.
void add_peripherals(Chip& chip);

}  // namespace tmc::sim
