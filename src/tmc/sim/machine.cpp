// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/machine.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "tmc/sim/chip/exception_entry.hpp"
#include "tmc/sim/chip/memory_map.hpp"
#include "tmc/sim/fault_report.hpp"

namespace tmc::sim {
namespace {

// How often the clock of this computer is looked at.
constexpr uint64_t kCyclesBetweenLooks = 1U << 22;
// From the last instruction to a handler's first one with memory that does not wait (Cortex-M7 TRM); the same is
// assumed of a return.
constexpr uint64_t kEntryCycles = 12;

}  // namespace

Machine::Machine(Image image, Log log, InstructionTiming* timing)
    : image_(std::move(image)),
      log_(std::move(log)),
      timing_(timing),
      chip_(log_),
      semihosting_(
          {[this](uint32_t address, void* to, size_t bytes) { return core_->read(address, to, bytes); },
           [this](uint32_t address, const void* from, size_t bytes) { return core_->write(address, from, bytes); },
           [this] { return instructions_; }, [this](const std::string& line) { chip_.say(line); }}) {}

Result<std::unique_ptr<Machine>> Machine::make(Image image, Log log, InstructionTiming* timing) {
  std::unique_ptr<Machine> machine(new Machine(std::move(image), std::move(log), timing));
  TMC_ASSIGN(machine->core_, UnicornCore::make(*machine));
  TMC_TRY(machine->map_all());
  TMC_TRY(machine->load_image());
  machine->chip_.listen([](std::string_view, uint8_t byte) {
    std::fputc(byte, stdout);
    if (byte == '\n') std::fflush(stdout);
  });
  return machine;
}

void Machine::reset_core() {
  const uint32_t vectors = chip_.exceptions().vtor;
  uint32_t stack = 0, entry = 0;
  core_->load(vectors, stack);
  core_->load(vectors + 4, entry);
  constexpr uint32_t kThumb = 1U << 24;
  core_->set(CoreRegister::kXpsr, kThumb);
  for (const CoreRegister mask : {CoreRegister::kControl, CoreRegister::kPrimask, CoreRegister::kBasepri,
                                  CoreRegister::kFaultmask, CoreRegister::kFpscr}) {
    core_->set(mask, 0);
  }
  core_->set(CoreRegister::kMsp, stack & ~3U);
  core_->set(CoreRegister::kLr, 0xFFFFFFFF);
  core_->set(CoreRegister::kPc, entry & ~1U);
}

Result<Outcome> Machine::run(const RunLimits& limits) {
  limits_ = limits;
  began_ = std::chrono::steady_clock::now();
  chip_.reset();
  reset_core();
  while (!semihosting_.exit_code()) {
    TMC_TRY(attend());
    plan_next_stop();
    counted_instructions_ = counted_cycles_ = 0;
    const Stop stop = core_->run();
    TMC_TRY(handle(stop));
  }
  return Outcome{*semihosting_.exit_code(), instructions_, cycles_};
}

void Machine::plan_next_stop() {
  stop_at_cycles_ = std::min(chip_.next_event(), cycles_ + kCyclesBetweenLooks);
  if (limits_.instructions != 0) {
    stop_at_cycles_ = std::min(stop_at_cycles_, cycles_ + (limits_.instructions - instructions_));
  }
  watched_masks_.reset();
  if (chip_.exceptions().most_urgent_pending() != 0) watched_masks_ = masks_of(*core_);
}

void Machine::on_instruction(uint32_t address) {
  // The stop holds before this instruction, unless it stands within an IT block, which is run to its end: counted all
  // the same, and taken back by handle() where it did not run.
  if (cycles_ >= stop_at_cycles_ || chip_.take_attention()) core_->stop();
  if (watched_masks_ && *watched_masks_ != masks_of(*core_)) core_->stop();
  if (opened_page_) close_page();
  counted_instructions_ = counted_cycles_ = 0;
  if (address - block_begin_ >= block_bytes_) count(address);
  const Care care = care_at(address);
  if (care == Care::kNone) return;
  if (care == Care::kIfThen) {
    count_block(address);
  } else {
    look_before(address, care);
  }
}

void Machine::count(uint32_t address) {
  const uint64_t cycles = timing_ == nullptr ? 1 : timing_->cycles(address);
  ++instructions_;
  ++counted_instructions_;
  cycles_ += cycles;
  counted_cycles_ += cycles;
}

// Unicorn does not call for what the condition passes over, which takes its time all the same.
void Machine::count_block(uint32_t address) {
  uint16_t word = 0;
  core_->read(address, &word, sizeof word);
  const unsigned length = block_length(word);
  uint32_t at = address + 2;
  for (unsigned i = 0; i < length; ++i) {
    count(at);
    core_->read(at, &word, sizeof word);
    at += is_wide(word) ? 4 : 2;
  }
  block_begin_ = address + 2;
  block_bytes_ = at - block_begin_;
}

uint32_t Machine::on_device_read(uint32_t address, unsigned bytes) {
  chip_.set_program_counter(core_->last_instruction());
  chip_.advance_to(cycles_);
  return chip_.read(address, bytes);
}

void Machine::on_device_write(uint32_t address, unsigned bytes, uint32_t value) {
  chip_.set_program_counter(core_->last_instruction());
  chip_.advance_to(cycles_);
  chip_.write(address, bytes, value);
}

Care Machine::care_at(uint32_t address) {
  const uint32_t index = (address - kFlashBase) / 2;
  if (index < flash_cares_.size() && flash_cares_[index] != Care::kUnknown) return flash_cares_[index];
  uint16_t words[2] = {};
  core_->read(address, words, sizeof words);
  const Care care = care_of(words[0], words[1]);
  if (index < flash_cares_.size()) flash_cares_[index] = care;  // RAM may hold another instruction the next time
  return care;
}

void Machine::look_before(uint32_t address, Care care) {
  uint16_t words[2] = {};
  const auto refuse = [this](uint32_t bits, std::string text) {
    early_fault_ = bits;
    early_fault_text_ = std::move(text);
    core_->stop();
  };
  if (care == Care::kFloat || care == Care::kAlignedFloat) {
    if (!prepare_float(*core_, chip_.exceptions())) {
      return refuse(kNocp, "a floating-point instruction while the unit is off (SCB.CPACR)");
    }
  }
  if (care == Care::kFloat) return;
  core_->read(address, words, sizeof words);
  if (care == Care::kDivide) {
    constexpr uint32_t kDivideTraps = 1U << 4;
    const bool zero = core_->general(divisor_register(words[1])) == 0;
    if (zero && (chip_.exceptions().ccr & kDivideTraps) != 0) refuse(kDivbyzero, "a division by zero");
    return;
  }
  const WordAddress where = word_address(words[0], words[1]);
  const uint32_t base = where.base == 15 ? (address + 4) & ~3U : core_->general(where.base);
  const uint32_t target = base + static_cast<uint32_t>(where.offset);
  if ((target & 3U) != 0) refuse(kUnaligned, fmt::format("words at the unaligned address 0x{:08X}", target));
}

Status Machine::attend() {
  chip_.advance_to(cycles_);
  chip_.take_attention();
  if (const std::string reason = chip_.take_reset_request(); !reason.empty()) {
    log_("reset: " + reason);
    chip_.reset();
    reset_core();
  }
  TMC_TRY(check_limits());
  if (const unsigned number = chip_.exceptions().next(masks_of(*core_)); number != 0) TMC_TRY(take());
  return apply_protection();
}

Status Machine::take() {
  // What arrives while the frame is being stacked and is more urgent is taken in place of it (late arrival, B1.5.12).
  cycles_ += kEntryCycles;
  chip_.advance_to(cycles_);
  const unsigned number = chip_.exceptions().next(masks_of(*core_));
  if (take_exception(*core_, chip_.exceptions(), chip_.mpu(), number) == EntryResult::kTaken) return {};
  return stuck(Error::kToolFailed, "the core locks up: an exception cannot be taken");
}

Status Machine::sleep() {
  Exceptions& exceptions = chip_.exceptions();
  // PRIMASK does not keep the core asleep (B1.5.19).
  const auto wakes = [&] {
    Masks masks = masks_of(*core_);
    masks.primask = false;
    return exceptions.next(masks) != 0;
  };
  while (!wakes()) {
    const uint64_t next = chip_.next_event();
    if (next == kNever) return stuck(Error::kToolFailed, "the core sleeps, and nothing is left that could wake it");
    cycles_ = std::max(cycles_, next);
    chip_.advance_to(cycles_);
    TMC_TRY(check_limits());
    if (!chip_.take_reset_request().empty()) {
      chip_.request_reset("while the core slept");
      return {};
    }
  }
  return {};
}

Status Machine::check_limits() const {
  if (limits_.instructions != 0 && instructions_ >= limits_.instructions) {
    return stuck(Error::kTimeout, fmt::format("no end within {} instructions", limits_.instructions));
  }
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - began_;
  if (limits_.timeout_s > 0 && passed.count() > limits_.timeout_s) {
    return stuck(Error::kTimeout,
                 fmt::format("no end within {} s, after {} instructions", limits_.timeout_s, instructions_));
  }
  return {};
}

Status Machine::stuck(Error code, std::string what) const {
  return error(code, "{}", fault_report(*core_, image_, what));
}

}  // namespace tmc::sim
