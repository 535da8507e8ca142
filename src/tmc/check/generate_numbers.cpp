// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/generate_numbers.hpp"

#include "tmc/check/decoder_step.hpp"
#include "tmc/check/token_clock.hpp"

namespace tmc::check {
namespace {

// A sampler with the memory that it needs.
class NumberSampler {
 public:
  explicit NumberSampler(const TextSettings& settings)
      : words_(static_cast<size_t>(settings.vocabulary)),
        seen_((words_.size() + 31) / 32),
        recent_(static_cast<size_t>(settings.options.sampler.penalty_tokens)),
        sampler_(settings.options.sampler, {.words = words_.data(),
                                            .word_count = settings.vocabulary,
                                            .seen = seen_.data(),
                                            .seen_words = static_cast<int32_t>(seen_.size()),
                                            .recent = recent_.data(),
                                            .recent_tokens = settings.options.sampler.penalty_tokens}) {
    sampler_.seed(settings.options.seed);
  }

  stream::Sampler& sampler() { return sampler_; }

 private:
  std::vector<uint32_t> words_, seen_;
  std::vector<uint16_t> recent_;
  stream::Sampler sampler_;
};

Status check_numbers(const Compilation& compilation, const TextSettings& settings, const std::vector<int32_t>& begin) {
  if (compilation.target.run.method != RunMethod::kInProcess) {
    return error(Error::kBadUsage, "tokens that are numbers are generated in this process, not on '{}'",
                 compilation.target.name)
        .with_hint("use --target host, or give a --tokenizer");
  }
  if (begin.empty()) return error(Error::kBadUsage, "there is nothing to begin with").with_hint("add --tokens 1,2,3");
  for (const int32_t token : begin) {
    if (token >= 0 && token < settings.vocabulary) continue;
    return error(Error::kBadUsage, "{} is no token of the model's {}", token, settings.vocabulary)
        .with_hint("give numbers from 0 on");
  }
  return {};
}

}  // namespace

Result<std::vector<double>> generate_numbers(const Compilation& compilation, const TextSettings& settings,
                                             const std::vector<int32_t>& begin, int64_t steps,
                                             const std::function<void(int32_t token)>& give) {
  TMC_TRY(check_numbers(compilation, settings, begin));
  TMC_ASSIGN(exec::Executor executor, exec::Executor::create(compilation.program));
  NumberSampler choice(settings);
  stream::TokenStream text(settings.options.stream);
  std::vector<double> token_us;
  int32_t token = 0;
  for (int64_t step = 0; step < steps; ++step) {
    const auto at = static_cast<size_t>(step);
    const TokenClock clock;
    if (at < begin.size()) token = begin[at];
    choice.sampler().accept(token);
    stream::CacheInput place;
    TMC_TRY(text_status(text.begin_block(1, place), settings));
    TMC_ASSIGN(const std::vector<std::byte> logits, run_decoder_step(executor, token, place));
    text.end_block();
    if (at < begin.size()) give(token);
    if (at + 1 >= begin.size()) {
      const stream::Logits scores{.data = logits.data(), .count = settings.vocabulary};
      TMC_TRY(text_status(choice.sampler().sample(scores, nullptr, token), settings));
    }
    token_us.push_back(clock.us());
    if (at + 1 >= begin.size()) give(token);
  }
  return token_us;
}

}  // namespace tmc::check
