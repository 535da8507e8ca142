// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/token_choice.hpp"

#include "tmc/stream/host/regular_expression.hpp"
#include "tmc/stream/host/stop_strings.hpp"

namespace tmc::check {
namespace {

// The automaton walks bytes, which live beside it.
Status open_tables(const stream::Automaton& automaton, std::vector<uint8_t>& bytes, stream::ByteAutomaton& opened) {
  bytes = stream::automaton_tables(automaton);
  if (opened.open(bytes.data(), static_cast<uint32_t>(bytes.size())) == stream::StreamError::kOk) return {};
  return error(Error::kInternal, "the tables of an automaton do not open");
}

}  // namespace

TokenChoice::TokenChoice(const ChoiceOptions& options, const stream::TokenizerTables& tokens)
    : words_(static_cast<size_t>(tokens.tokens())),
      seen_((words_.size() + 31) / 32),
      recent_(static_cast<size_t>(options.sampler.penalty_tokens)),
      sampler_(options.sampler, {.words = words_.data(),
                                 .word_count = tokens.tokens(),
                                 .seen = seen_.data(),
                                 .seen_words = static_cast<int32_t>(seen_.size()),
                                 .recent = recent_.data(),
                                 .recent_tokens = options.sampler.penalty_tokens}) {
  sampler_.seed(options.seed);
}

Result<std::unique_ptr<TokenChoice>> TokenChoice::create(const ChoiceOptions& options,
                                                         const stream::TokenizerTables& tokens) {
  const int32_t penalised = options.sampler.penalty_tokens;
  if (penalised < 0 || penalised > stream::Sampler::kMostTokens) {
    return error(Error::kBadUsage, "a repetition penalty cannot count {} tokens", penalised)
        .with_hint("let it count at most 65535");
  }
  std::unique_ptr<TokenChoice> choice(new TokenChoice(options, tokens));
  if (choice->sampler_.check() != stream::StreamError::kOk) {
    return error(Error::kBadUsage, "the options of the sampler are out of their ranges")
        .with_hint(
            "--top-p and --min-p are within 0 and 1, --repetition-penalty within 1/16 and 16, --temperature "
            "at most 32768, and --top-k is not negative");
  }
  if (!options.expression.empty()) TMC_TRY(choice->constrain(options.expression, tokens));
  return choice;
}

Status TokenChoice::constrain(const std::string& expression, const stream::TokenizerTables& tokens) {
  TMC_ASSIGN(const stream::Automaton automaton, stream::regular_expression_automaton(expression));
  TMC_TRY(open_tables(automaton, automaton_bytes_, automaton_));
  constraint_ = std::make_unique<stream::TextConstraint>(automaton_, tokens);
  allowed_.resize(seen_.size());
  return {};
}

Result<int32_t> TokenChoice::choose(const std::vector<float>& logits) {
  const uint32_t* allowed = nullptr;
  if (constraint_ != nullptr &&
      constraint_->allow(allowed_.data(), static_cast<int32_t>(allowed_.size())) == stream::StreamError::kOk) {
    allowed = allowed_.data();
  }
  int32_t token = 0;
  const stream::StreamError code =
      sampler_.sample({.data = logits.data(), .count = static_cast<int32_t>(logits.size())}, allowed, token);
  if (code == stream::StreamError::kNotANumber) return error(Error::kBadInput, "a logit is not a finite number");
  if (code == stream::StreamError::kNoCandidate) {
    return error(Error::kBadInput, "no token may follow here")
        .with_hint("give an expression that matches a longer text");
  }
  if (code != stream::StreamError::kOk)
    return error(Error::kInternal, "the sampler answers {}", static_cast<int>(code));
  sampler_.accept(token);
  if (constraint_ != nullptr) constraint_->accept(token);
  return token;
}

Result<std::unique_ptr<StoppedText>> StoppedText::create(const std::vector<std::string>& stops) {
  std::unique_ptr<StoppedText> text(new StoppedText);
  if (stops.empty()) return text;
  TMC_ASSIGN(const stream::Automaton automaton, stream::stop_strings_automaton(stops));
  TMC_TRY(open_tables(automaton, text->automaton_bytes_, text->automaton_));
  text->stops_ = std::make_unique<stream::StopStrings>(text->automaton_);
  return text;
}

std::string StoppedText::feed(std::string_view bytes) {
  if (stops_ == nullptr) return std::string(bytes);
  const auto found = stops_->feed(reinterpret_cast<const uint8_t*>(bytes.data()), static_cast<int32_t>(bytes.size()));
  held_ += bytes.substr(0, static_cast<size_t>(found.taken));
  const size_t certain = held_.size() - static_cast<size_t>(found.held);
  const std::string text = held_.substr(0, certain);
  held_.erase(0, certain);
  has_stopped_ = found.stops;
  return text;
}

}  // namespace tmc::check
