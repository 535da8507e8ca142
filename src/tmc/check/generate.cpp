// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/generate.hpp"

#include "tmc/check/decoder_step.hpp"
#include "tmc/check/image.hpp"
#include "tmc/check/run.hpp"
#include "tmc/check/text_files.hpp"
#include "tmc/check/token_clock.hpp"

namespace tmc::check {
namespace {

using stream::StreamError;

std::string_view text_of(stream::Piece piece) {
  return {reinterpret_cast<const char*>(piece.bytes), static_cast<size_t>(piece.count)};
}

Result<TextReport> generate_here(const Compilation& compilation, const TextSettings& settings,
                                 const GenerateOptions& options, const Give& give) {
  TMC_ASSIGN(exec::Executor executor, exec::Executor::create(compilation.program));
  TextHere here(settings, options.prompt.size());
  auto& writer = here.writer();
  TMC_TRY(text_status(writer.begin(reinterpret_cast<const uint8_t*>(options.prompt.data()),
                                   static_cast<int32_t>(options.prompt.size())),
                      settings));
  give(text_of(writer.text()));
  TextReport report;
  report.prompt_tokens = writer.prompt_tokens();
  for (; report.tokens < options.steps && !writer.is_done(); ++report.tokens) {
    const TokenClock clock;
    int32_t token = 0;
    stream::CacheInput place;
    TMC_TRY(text_status(writer.next(token, place), settings));
    TMC_ASSIGN(const std::vector<std::byte> logits, run_decoder_step(executor, token, place));
    TMC_TRY(text_status(writer.take({.data = logits.data(), .count = settings.vocabulary}), settings));
    report.token_us.push_back(clock.us());
    give(text_of(writer.text()));
  }
  if (!writer.is_done()) {
    writer.finish();
    give(text_of(writer.text()));
  }
  return report;
}

Result<TextReport> generate_on_board(const Compilation& compilation, const TextSettings& settings,
                                     const GenerateOptions& options, const Give& give) {
  TMC_ASSIGN(const backend::cpp::Files files, text_files(compilation, settings, options.prompt.size()));
  TMC_ASSIGN(const Image image, build_image(compilation, {.count = true, .text = &files}));
  TMC_ASSIGN(const firmware::TextRun run, firmware::run_text(compilation.target, image.firmware, options.prompt,
                                                             static_cast<uint32_t>(options.steps), give));
  TMC_TRY(text_status(static_cast<StreamError>(run.code), settings));
  TextReport report{.tokens = static_cast<int64_t>(run.tokens.size()),
                    .prompt_tokens = run.prompt_tokens,
                    .token_us = {},
                    .costs = run.tokens,
                    .prompt_instructions = run.prompt_instructions,
                    .footprint = image.firmware.footprint};
  report.footprint->ram.stack = run.stack_bytes;
  return report;
}

}  // namespace

Result<TextReport> generate(const Compilation& compilation, const TextSettings& settings,
                            const GenerateOptions& options, const Give& give) {
  TMC_TRY(check_runs_here(compilation.target));
  if (compilation.target.run.method == RunMethod::kInProcess) {
    return generate_here(compilation, settings, options, give);
  }
  return generate_on_board(compilation, settings, options, give);
}

}  // namespace tmc::check
