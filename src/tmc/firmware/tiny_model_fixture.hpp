// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A generated folder written by hand, for tests: the contract of model_header.hpp and nothing else, so that the board's
// side is tested without the rest of the compiler. The model has three steps over an arena of 64 bytes:
//   0  copies its input (bytes 0..15) to bytes 16..31
//   1  adds the weights 0..15 and writes the output, bytes 32..47
//   2  spends an exactly known number of instructions: 2 * kLoopCount + 2

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tmc/base/host/files.hpp"

namespace tmc::firmware {

inline constexpr int kLoopCount = 1000;

inline std::string tiny_model_header() {
  return R"(#ifndef TINY_MODEL_H
#define TINY_MODEL_H
#define TINY_ARENA_BYTES 64u
#define TINY_ARENA_ALIGN 16
#define TINY_INPUT_COUNT 1
#define TINY_INPUT0_OFFSET 0
#define TINY_INPUT0_BYTES 16
#define TINY_OUTPUT_COUNT 1
#define TINY_OUTPUT0_OFFSET 32
#define TINY_OUTPUT0_BYTES 16
#ifdef __cplusplus
extern "C" {
#endif
void tiny_run(void* arena);
#ifdef __cplusplus
}
#endif
#endif
)";
}

// `extra` is put at the end of the model's function.
inline std::string tiny_model_source(int loop_count = kLoopCount, const std::string& extra = "") {
  return R"(#include <stdint.h>
#include "model.h"
extern "C" const int8_t tiny_weights[16];
#ifdef TMC_STEP_HOOK
extern "C" void tmc_step_hook(unsigned step);
#define STEP_DONE(step) tmc_step_hook(step)
#else
#define STEP_DONE(step)
#endif
extern "C" void tiny_run(void* arena) {
  auto* bytes = static_cast<int8_t*>(arena);
  __builtin_memcpy(bytes + 16, bytes, 16);
  STEP_DONE(0);
  for (int i = 0; i < 16; ++i) bytes[32 + i] = static_cast<int8_t>(bytes[16 + i] + tiny_weights[i]);
  STEP_DONE(1);
  asm volatile("movw r3, #)" +
         std::to_string(loop_count & 0xFFFF) + "\\n\tmovt r3, #" + std::to_string(loop_count >> 16) +
         R"(\n0: subs r3, #1\n\tbne 0b" ::: "r3", "cc");
  STEP_DONE(2);
  )" + extra +
         "\n}\n";
}

inline void write_tiny_model(const std::filesystem::path& folder, const std::string& source = tiny_model_source()) {
  std::filesystem::create_directories(folder);
  ASSERT_TRUE(write_file(folder / "model.h", tiny_model_header()).ok());
  ASSERT_TRUE(write_file(folder / "model.cpp", source).ok());
  ASSERT_TRUE(write_file(folder / "weights.cpp",
                         "#include <stdint.h>\n"
                         "extern \"C\" const int8_t tiny_weights[16];\n"
                         "__attribute__((section(\".rodata.tmc_weights.tiny\"))) const int8_t tiny_weights[16] =\n"
                         "    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};\n")
                  .ok());
}

}  // namespace tmc::firmware
