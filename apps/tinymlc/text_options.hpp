// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// How a text is made, in the words of the help: options of the commands that write one or make a folder that does.

#include "command.hpp"
#include "tmc/check/text_settings.hpp"

namespace tmc::app {

struct TextArguments {
  std::string tokenizer;
  std::string mode;
  double temperature = 0, top_p = 1, min_p = 0, repetition_penalty = 1;
  int top_k = 0, penalty_tokens = 64;
  uint64_t seed = 1;
  std::vector<std::string> stops;
  std::string match;

  // `has_to`: a command that writes a text; else the options are of a folder that does, where there is a tokenizer.
  void add_to(Command& command, bool has_to);
  // Of a decoder that was compiled with these sinks; `has_text`: with its tokenizer, else of tokens that are numbers.
  Result<check::TextSettings> settings(const pipeline::Compilation& compilation, int64_t sinks,
                                       bool has_text = true) const;

 private:
  Result<stream::TextOptions> options(int64_t sinks, int32_t window) const;
};

}  // namespace tmc::app
