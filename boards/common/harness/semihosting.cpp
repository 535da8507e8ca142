// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "semihosting.hpp"

namespace tmc::board {
namespace {

enum Operation : uint32_t {
  kOpen = 0x01,
  kClose = 0x02,
  kWrite0 = 0x04,
  kWrite = 0x05,
  kRead = 0x06,
  kFileLength = 0x0C,
  kExitExtended = 0x20,
};

uint32_t call(Operation operation, const void* arguments) {
  register uint32_t r0 asm("r0") = operation;
  register const void* r1 asm("r1") = arguments;
  asm volatile("bkpt #0xAB" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

uint32_t word(const void* pointer) {
  return reinterpret_cast<uintptr_t>(pointer);
}

uint32_t length(const char* text) {
  uint32_t count = 0;
  while (text[count] != '\0') ++count;
  return count;
}

[[noreturn]] void fail(const char* what, const char* path) {
  print("harness: cannot ");
  print(what);
  print(" ");
  print(path);
  print("\n");
  exit(1);
}

constexpr uint32_t kFailed = 0xFFFFFFFF;

}  // namespace

File::File(const char* path, Mode mode) : path_(path), handle_(kFailed) {
  const uint32_t arguments[] = {word(path), static_cast<uint32_t>(mode), length(path)};
  handle_ = call(kOpen, arguments);
  if (handle_ == kFailed) fail("open", path_);
}

uint32_t File::size_bytes() const {
  const uint32_t bytes = call(kFileLength, &handle_);
  if (bytes == kFailed) fail("take the size of", path_);
  return bytes;
}

void File::read(void* to, uint32_t bytes) {
  const uint32_t arguments[] = {handle_, word(to), bytes};
  if (call(kRead, arguments) != 0) fail("read", path_);
}

void File::write(const void* from, uint32_t bytes) {
  const uint32_t arguments[] = {handle_, word(from), bytes};
  if (call(kWrite, arguments) != 0) fail("write", path_);
}

void File::write_text(const char* text) {
  write(text, length(text));
}

void File::write_number(uint64_t number) {
  char digits[20];
  char* first = digits + sizeof digits;
  do {
    *--first = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number != 0);
  write(first, static_cast<uint32_t>(digits + sizeof digits - first));
}

void File::close() {
  if (call(kClose, &handle_) != 0) fail("close", path_);
}

void print(const char* text) {
  call(kWrite0, text);
}

void print_hex(uint32_t number) {
  char text[11] = "0x00000000";
  for (int digit = 9; digit >= 2; --digit, number >>= 4) text[digit] = "0123456789abcdef"[number & 0xF];
  print(text);
}

void exit(uint32_t code) {
  constexpr uint32_t kApplicationExit = 0x20026;
  const uint32_t arguments[] = {kApplicationExit, code};
  call(kExitExtended, arguments);
  for (;;) asm volatile("wfi");
}

}  // namespace tmc::board
