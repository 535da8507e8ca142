// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/text_settings.hpp"

#include <algorithm>

#include "tmc/ops/op/cached_attention.hpp"
#include "tmc/opt/decoder/stream_past.hpp"
#include "tmc/stream/host/regular_expression.hpp"
#include "tmc/stream/host/stop_strings.hpp"

namespace tmc::check {
namespace {

// Rows that are added to an embedding so that their number is a round one; no text has such a token.
constexpr int32_t kMostPadding = 255;

using stream::StreamError;

// Slots of the caches; 0 where there are none.
int64_t window_of(const ir::Graph& graph) {
  for (const ir::NodeId id : graph.order()) {
    const ir::Node& node = graph.node(id);
    if (!node.op.is<ops::CachedAttention>()) continue;
    return graph.value(node.inputs[ops::CachedAttention::kKeyCache]).type.shape[0];
  }
  return 0;
}

bool is_port(const program::Program& program, const std::vector<int32_t>& ports, size_t index, DType dtype,
             const Shape& shape) {
  if (index >= ports.size()) return false;
  const program::Tensor& tensor = program.tensors[static_cast<size_t>(ports[index])];
  return tensor.dtype == dtype && tensor.shape == shape;
}

stream::Table table_of(const std::vector<uint8_t>& bytes) {
  if (bytes.empty()) return {};
  return {bytes.data(), static_cast<uint32_t>(bytes.size())};
}

Status check_sampler(const stream::SamplerOptions& options) {
  if (options.penalty_tokens < 0 || options.penalty_tokens > stream::Sampler::kMostTokens) {
    return error(Error::kBadUsage, "a repetition penalty cannot count {} tokens", options.penalty_tokens)
        .with_hint("let it count at most 65535");
  }
  stream::SamplerMemory memory;
  memory.recent_tokens = options.penalty_tokens;
  if (stream::Sampler(options, memory).check() == StreamError::kOk) return {};
  return error(Error::kBadUsage, "the options of the sampler are out of their ranges")
      .with_hint(
          "--top-p and --min-p are within 0 and 1, --repetition-penalty within 1/16 and 16, --temperature "
          "at most 32768, and --top-k is not negative");
}

// How a text begins and ends, as its tokenizer says.
Status settle_ends(const stream::LoadedTokenizer& tokenizer, stream::TextOptions& options) {
  options.adds_begin = tokenizer.adds_begin;
  if (std::ssize(tokenizer.other_ends) > stream::TextOptions::kOtherEnds) {
    return error(Error::kUnsupportedShape, "{} tokens end a text", tokenizer.other_ends.size() + 1)
        .with_hint(fmt::format("leave {} of them in the model's files", stream::TextOptions::kOtherEnds + 1));
  }
  std::ranges::copy(tokenizer.other_ends, options.other_ends);
  options.other_end_count = static_cast<int32_t>(tokenizer.other_ends.size());
  return {};
}

}  // namespace

Result<DecoderPorts> decoder_ports(const Compilation& compilation) {
  const program::Program& program = compilation.program;
  const int64_t window = window_of(compilation.graph);
  const bool takes_a_token = is_port(program, program.inputs, 0, DType::kI32, Shape::of(1)) &&
                             is_port(program, program.inputs, 1, DType::kI32, Shape::of(3)) &&
                             program.inputs.size() == 2 && program.outputs.size() == 1;
  if (window == 0 || !takes_a_token) {
    return error(Error::kBadUsage, "the model is no decoder that takes one token a step")
        .with_hint("give a decoder, as the folder of a LlamaForCausalLM or a checkpoint of llama2.c, without --block");
  }
  const program::Tensor& logits = program.tensors[static_cast<size_t>(program.outputs[0])];
  if (logits.dtype != DType::kF32) {
    return error(Error::kBadUsage, "its logits are {}", dtype_name(logits.dtype))
        .with_hint("leave its output in float");
  }
  return DecoderPorts{.window = static_cast<int32_t>(window),
                      .vocabulary = static_cast<int32_t>(logits.shape.elements()),
                      .has_learned_positions = opt::longest_text(compilation.graph) > 0};
}

stream::TextTables TextSettings::tables() const {
  return {table_of(tokenizer), table_of(stops), table_of(expression)};
}

Result<TextSettings> number_settings(const stream::TextOptions& options, const DecoderPorts& decoder) {
  TMC_TRY(check_sampler(options.sampler));
  if (decoder.has_learned_positions && options.stream.mode != stream::StreamMode::kFull) {
    return error(Error::kBadUsage, "the model has learned positions, {} of them in its window: a text cannot pass it",
                 decoder.window)
        .with_hint("leave --mode out, or make the window as large as the model allows with --window");
  }
  TextSettings settings;
  settings.options = options;
  settings.vocabulary = decoder.vocabulary;
  settings.has_learned_positions = decoder.has_learned_positions;
  return settings;
}

Result<TextSettings> text_settings(const TextRequest& request, const DecoderPorts& decoder) {
  TMC_ASSIGN(TextSettings settings, number_settings(request.options, decoder));
  settings.tokenizer = request.tokenizer.tables;
  TMC_TRY(settle_ends(request.tokenizer, settings.options));
  stream::TokenizerTables tables;
  if (tables.open(settings.tokenizer.data(), static_cast<uint32_t>(settings.tokenizer.size())) != StreamError::kOk) {
    return error(Error::kInternal, "the tokenizer's tables do not open");
  }
  settings.vocabulary = tables.tokens();
  const int32_t padding = decoder.vocabulary - settings.vocabulary;
  if (padding < 0 || padding > kMostPadding) {
    return error(Error::kBadUsage, "the tokenizer has {} tokens, the model {}", tables.tokens(), decoder.vocabulary)
        .with_hint("give the tokenizer that the model was trained with");
  }
  settings.finds_words = tables.has(stream::kIsByteLevel);
  if (!request.stops.empty()) {
    TMC_ASSIGN(const stream::Automaton automaton, stream::stop_strings_automaton(request.stops));
    settings.stops = stream::automaton_tables(automaton);
  }
  if (!request.expression.empty()) {
    TMC_ASSIGN(const stream::Automaton automaton, stream::regular_expression_automaton(request.expression));
    settings.expression = stream::automaton_tables(automaton);
  }
  return settings;
}

Status text_status(stream::StreamError code, const TextSettings& settings) {
  const stream::StreamSpec& spec = settings.options.stream;
  switch (code) {
    case StreamError::kOk:
      return {};
    case StreamError::kWindowFull:
      return error(Error::kBadUsage, "the window of {} tokens is full", spec.window)
          .with_hint(settings.has_learned_positions
                         ? "the model has learned positions, and so its window does not move on: make it as large as "
                           "they are many with --window"
                         : "let it move on with --mode window or --sinks 4, or make it larger with --window");
    case StreamError::kBadSpec:
      return error(Error::kBadUsage, "a window of {} tokens with {} sinks is none", spec.window, spec.sinks);
    case StreamError::kBadCount:
      return error(Error::kBadUsage, "there is nothing to begin with").with_hint("add --prompt TEXT");
    case StreamError::kUnknownCharacter:
      return error(Error::kBadInput, "the prompt has a character of a script that words are not found in")
          .with_hint("docs/streaming.md says which scripts they are found in");
    case StreamError::kNotANumber:
      return error(Error::kBadInput, "a logit is not a finite number");
    case StreamError::kNoCandidate:
      return error(Error::kBadInput, "no token may follow here")
          .with_hint("give an expression that matches a longer text");
    default:
      return error(Error::kInternal, "the stream answers {}", static_cast<int>(code));
  }
}

TextHere::TextHere(const TextSettings& settings, size_t prompt_bytes)
    : prompt_(prompt_bytes + 2),
      ranks_(prompt_.size()),
      recent_(static_cast<size_t>(settings.options.sampler.penalty_tokens)),
      words_(static_cast<size_t>(settings.vocabulary)),
      seen_((words_.size() + 31) / 32),
      allowed_(seen_.size()),
      held_(static_cast<size_t>(stream::TextWriter<stream::WordTokenizer>::kHeldBytes)),
      writer_(settings.options, settings.tables(), memory(settings)) {}

stream::TextMemory TextHere::memory(const TextSettings& settings) {
  const auto words = static_cast<int32_t>(seen_.size());
  return {.prompt = {prompt_.data(), static_cast<int32_t>(prompt_.size()), ranks_.data(),
                     static_cast<int32_t>(ranks_.size())},
          .sampler = {.words = words_.data(),
                      .word_count = settings.vocabulary,
                      .seen = seen_.data(),
                      .seen_words = words,
                      .recent = recent_.data(),
                      .recent_tokens = settings.options.sampler.penalty_tokens},
          .allowed = allowed_.data(),
          .allowed_words = words,
          .held = held_.data(),
          .held_bytes = static_cast<int32_t>(held_.size())};
}

}  // namespace tmc::check
