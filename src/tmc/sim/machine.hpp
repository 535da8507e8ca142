// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The whole STM32H743: chip, core and memories, with a program in it, run to its end. One thread; the caller's working
// directory is where the program's files are.

#include <chrono>
#include <memory>
#include <unordered_map>

#include "tmc/sim/chip/chip.hpp"
#include "tmc/sim/chip/memory_map.hpp"
#include "tmc/sim/core/thumb.hpp"
#include "tmc/sim/core/unicorn_core.hpp"
#include "tmc/sim/image.hpp"
#include "tmc/sim/semihosting.hpp"

namespace tmc::sim {

// The seam of a timing model: cycles of the core that an instruction takes. Without one every instruction takes one.
class InstructionTiming {
 public:
  virtual ~InstructionTiming() = default;
  // Called before each instruction, in the order in which they run, and for all of an IT block when that begins, those
  // too whose condition turns out to be false. Once more for an instruction before which the core was interrupted.
  virtual uint64_t cycles(uint32_t address) = 0;
};

struct RunLimits {
  double timeout_s = 0;       // of this computer's time; 0: none
  uint64_t instructions = 0;  // 0: none
};

struct Outcome {
  int exit_code = 0;  // the program's own
  uint64_t instructions = 0;
  uint64_t cycles = 0;
};

class Machine final : private CoreClient {
 public:
  // kMalformed where the program asks for memory that there is not.
  static Result<std::unique_ptr<Machine>> make(Image image, Log log, InstructionTiming* timing = nullptr);

  // From reset until the program ends itself. kTimeout past a limit, kToolFailed where it cannot go on: a lockup, or a
  // sleep that nothing ends. The message is a report with registers and stack trace. Faults that the program handles
  // are reported to the log.
  Result<Outcome> run(const RunLimits& limits);

  Chip& chip() { return chip_; }
  const UnicornCore& core() const { return *core_; }

 private:
  Machine(Image image, Log log, InstructionTiming* timing);

  Status load_image();
  Status map_all();
  void reset_core();

  // CoreClient.
  void on_instruction(uint32_t address) override;
  uint32_t on_device_read(uint32_t address, unsigned bytes) override;
  void on_device_write(uint32_t address, unsigned bytes, uint32_t value) override;
  bool on_protected(uint32_t address, unsigned bytes, bool write) override;

  void count(uint32_t address);
  void count_block(uint32_t address);
  // Before an instruction that needs it. What must not run is left in `early_fault_`.
  void look_before(uint32_t address, Care care);
  Care care_at(uint32_t address);

  // Between two instructions: time, protection, resets and exceptions. Fails with why the program cannot go on.
  Status attend();
  Status sleep();
  Status take();
  Status check_limits() const;
  void plan_next_stop();
  Status stuck(Error code, std::string what) const;

  // What a stop asks for (machine_faults.cpp).
  Status handle(Stop stop);
  Status supervisor_call();
  Status breakpoint();
  Status exception_return();
  Status undefined_instruction();
  Status bad_access(uint32_t address, bool write);
  Status bad_fetch(uint32_t address);
  Status fault(unsigned number, uint32_t bits, std::string what);

  // What the MPU and the clocks of memories let be reached (machine_memory.cpp).
  struct Access {
    bool privileged;
    bool negative_priority;
  };
  Access access() const;
  bool allowed(uint32_t address, unsigned bytes, AccessKind kind) const;
  UnicornCore::Protection protection_of(const Memory& memory, uint32_t page, const Access& now, uint32_t grain) const;
  Status apply_protection();
  void close_page();

  static constexpr uint32_t kFlashBase = 0x08000000;
  static constexpr uint64_t kReturnCycles = 12;

  Image image_;
  Log log_;
  InstructionTiming* timing_;
  Chip chip_;
  std::unique_ptr<UnicornCore> core_;
  Semihosting semihosting_;

  uint64_t instructions_ = 0;
  uint64_t cycles_ = 0;
  uint64_t stop_at_cycles_ = 0;
  // What the last call of on_instruction counted.
  uint64_t counted_instructions_ = 0;
  uint64_t counted_cycles_ = 0;
  // The block after an IT, which is counted as a whole.
  uint32_t block_begin_ = 0;
  uint32_t block_bytes_ = 0;
  std::optional<Masks> watched_masks_;  // something is pending that these keep back

  // What look_before found.
  uint32_t early_fault_ = 0;  // bits of CFSR; 0: nothing
  std::string early_fault_text_;

  std::vector<Care> flash_cares_;                                      // by half-word
  std::unordered_map<uint32_t, UnicornCore::Protection> protections_;  // by page
  std::optional<uint32_t> opened_page_;                                // for the instruction that runs now
  uint64_t protection_state_ = ~uint64_t{0};

  RunLimits limits_;
  std::chrono::steady_clock::time_point began_;
};

}  // namespace tmc::sim
