// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs a decoder token by token in this process.

#include <functional>

#include "tmc/exec/executor.hpp"
#include "tmc/pipeline/compile.hpp"
#include "tmc/stream/token_stream.hpp"

namespace tmc::check {

using pipeline::Compilation;

// The steps of a compiled decoder, which is what frontend/common/decoder.hpp makes. The compilation outlives it.
class DecoderSteps {
 public:
  // kBadUsage where the model is no decoder of one token a step, or its target does not run here.
  static Result<DecoderSteps> create(const Compilation& compilation);

  int32_t window() const { return window_; }
  int32_t vocabulary() const { return vocabulary_; }
  // Then a text ends with the window: no position behind it was learned.
  bool has_learned_positions() const { return has_learned_positions_; }
  // The logits behind the token.
  Result<std::vector<float>> step(int32_t token, const stream::CacheInput& place);

 private:
  explicit DecoderSteps(exec::Executor executor) : executor_(std::move(executor)) {}

  exec::Executor executor_;
  int32_t window_ = 0, vocabulary_ = 0;
  bool has_learned_positions_ = false;
};

struct GenerateOptions {
  stream::StreamSpec spec;
  std::vector<int32_t> prompt;  // at least one token
  int64_t steps = 200;          // tokens that are read, those of the prompt among them
  // After which the text ends. That which begins a text is one: llama2.c's models say so that they are done.
  std::vector<int32_t> end_tokens;
};

// The prompt, and then after each token the one that `choose` takes from the logits. `give` gets every token behind the
// first with the one before it, and says whether the text goes on. Error: kBadUsage where the cache is full, with how
// many tokens there were.
Status generate(DecoderSteps& decoder, const GenerateOptions& options,
                const std::function<Result<int32_t>(const std::vector<float>& logits)>& choose,
                const std::function<bool(int32_t previous, int32_t token)>& give);

}  // namespace tmc::check
