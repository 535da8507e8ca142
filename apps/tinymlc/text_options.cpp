// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "text_options.hpp"

#include "tmc/stream/host/sampling.hpp"
#include "tmc/stream/host/tokenizer_file.hpp"

namespace tmc::app {
namespace {

// The mode that is asked for; without a word, sinks where there are such, else the whole window.
Result<stream::StreamSpec> spec_of(const std::string& wanted, int64_t sinks, int32_t window) {
  stream::StreamSpec spec{.window = window, .sinks = static_cast<int32_t>(sinks), .mode = stream::StreamMode::kFull};
  const std::string mode = !wanted.empty() ? wanted : sinks > 0 ? "sinks" : "full";
  if (mode == "sinks") spec.mode = stream::StreamMode::kSinks;
  if (mode == "window") spec.mode = stream::StreamMode::kWindow;
  if (mode != "full" && mode != "window" && mode != "sinks") {
    return error(Error::kBadUsage, "there is no mode '{}'", mode).with_hint("use full, window or sinks");
  }
  if (stream::TokenStream::check(spec) == stream::StreamError::kOk) return spec;
  return error(Error::kBadUsage, "the mode '{}' does not go with {} sinks in a window of {}", mode, spec.sinks, window)
      .with_hint("give --sinks with the mode sinks alone, fewer than the window has tokens");
}

}  // namespace

void TextArguments::add_to(Command& command, bool has_to) {
  const auto add = [&](const char* name, auto& to, const char* help) {
    Option* const option = command.add_option(name, to, help);
    if (!has_to) option->group("Text of a decoder");
    return option;
  };
  add("--tokenizer", tokenizer,
      has_to ? "tokenizer.bin of llama2.c, tokenizer.json or a .gguf; without it, the one in or beside the model"
             : "tokenizer.bin of llama2.c, tokenizer.json or a .gguf: the folder writes text (text.hpp)");
  add("--mode", mode,
      "what becomes of a full window: full ends the text, window forgets the oldest token, sinks the "
      "oldest behind the sinks; without it, sinks where there are such, else full");
  add("--temperature", temperature, "of a random choice; 0 takes the likeliest token")->capture_default_str();
  add("--top-k", top_k, "random among the k likeliest tokens; 0: among all")->capture_default_str();
  add("--top-p", top_p, "random among the likeliest tokens that have this share together")->capture_default_str();
  add("--min-p", min_p, "random among tokens at least this likely, against the likeliest")->capture_default_str();
  add("--repetition-penalty", repetition_penalty, "above 1: tokens of late are less likely")->capture_default_str();
  add("--penalty-tokens", penalty_tokens, "the last tokens that the penalty counts")->capture_default_str();
  add("--seed", seed, "the same seed, the same text, on every target")->capture_default_str();
  add("--stop", stops, "text at which to stop, which is not written; may be repeated");
  add("--match", match, "regular expression that the text behind the prompt has to match");
}

Result<stream::TextOptions> TextArguments::options(int64_t sinks, int32_t window) const {
  stream::TextOptions options;
  TMC_ASSIGN(options.stream, spec_of(mode, sinks, window));
  options.sampler = {.temperature = stream::q16(temperature),
                     .top_k = top_k,
                     .top_p = stream::q16(top_p),
                     .min_p = stream::q16(min_p),
                     .penalty = stream::q16(repetition_penalty),
                     .penalty_tokens = repetition_penalty != 1 ? penalty_tokens : 0};
  options.seed = seed;
  return options;
}

Result<check::TextSettings> TextArguments::settings(const pipeline::Compilation& compilation, int64_t sinks,
                                                    bool has_text) const {
  TMC_ASSIGN(const check::DecoderPorts decoder, check::decoder_ports(compilation));
  check::TextRequest request;
  TMC_ASSIGN(request.options, options(sinks, decoder.window));
  if (!has_text) {
    if (tokenizer.empty() && stops.empty() && match.empty()) return check::number_settings(request.options, decoder);
    return error(Error::kBadUsage, "tokens that are numbers have no text: --tokenizer, --stop and --match are of one")
        .with_hint("give --prompt in place of --tokens, or leave these out");
  }
  std::filesystem::path file = tokenizer;
  if (file.empty()) file = stream::tokenizer_of_model(compilation.model);
  if (file.empty()) {
    return error(Error::kBadUsage, "the model has no tokenizer with it")
        .with_hint("add --tokenizer FILE, or give tokens by their numbers: --tokens 1,2,3");
  }
  TMC_ASSIGN(request.tokenizer, stream::load_tokenizer(file));
  request.stops = stops;
  request.expression = match;
  return check::text_settings(request, decoder);
}

}  // namespace tmc::app
