// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Arm semihosting (version 2): what a program asks of the computer that runs it, by BKPT 0xAB. Files are those of the
// working directory, as the program names them. What it writes to the debugger's console goes to the standard error.

#include <cstdint>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace tmc::sim {

// What semihosting needs of the machine.
struct SemihostingHost {
  std::function<bool(uint32_t address, void* to, size_t bytes)> read;
  std::function<bool(uint32_t address, const void* from, size_t bytes)> write;
  std::function<uint64_t()> elapsed;  // instructions since reset: SYS_ELAPSED's ticks
  std::function<void(const std::string& line)> say;
};

class Semihosting {
 public:
  explicit Semihosting(SemihostingHost host) : host_(std::move(host)) {}

  // The value for r0. After an exit, `exit_code` has it.
  uint32_t call(uint32_t operation, uint32_t argument);
  std::optional<int> exit_code() const { return exit_code_; }

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  using File = std::unique_ptr<std::FILE, Closer>;

  uint32_t word(uint32_t block, unsigned index) const;
  std::FILE* file(uint32_t block);
  uint32_t open(uint32_t block);
  uint32_t close(uint32_t block);
  uint32_t write_file(uint32_t block);
  uint32_t read_file(uint32_t block);
  uint32_t seek(uint32_t block);
  uint32_t length(uint32_t block);
  uint32_t elapsed(uint32_t block);
  uint32_t write_text(uint32_t address);
  uint32_t exit(uint32_t reason, uint32_t code);

  SemihostingHost host_;
  std::map<uint32_t, File> files_;
  uint32_t next_handle_ = 3;
  std::optional<int> exit_code_;
};

}  // namespace tmc::sim
