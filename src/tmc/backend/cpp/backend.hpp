// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// From a placed Program to a folder of sources that builds with any C++17 compiler and nothing else: no tinymlc, no
// library, freestanding. For a model named `kws_int8`:
//
//   model.h        KWS_INT8_ARENA_BYTES and the place, size and quantisation of every input and output;
//                  void kws_int8_run(void* arena)
//                  (a plan over several memories has KWS_INT8_ARENA_COUNT arenas, and run takes a pointer to each)
//   model.hpp      the same in C++, typed, in namespace kws_int8
//   model.cpp      one call of a kernel for each step of the program
//   weights.hpp, weights.cpp   the constants, in section .rodata.tmc_weights (look-up tables in .rodata.tmc_tables,
//                  pinned ones in .tmc_pinned)
//   tmc/           the kernel headers that model.cpp uses, in a namespace named after their content
//   custom/        the headers of custom operators that it calls, as their user wrote them
//   CMakeLists.txt, manifest.json
//
// The same program and options give the same bytes; nothing in them depends on the day or on a path. Folders of several
// models, made by different versions, link into one program.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/program/program.hpp"
#include "tmc/targets/target.hpp"

namespace tmc::backend::cpp {

// Content by path relative to the folder, with forward slashes.
using Files = std::map<std::string, std::string>;

// A constant that model.hpp carries beside the model's own: what a program needs to make inputs and name outputs.
struct HeaderConstant {
  std::string name, comment;
  std::variant<std::int64_t, double, std::string, std::vector<double>, std::vector<std::string>> value;
};

struct Options {
  Optimize optimize = Optimize::kBalanced;
  bool assembly = true;      // false: the C++ that stands for hand-written inner loops
  std::string model_sha256;  // of the model file, for the manifest
  // Limits that the generated headers assert: of the constants, and of the arena.
  std::optional<std::uint64_t> flash_budget_bytes, ram_budget_bytes;
  std::vector<HeaderConstant> constants;
  Files beside;  // further files of the folder, which the manifest lists
  // What the cost model expects, for the manifest: instructions of every step, or nothing; code in flash.
  std::vector<std::int64_t> step_instructions;
  std::optional<std::int64_t> code_bytes;
};

// kInternal: the program is not placed or inconsistent. kBadUsage: its name is no C identifier.
Result<Files> generate(const program::Program& program, const Options& options);

}  // namespace tmc::backend::cpp
