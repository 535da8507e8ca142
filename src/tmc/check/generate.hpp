// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Text of a compiled decoder, where its target runs: in this process, or as firmware on an emulated board, which
// encodes the prompt itself. Both run the device's code around the step (stream/text_writer.hpp).

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/check/text_settings.hpp"
#include "tmc/firmware/text_run.hpp"

namespace tmc::check {

struct GenerateOptions {
  std::string prompt;
  int64_t steps = 200;  // tokens that are read, those of the prompt among them
};

// What a text took; of a board all of it, of this process the time of each token.
struct TextReport {
  int64_t tokens = 0;  // that were read
  int64_t prompt_tokens = 0;
  std::vector<double> token_us;  // from the call for a token until its bytes are there
  std::vector<firmware::TokenCost> costs;
  uint64_t prompt_instructions = 0;
  std::optional<firmware::Footprint> footprint;  // with the stack
};

// Gets bytes of the text as they are written.
using Give = std::function<void(std::string_view bytes)>;

// Error: kBadUsage where the window is full, the target cannot run here or there is nothing to begin with; kDoesNotFit
// where a board has less memory; what ended a board's run, with how many tokens there were.
Result<TextReport> generate(const Compilation& compilation, const TextSettings& settings,
                            const GenerateOptions& options, const Give& give);

}  // namespace tmc::check
