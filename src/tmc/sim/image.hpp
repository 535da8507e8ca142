// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A program as the simulator needs it: what is put where, and which function an address belongs to.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::sim {

struct Segment {
  uint32_t address;
  std::string bytes;
};

class Image {
 public:
  // kMalformed for what is no sound ELF file of a 32-bit machine.
  static Result<Image> read(const std::filesystem::path& path);

  const std::vector<Segment>& segments() const { return segments_; }
  bool holds_code(uint32_t address) const;
  // "run_model+0x12 (kernel.hpp:40)"; the file and line where the image has debug information and the tool is there.
  std::string describe(uint32_t address) const;

 private:
  std::string function(uint32_t address) const;

  std::filesystem::path path_;
  std::vector<Segment> segments_;
  std::map<uint32_t, std::string> functions_;  // by address
};

}  // namespace tmc::sim
