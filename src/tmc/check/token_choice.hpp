// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The next token of a text on the host, by the device's sampler and constraint: the same seed, the same text.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/stream/constraints.hpp"
#include "tmc/stream/sampler.hpp"

namespace tmc::check {

struct ChoiceOptions {
  stream::SamplerOptions sampler;
  uint64_t seed = 0;
  std::string expression;  // that the text behind the prompt has to match; empty: none
};

class TokenChoice {
 public:
  // The tables outlive it. kBadUsage where an option or the expression is wrong.
  static Result<std::unique_ptr<TokenChoice>> create(const ChoiceOptions& options,
                                                     const stream::TokenizerTables& tokens);

  // Tells of a token of the prompt, which the repetition penalty counts and the expression does not.
  void read(int32_t token) { sampler_.accept(token); }
  // kBadInput where a logit is not a number, or no token may follow.
  Result<int32_t> choose(const std::vector<float>& logits);

 private:
  TokenChoice(const ChoiceOptions& options, const stream::TokenizerTables& tokens);
  Status constrain(const std::string& expression, const stream::TokenizerTables& tokens);

  std::vector<uint32_t> words_, seen_, allowed_;
  std::vector<uint16_t> recent_;
  stream::Sampler sampler_;
  std::vector<uint8_t> automaton_bytes_;
  stream::ByteAutomaton automaton_;
  std::unique_ptr<stream::TextConstraint> constraint_;
};

// Text as it becomes certain: what may be the beginning of a string at which the text stops is held back.
class StoppedText {
 public:
  // kBadUsage where a string is empty or too long. Without strings nothing is held back.
  static Result<std::unique_ptr<StoppedText>> create(const std::vector<std::string>& stops);

  // What is certain now.
  std::string feed(std::string_view bytes);
  // What was held back, at the end of a text that no string has stopped.
  std::string rest() { return std::exchange(held_, {}); }
  bool has_stopped() const { return has_stopped_; }

 private:
  StoppedText() = default;

  std::vector<uint8_t> automaton_bytes_;
  stream::ByteAutomaton automaton_;
  std::unique_ptr<stream::StopStrings> stops_;
  std::string held_;
  bool has_stopped_ = false;
};

}  // namespace tmc::check
