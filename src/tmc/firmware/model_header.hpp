// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the C header of a generated folder (`model.h`, written by backend/cpp) says about its model. For a model named
// `kws_int8` it defines KWS_INT8_ARENA_BYTES, KWS_INT8_ARENA_ALIGN, KWS_INT8_INPUT_COUNT, KWS_INT8_INPUT0_OFFSET,
// KWS_INT8_INPUT0_BYTES, the same for outputs, and declares `void kws_int8_run(void* arena)`. A model in several arenas
// also defines KWS_INT8_ARENA_COUNT, KWS_INT8_ARENA0_BYTES, KWS_INT8_INPUT0_ARENA and so on; KWS_INT8_ARENA_BYTES is
// the sum then, and the function takes a pointer to each. A model with a state defines KWS_INT8_STATE_BYTES and
// declares `void kws_int8_reset(void* arena)`, with the same parameters. One that runs from an image
// (backend/executor) declares `const char* kws_int8_load(const char** subject)`.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::firmware {

// A part of an arena.
struct Region {
  std::uint32_t offset = 0;
  std::uint32_t bytes = 0;
  std::uint32_t arena = 0;

  bool operator==(const Region&) const = default;
};

struct ModelHeader {
  std::string run_function;
  std::string reset_function;              // empty where the model has no state
  std::string load_function;               // empty where the model is code, which is not to be loaded
  std::vector<std::uint32_t> arena_bytes;  // of each arena
  std::uint32_t arena_align = 0;
  std::vector<Region> inputs;
  std::vector<Region> outputs;

  std::uint64_t input_bytes() const;   // of one sample
  std::uint64_t output_bytes() const;  // of one sample
};

// kMalformed when a definition is missing or a region lies outside the arena.
Result<ModelHeader> parse_model_header(std::string_view text);

}  // namespace tmc::firmware
