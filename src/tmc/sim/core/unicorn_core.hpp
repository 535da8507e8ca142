// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The Cortex-M7 by Unicorn: executes Thumb-2 with DSP and single-precision instructions on memories that lie in this
// process. What Unicorn has not (exceptions, the MPU, a clock) is asked of a `CoreClient`. Double-precision arithmetic
// is refused by Unicorn as undefined.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/sim/chip/core.hpp"

struct uc_struct;

namespace tmc::sim {

// Why the core came back.
enum class Stop : uint8_t {
  kAsked,        // stop() was called: the next instruction has not run
  kWait,         // after WFI or WFE
  kSupervisor,   // after SVC
  kBreakpoint,   // at BKPT
  kReturn,       // a branch to EXC_RETURN, which is in `stop_value`
  kUndefined,    // at an instruction that is none
  kState,        // a branch to an address without the Thumb bit
  kBadRead,      // at a load from `stop_value`
  kBadWrite,     // at a store to it
  kBadFetch,     // a branch to where no code can be
  kCoprocessor,  // at an instruction for a coprocessor that there is not
};

class CoreClient {
 public:
  virtual ~CoreClient() = default;
  // Before each instruction, also of an IT block. May call stop().
  virtual void on_instruction(uint32_t address) = 0;
  virtual uint32_t on_device_read(uint32_t address, unsigned bytes) = 0;
  virtual void on_device_write(uint32_t address, unsigned bytes, uint32_t value) = 0;
  // An access of a page that is protected: true where it is allowed all the same.
  virtual bool on_protected(uint32_t address, unsigned bytes, bool write) = 0;
};

class UnicornCore final : public Core {
 public:
  static constexpr uint32_t kPageBytes = 4096;

  static Result<std::unique_ptr<UnicornCore>> make(CoreClient& client);
  ~UnicornCore() override;

  struct Protection {
    bool read, write, execute;
    bool operator==(const Protection&) const = default;
  };
  // At multiples of a page. Memory is zero at first.
  Status map_memory(uint32_t address, uint32_t bytes, Protection protection);
  Status map_devices(uint32_t address, uint32_t bytes);
  Status protect(uint32_t address, uint32_t bytes, Protection protection);

  // Runs from the program counter.
  Stop run();
  void stop();
  uint32_t stop_value() const { return stop_value_; }
  // Where the last instruction that was begun stands.
  uint32_t last_instruction() const { return last_; }

  uint32_t get(CoreRegister which) const override;
  void set(CoreRegister which, uint32_t value) override;
  uint32_t get_float(unsigned number) const override;
  void set_float(unsigned number, uint32_t value) override;
  bool load(uint32_t address, uint32_t& word) override;
  bool store(uint32_t address, uint32_t word) override;

  // r0 to r15, the program counter without the Thumb bit.
  uint32_t general(unsigned number) const;
  void set_general(unsigned number, uint32_t value);
  bool read(uint32_t address, void* to, size_t bytes) const;
  bool write(uint32_t address, const void* from, size_t bytes);

 private:
  struct Hooks;

  explicit UnicornCore(CoreClient& client) : client_(client) {}
  Stop why(int error) const;

  CoreClient& client_;
  uc_struct* engine_ = nullptr;
  bool stopping_ = false;
  bool interrupted_ = false;
  uint32_t interrupt_ = 0;
  uint32_t stop_value_ = 0;
  uint32_t last_ = 0;
  // Of the regions of devices, whose calls get offsets.
  struct Region {
    UnicornCore* core;
    uint32_t base;
  };
  std::vector<std::unique_ptr<Region>> regions_;
};

}  // namespace tmc::sim
