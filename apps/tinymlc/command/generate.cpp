// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "command.hpp"
#include "tmc/check/generate.hpp"
#include "tmc/check/token_choice.hpp"
#include "tmc/stream/host/sampling.hpp"
#include "tmc/stream/host/tokenizer_file.hpp"
#include "tmc/stream/tokenizer.hpp"

namespace tmc::app {
namespace {

struct Options {
  ModelOptions model;
  std::string tokenizer, prompt;
  std::string mode;
  int64_t steps = 200;
  double temperature = 0, top_p = 1, min_p = 0, repetition_penalty = 1;
  int top_k = 0, penalty_tokens = 64;
  uint64_t seed = 1;
  std::vector<std::string> stops;
  std::string match;
};

// The mode that is asked for; without a word, sinks where there are such, else the whole window.
Result<stream::StreamSpec> spec_of(const Options& options, int32_t window) {
  stream::StreamSpec spec{
      .window = window, .sinks = static_cast<int32_t>(options.model.sinks), .mode = stream::StreamMode::kFull};
  const bool has_sinks = spec.sinks > 0;
  const std::string mode = !options.mode.empty() ? options.mode : has_sinks ? "sinks" : "full";
  if (mode == "sinks") spec.mode = stream::StreamMode::kSinks;
  if (mode == "window") spec.mode = stream::StreamMode::kWindow;
  if (mode != "full" && mode != "window" && mode != "sinks") {
    return error(Error::kBadUsage, "there is no mode '{}'", mode).with_hint("use full, window or sinks");
  }
  if (stream::TokenStream::check(spec) == stream::StreamError::kOk) return spec;
  return error(Error::kBadUsage, "the mode '{}' does not go with {} sinks in a window of {}", mode, spec.sinks, window)
      .with_hint("give --sinks with the mode sinks alone, fewer than the window has tokens");
}

// The tokens of the prompt, behind the one that begins a text where the tokenizer has it so, or there is no prompt.
Result<std::vector<int32_t>> tokens_of(const stream::LoadedTokenizer& loaded, const stream::TokenizerTables& tables,
                                       const std::string& prompt) {
  TMC_ASSIGN(std::vector<int32_t> tokens, stream::encode_text(loaded.tables, prompt));
  const int32_t begin = tables.begin_token();
  if (begin != stream::kNoToken && (loaded.adds_begin || tokens.empty())) tokens.insert(tokens.begin(), begin);
  if (tokens.empty()) return error(Error::kBadUsage, "there is nothing to begin with").with_hint("add --prompt TEXT");
  return tokens;
}

check::ChoiceOptions choice_of(const Options& options) {
  const bool penalises = options.repetition_penalty != 1;
  return {.sampler = {.temperature = stream::q16(options.temperature),
                      .top_k = options.top_k,
                      .top_p = stream::q16(options.top_p),
                      .min_p = stream::q16(options.min_p),
                      .penalty = stream::q16(options.repetition_penalty),
                      .penalty_tokens = penalises ? options.penalty_tokens : 0},
          .seed = options.seed,
          .expression = options.match};
}

std::string_view text_of(const stream::Piece& piece) {
  return {reinterpret_cast<const char*>(piece.bytes), static_cast<size_t>(piece.count)};
}

void print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

Status write_text(const Options& options, const stream::LoadedTokenizer& loaded, check::DecoderSteps& decoder) {
  stream::Tokenizer tokenizer;
  if (tokenizer.open(loaded.tables.data(), static_cast<uint32_t>(loaded.tables.size())) != stream::StreamError::kOk) {
    return error(Error::kInternal, "the tokenizer's tables do not open");
  }
  const stream::TokenizerTables& tables = tokenizer.tables();
  if (tables.tokens() != decoder.vocabulary()) {
    return error(Error::kBadUsage, "the tokenizer has {} tokens, the model {}", tables.tokens(), decoder.vocabulary())
        .with_hint("give the tokenizer that the model was trained with");
  }
  check::GenerateOptions how{
      .spec = {}, .prompt = {}, .steps = options.steps, .end_tokens = {tables.begin_token(), tables.end_token()}};
  TMC_ASSIGN(how.spec, spec_of(options, decoder.window()));
  if (decoder.has_learned_positions() && how.spec.mode != stream::StreamMode::kFull) {
    return error(Error::kBadUsage, "the model has learned positions, {} of them in its window: a text cannot pass it",
                 decoder.window())
        .with_hint("leave --mode out, or make the window as large as the model allows with --window");
  }
  how.end_tokens.insert(how.end_tokens.end(), loaded.other_ends.begin(), loaded.other_ends.end());
  TMC_ASSIGN(how.prompt, tokens_of(loaded, tables, options.prompt));
  TMC_ASSIGN(const auto choice, check::TokenChoice::create(choice_of(options), tables));
  TMC_ASSIGN(const auto text, check::StoppedText::create(options.stops));
  for (const int32_t token : how.prompt) choice->read(token);
  if (const int32_t first = how.prompt.front(); first != tables.begin_token()) {
    print(std::string(text_of(tokenizer.decode(stream::kNoToken, first))));
  }
  size_t given = 1;
  TMC_TRY(check::generate(
      decoder, how, [&](const std::vector<float>& logits) { return choice->choose(logits); },
      [&](int32_t previous, int32_t token) {
        const std::string_view written = text_of(tokenizer.decode(previous, token));
        const bool is_of_prompt = given++ < how.prompt.size();
        print(is_of_prompt ? std::string(written) : text->feed(written));
        return !text->has_stopped();
      }));
  print((text->has_stopped() ? "" : text->rest()) + "\n");
  return {};
}

Status generate(const Options& options) {
  std::filesystem::path file = options.tokenizer;
  if (file.empty()) file = stream::tokenizer_of_model(options.model.model);
  if (file.empty()) {
    return error(Error::kBadUsage, "the model has no tokenizer with it").with_hint("add --tokenizer FILE");
  }
  TMC_ASSIGN(const auto tokenizer, stream::load_tokenizer(file));
  ProgressLine progress;
  progress.show("compiling");
  TMC_ASSIGN(const pipeline::Compilation compilation, options.model.compile());
  TMC_ASSIGN(check::DecoderSteps decoder, check::DecoderSteps::create(compilation));
  progress.show("");
  return write_text(options, tokenizer, decoder);
}

}  // namespace

void add_generate(Command& app, Exit& exit) {
  auto* command = app.add_subcommand("generate", "Lets a decoder write text, token by token");
  auto options = std::make_shared<Options>();
  options->model.add_to(*command);
  command->add_option("--tokenizer", options->tokenizer,
                      "tokenizer.bin of llama2.c, or tokenizer.json; without it, the one beside the model");
  command->add_option("--prompt", options->prompt, "how the text begins");
  command->add_option("--steps", options->steps, "tokens to read, those of the prompt among them")
      ->capture_default_str();
  command->add_option("--mode", options->mode,
                      "what becomes of a full window: full ends the text, window forgets the oldest token, sinks the "
                      "oldest behind the sinks; without it, sinks where there are such, else full");
  command->add_option("--temperature", options->temperature, "of a random choice; 0 takes the likeliest token")
      ->capture_default_str();
  command->add_option("--top-k", options->top_k, "random among the k likeliest tokens; 0: among all")
      ->capture_default_str();
  command->add_option("--top-p", options->top_p, "random among the likeliest tokens that have this share together")
      ->capture_default_str();
  command->add_option("--min-p", options->min_p, "random among tokens at least this likely, against the likeliest")
      ->capture_default_str();
  command->add_option("--repetition-penalty", options->repetition_penalty, "above 1: tokens of late are less likely")
      ->capture_default_str();
  command->add_option("--penalty-tokens", options->penalty_tokens, "the last tokens that the penalty counts")
      ->capture_default_str();
  command->add_option("--seed", options->seed, "the same seed, the same text, on every target")->capture_default_str();
  command->add_option("--stop", options->stops, "text at which to stop, which is not written; may be repeated");
  command->add_option("--match", options->match, "regular expression that the text behind the prompt has to match");
  command->callback([options, &exit] { exit.check(generate(*options)); });
}

}  // namespace tmc::app
