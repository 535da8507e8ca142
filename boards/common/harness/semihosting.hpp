// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Files and messages of the computer that runs the emulator (Arm semihosting, version 2, over BKPT 0xAB). Only the
// harness uses it. A failure ends the run with a message and exit code 1: a harness has nobody to report to.

#include <stdint.h>

namespace tmc::board {

class File {
 public:
  enum class Mode : uint32_t { kRead = 1, kWrite = 5 };  // as fopen's "rb" and "wb"

  // `path` is relative to the emulator's working directory.
  File(const char* path, Mode mode);
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  uint32_t size_bytes() const;
  void read(void* to, uint32_t bytes);
  void write(const void* from, uint32_t bytes);
  void write_text(const char* text);
  void write_number(uint64_t number);
  void close();

 private:
  const char* path_;
  uint32_t handle_;
};

void print(const char* text);
void print_hex(uint32_t number);
[[noreturn]] void exit(uint32_t code);

}  // namespace tmc::board
