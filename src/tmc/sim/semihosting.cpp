// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/semihosting.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

namespace tmc::sim {
namespace {

constexpr uint32_t kFailed = 0xFFFFFFFF;
constexpr uint32_t kOut = 1, kError = 2;  // handles of the console
constexpr uint32_t kMostBytes = 16U << 20;

enum Operation : uint32_t {
  kOpen = 0x01,
  kClose = 0x02,
  kWriteC = 0x03,
  kWrite0 = 0x04,
  kWrite = 0x05,
  kRead = 0x06,
  kIsError = 0x08,
  kIsTty = 0x09,
  kSeek = 0x0A,
  kFileLength = 0x0C,
  kErrno = 0x13,
  kExit = 0x18,
  kExitExtended = 0x20,
  kElapsed = 0x30,
  kTickFrequency = 0x31,
};

}  // namespace

uint32_t Semihosting::call(uint32_t operation, uint32_t argument) {
  switch (operation) {
    case kOpen:
      return open(argument);
    case kClose:
      return close(argument);
    case kWriteC: {
      char letter = 0;
      if (host_.read(argument, &letter, 1)) std::fputc(letter, stderr);
      return argument;
    }
    case kWrite0:
      return write_text(argument);
    case kWrite:
      return write_file(argument);
    case kRead:
      return read_file(argument);
    case kIsError:
      return static_cast<int32_t>(word(argument, 0)) < 0 ? 1 : 0;
    case kIsTty:
      return word(argument, 0) <= kError ? 1 : 0;
    case kSeek:
      return seek(argument);
    case kFileLength:
      return length(argument);
    case kErrno:
      return static_cast<uint32_t>(errno);
    case kExit:
      return exit(argument, 0);
    case kExitExtended:
      return exit(word(argument, 0), word(argument, 1));
    case kElapsed:
      return elapsed(argument);
    case kTickFrequency:
      return kFailed;  // a tick is an instruction, which has no fixed time
    default:
      host_.say(fmt::format("semihosting operation 0x{:X} is not served", operation));
      return kFailed;
  }
}

uint32_t Semihosting::word(uint32_t block, unsigned index) const {
  uint32_t value = 0;
  host_.read(block + 4 * index, &value, sizeof value);
  return value;
}

std::FILE* Semihosting::file(uint32_t block) {
  const uint32_t handle = word(block, 0);
  if (handle == kOut) return stdout;
  if (handle == kError) return stderr;
  const auto found = files_.find(handle);
  return found == files_.end() ? nullptr : found->second.get();
}

uint32_t Semihosting::open(uint32_t block) {
  constexpr std::array kModes = {"r", "rb", "r+", "r+b", "w", "wb", "w+", "w+b", "a", "ab", "a+", "a+b"};
  const uint32_t mode = word(block, 1);
  std::string path(std::min(word(block, 2), 4096U), '\0');
  if (mode >= kModes.size() || !host_.read(word(block, 0), path.data(), path.size())) return kFailed;
  if (path == ":tt") return mode < 4 ? kFailed : mode < 8 ? kOut : kError;
  File opened(std::fopen(path.c_str(), kModes[mode]));
  if (!opened) return kFailed;
  files_[next_handle_] = std::move(opened);
  return next_handle_++;
}

uint32_t Semihosting::close(uint32_t block) {
  std::FILE* const closed = file(block);
  if (closed == nullptr) return kFailed;
  const bool whole = std::fflush(closed) == 0;
  files_.erase(word(block, 0));
  return whole ? 0 : kFailed;
}

// SYS_WRITE and SYS_READ return how many bytes were left out.
uint32_t Semihosting::write_file(uint32_t block) {
  std::FILE* const to = file(block);
  const uint32_t bytes = word(block, 2);
  if (to == nullptr || bytes > kMostBytes) return bytes;
  std::vector<char> data(bytes);
  if (!host_.read(word(block, 1), data.data(), bytes)) return bytes;
  const size_t written = std::fwrite(data.data(), 1, bytes, to);
  if (to == stdout) std::fflush(stdout);
  return bytes - static_cast<uint32_t>(written);
}

uint32_t Semihosting::read_file(uint32_t block) {
  std::FILE* const from = file(block);
  const uint32_t bytes = word(block, 2);
  if (from == nullptr || from == stdout || from == stderr || bytes > kMostBytes) return bytes;
  std::vector<char> data(bytes);
  const size_t count = std::fread(data.data(), 1, bytes, from);
  if (!host_.write(word(block, 1), data.data(), count)) return bytes;
  return bytes - static_cast<uint32_t>(count);
}

uint32_t Semihosting::seek(uint32_t block) {
  std::FILE* const moved = file(block);
  return moved != nullptr && std::fseek(moved, static_cast<long>(word(block, 1)), SEEK_SET) == 0 ? 0 : kFailed;
}

uint32_t Semihosting::length(uint32_t block) {
  std::FILE* const measured = file(block);
  if (measured == nullptr) return kFailed;
  const long here = std::ftell(measured);
  if (here < 0 || std::fseek(measured, 0, SEEK_END) != 0) return kFailed;
  const long bytes = std::ftell(measured);
  std::fseek(measured, here, SEEK_SET);
  return static_cast<uint32_t>(bytes);
}

uint32_t Semihosting::elapsed(uint32_t block) {
  const uint64_t ticks = host_.elapsed();
  return host_.write(block, &ticks, sizeof ticks) ? 0 : kFailed;
}

uint32_t Semihosting::write_text(uint32_t address) {
  char letter = 0;
  for (uint32_t i = 0; i < kMostBytes && host_.read(address + i, &letter, 1) && letter != 0; ++i) {
    std::fputc(letter, stderr);
  }
  return address;
}

uint32_t Semihosting::exit(uint32_t reason, uint32_t code) {
  constexpr uint32_t kApplicationExit = 0x20026;
  exit_code_ = reason == kApplicationExit ? static_cast<int>(code & 0xFFU) : 1;
  return 0;
}

}  // namespace tmc::sim
