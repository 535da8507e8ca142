// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>

#include "command.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/check/generate.hpp"
#include "tmc/stream/host/llama2c_tokenizer.hpp"
#include "tmc/stream/tokenizer.hpp"

namespace tmc::app {
namespace {

struct Options {
  ModelOptions model;
  std::string tokenizer, prompt;
  std::string mode;
  int64_t steps = 200;
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

// The token that begins a text, and those of the prompt.
Result<std::vector<int32_t>> tokens_of(const stream::Tokenizer& tokenizer, const std::string& prompt) {
  const size_t most = prompt.size() + 2;
  std::vector<int32_t> tokens(most);
  std::vector<uint16_t> ranks(most);
  const stream::EncodeMemory memory{.tokens = tokens.data(),
                                    .capacity = static_cast<int32_t>(most),
                                    .ranks = ranks.data(),
                                    .longest_word = static_cast<int32_t>(most)};
  int32_t count = 0;
  const auto* text = reinterpret_cast<const uint8_t*>(prompt.data());
  if (tokenizer.encode(text, static_cast<int32_t>(prompt.size()), memory, count) != stream::StreamError::kOk) {
    return error(Error::kBadInput, "the prompt has bytes that are no tokens").with_hint("write it in other letters");
  }
  tokens.resize(static_cast<size_t>(count));
  if (const int32_t begin = tokenizer.tables().begin_token(); begin != stream::kNoToken) {
    tokens.insert(tokens.begin(), begin);
  }
  if (tokens.empty()) return error(Error::kBadUsage, "there is nothing to begin with").with_hint("add --prompt TEXT");
  return tokens;
}

Status generate(const Options& options) {
  TMC_ASSIGN(const std::string file, read_file(options.tokenizer));
  TMC_ASSIGN(const stream::TokenizerModel model, stream::read_llama2c_tokenizer(file));
  TMC_ASSIGN(const std::vector<uint8_t> tables, stream::tokenizer_tables(model));
  stream::Tokenizer tokenizer;
  if (tokenizer.open(tables.data(), static_cast<uint32_t>(tables.size())) != stream::StreamError::kOk) {
    return error(Error::kInternal, "the tokenizer's tables are none");
  }
  ProgressLine progress;
  progress.show("compiling");
  TMC_ASSIGN(const pipeline::Compilation compilation, options.model.compile());
  TMC_ASSIGN(check::DecoderSteps decoder, check::DecoderSteps::create(compilation));
  progress.show("");
  if (tokenizer.tables().tokens() != decoder.vocabulary()) {
    return error(Error::kBadUsage, "the tokenizer has {} tokens, the model {}", tokenizer.tables().tokens(),
                 decoder.vocabulary())
        .with_hint("give the tokenizer that the model was trained with");
  }
  check::GenerateOptions how{
      .spec = {}, .prompt = {}, .steps = options.steps, .end_token = tokenizer.tables().begin_token()};
  TMC_ASSIGN(how.spec, spec_of(options, decoder.window()));
  TMC_ASSIGN(how.prompt, tokens_of(tokenizer, options.prompt));
  const auto choose = [](const std::vector<float>& logits) -> Result<int32_t> {
    return static_cast<int32_t>(std::ranges::max_element(logits) - logits.begin());
  };
  TMC_TRY(check::generate(decoder, how, choose, [&](int32_t previous, int32_t token) {
    const stream::Piece piece = tokenizer.decode(previous, token);
    std::fwrite(piece.bytes, 1, static_cast<size_t>(piece.count), stdout);
    std::fflush(stdout);
  }));
  std::fputc('\n', stdout);
  return {};
}

}  // namespace

void add_generate(Command& app, Exit& exit) {
  auto* command = app.add_subcommand("generate", "Lets a decoder write text, token by token");
  auto options = std::make_shared<Options>();
  options->model.add_to(*command);
  command->add_option("--tokenizer", options->tokenizer, "tokenizer.bin of llama2.c")->required();
  command->add_option("--prompt", options->prompt, "how the text begins");
  command->add_option("--steps", options->steps, "tokens to read, those of the prompt among them")
      ->capture_default_str();
  command->add_option("--mode", options->mode,
                      "what becomes of a full window: full ends the text, window forgets the oldest token, sinks the "
                      "oldest behind the sinks; without it, sinks where there are such, else full");
  command->callback([options, &exit] { exit.check(generate(*options)); });
}

}  // namespace tmc::app
