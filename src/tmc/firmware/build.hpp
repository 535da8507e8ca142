// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// From the folder that backend/cpp generated to images for a board. Up to three links of the same model objects:
//
//   firmware.elf  startup, model, the least main: what flash and RAM cost is read from it
//   count.elf     the harness that runs samples and counts the instructions of each run, or of each token of a text
//   steps.elf     model.cpp compiled with TMC_STEP_HOOK: instructions of each step, and the arena after it
//
// Everything is written below one work folder, which the caller owns. The compiler is the target's; its first error is
// the message of the kToolFailed that comes back. An image that holds a heap, exceptions or global constructors is
// refused with kInternal.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tmc/firmware/footprint.hpp"
#include "tmc/firmware/glue.hpp"
#include "tmc/targets/target.hpp"

namespace tmc::firmware {

struct BuildRequest {
  std::filesystem::path generated;  // holds model.h, model.cpp and the rest
  std::filesystem::path work;       // made if it does not exist
  Optimize optimize = Optimize::kBalanced;
  std::vector<std::string> arena_regions;  // of each arena; empty: chosen by place_arena, where there is one
  std::string pin_region;                  // where pinned weights go; empty: where the variables are
  bool count = false;                      // also link count.elf
  bool steps = false;                      // also link steps.elf
  bool keeps_state = false;                // from sample to sample
  bool text = false;                       // the folder has text.hpp: firmware.elf and count.elf write text
  std::vector<Dump> dumps;                 // what steps.elf records, in the order of the steps
};

struct Firmware {
  ModelHeader model;
  std::vector<std::string> arena_regions;
  double expected_instructions = 0;  // of one sample, for time-outs and progress; 0: nobody has predicted them
  Footprint footprint;               // without the stack, which only a run shows
  std::vector<Dump> dumps;
  std::filesystem::path firmware_elf;
  std::optional<std::filesystem::path> count_elf;
  std::optional<std::filesystem::path> steps_elf;
};

// kBadUsage for a target that is no board, or a harness for a board that nothing here can run.
Result<Firmware> build_firmware(const Target& target, const BuildRequest& request);

}  // namespace tmc::firmware
