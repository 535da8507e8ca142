// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs an image that writes text (BuildRequest::text) and reads what it reports.

#include <cstdint>
#include <string_view>
#include <vector>

#include "tmc/base/host/process.hpp"
#include "tmc/firmware/build.hpp"

namespace tmc::firmware {

// Instructions of a token that was read, exact.
struct TokenCost {
  std::uint64_t step = 0;  // of the model's function, from its call to its return
  std::uint64_t text = 0;  // of what is around it: where its key goes, the choice of the next token, its bytes
};

struct TextRun {
  std::uint32_t prompt_tokens = 0;
  std::uint64_t prompt_instructions = 0;  // of encoding it
  std::vector<TokenCost> tokens;
  std::uint32_t code = 0;         // how it ended, as a number of the stream's errors
  std::uint64_t stack_bytes = 0;  // the deepest use
};

// At most `steps` tokens, those of the prompt among them; `give` gets the text as it is written. kToolFailed with the
// board's own message, kTimeout, both with how many tokens there were.
Result<TextRun> run_text(const Target& target, const Firmware& firmware, std::string_view prompt, std::uint32_t steps,
                         const OnOutput& give);

}  // namespace tmc::firmware
