// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Text of a decoder, token by token: all that is around its step. The prompt is encoded, its tokens are read, and then
// each that the sampler chooses; a text ends with a token that ends texts, at a stop string, or by finish().
//
//   begin(prompt)   text()   while not is_done():   next(token, place)   run the program   take(logits)   text()
//
// `AnyTokenizer` is Tokenizer, or WordTokenizer, which reads tables of both kinds and has more code. Tables are in
// flash, all other memory is the caller's, and both outlive the writer. Freestanding, not to be copied.

#include "tmc/stream/constraints.hpp"
#include "tmc/stream/merged_text.hpp"
#include "tmc/stream/sampler.hpp"
#include "tmc/stream/token_stream.hpp"

namespace tmc::stream {

// Bytes of flash; null where there is none.
struct Table {
  const uint8_t* bytes = nullptr;
  uint32_t count = 0;
};

struct TextTables {
  Table tokenizer;
  Table stops = {};       // of StopStrings
  Table expression = {};  // of TextConstraint, which what follows the prompt has to match
};

struct TextOptions {
  static constexpr int32_t kOtherEnds = 4;

  StreamSpec stream = {};
  SamplerOptions sampler = {};
  uint64_t seed = 0;
  bool adds_begin = true;               // before a prompt; without a prompt there is nothing else to begin with
  int32_t other_ends[kOtherEnds] = {};  // tokens that end a text besides those of the tokenizer
  int32_t other_end_count = 0;
};

struct TextMemory {
  EncodeMemory prompt;  // a token for each byte of the longest prompt, and two
  SamplerMemory sampler;
  uint32_t* allowed = nullptr;  // (tokens + 31) / 32 words, where there is an expression
  int32_t allowed_words = 0;
  uint8_t* held = nullptr;  // kHeldBytes, where there are stop strings
  int32_t held_bytes = 0;
};

template <typename AnyTokenizer>
class TextWriter {
 public:
  // What may become a stop string, and the longest piece.
  static constexpr int32_t kHeldBytes = 512;

  TextWriter(const TextOptions& options, const TextTables& tables, const TextMemory& memory)
      : options_(options),
        tables_(tables),
        memory_(memory),
        stream_(options.stream),
        sampler_(options.sampler, memory.sampler) {
    sampler_.seed(options.seed);
  }
  TextWriter(const TextWriter&) = delete;
  TextWriter& operator=(const TextWriter&) = delete;

  // A new text; the generator goes on where it is. kBadTables, kBadSpec, kBadOptions, kNoRoom, kUnknownCharacter, and
  // kBadCount where there is no token to begin with.
  StreamError begin(const uint8_t* prompt, int32_t bytes) {
    is_done_ = true;
    text_ = {};
    StreamError error = open();
    if (error != StreamError::kOk) return error;
    error = encode(prompt, bytes);
    if (error != StreamError::kOk) return error;
    stream_.reset();
    sampler_.reset();
    stops_.reset();
    constraint_.reset();
    held_begin_ = held_ = 0;
    for (int32_t i = 0; i < prompt_tokens_; ++i) sampler_.accept(memory_.prompt.tokens[i]);
    token_ = memory_.prompt.tokens[0];
    if (token_ != tokenizer_.tables().begin_token()) text_ = tokenizer_.decode(kNoToken, token_);
    read_ = 1;
    is_done_ = false;
    return StreamError::kOk;
  }

  // What the program reads. kWindowFull, and kDone behind the end of a text.
  StreamError next(int32_t& token, CacheInput& place) {
    if (is_done_) return StreamError::kDone;
    token = token_;
    return stream_.begin_block(1, place);
  }

  // Finds the token behind that one: the prompt's, or one by its logits. kNotANumber, kNoCandidate, kBadOptions; the
  // text is as it was then.
  StreamError take(const Logits& logits) {
    int32_t token = 0;
    if (read_ < prompt_tokens_) {
      token = memory_.prompt.tokens[read_];
    } else {
      const StreamError error = choose(logits, token);
      if (error != StreamError::kOk) return error;
    }
    stream_.end_block();
    const int32_t previous = token_;
    token_ = token;
    text_ = {};
    const bool is_of_prompt = read_ < prompt_tokens_;
    if (!is_of_prompt && ends_text(token)) {
      finish();
      return StreamError::kOk;
    }
    const Piece piece = tokenizer_.decode(previous, token);
    if (is_of_prompt) ++read_;
    text_ = is_of_prompt || tables_.stops.bytes == nullptr ? piece : feed(piece);
    return StreamError::kOk;
  }

  // Ends the text; what was held back becomes part of it.
  void finish() {
    if (is_done_) return;
    text_ = {memory_.held + held_begin_, held_};
    end();
  }

  // What became part of the text with the last call of begin(), take() or finish(), until the next one.
  Piece text() const { return text_; }
  bool is_done() const { return is_done_; }
  int32_t prompt_tokens() const { return prompt_tokens_; }
  const TokenStream& stream() const { return stream_; }

 private:
  StreamError open() {
    if (TokenStream::check(stream_.spec()) != StreamError::kOk) return StreamError::kBadSpec;
    if (sampler_.check() != StreamError::kOk) return StreamError::kBadOptions;
    StreamError error = tokenizer_.open(tables_.tokenizer.bytes, tables_.tokenizer.count);
    if (error == StreamError::kOk && tables_.stops.bytes != nullptr) {
      error = memory_.held_bytes < kHeldBytes ? StreamError::kNoRoom
                                              : stop_automaton_.open(tables_.stops.bytes, tables_.stops.count);
    }
    if (error == StreamError::kOk && tables_.expression.bytes != nullptr) {
      error = memory_.allowed_words < (tokenizer_.tables().tokens() + 31) / 32
                  ? StreamError::kNoRoom
                  : automaton_.open(tables_.expression.bytes, tables_.expression.count);
    }
    return error;
  }

  StreamError encode(const uint8_t* prompt, int32_t bytes) {
    EncodeMemory rest = memory_.prompt;
    const int32_t begin = tokenizer_.tables().begin_token();
    const int32_t first = begin != kNoToken && (options_.adds_begin || bytes == 0) ? 1 : 0;
    if (rest.capacity < first) return StreamError::kNoRoom;
    if (first == 1) rest.tokens[0] = begin;
    rest.tokens += first;
    rest.capacity -= first;
    int32_t count = 0;
    const StreamError error = tokenizer_.encode(prompt, bytes, rest, count);
    prompt_tokens_ = first + count;
    if (error != StreamError::kOk) return error;
    return prompt_tokens_ > 0 ? StreamError::kOk : StreamError::kBadCount;
  }

  // That which begins a text is one: models say so that they are done.
  bool ends_text(int32_t token) const {
    for (int32_t i = 0; i < options_.other_end_count; ++i) {
      if (token == options_.other_ends[i]) return true;
    }
    return token == tokenizer_.tables().begin_token() || token == tokenizer_.tables().end_token();
  }

  StreamError choose(const Logits& logits, int32_t& token) {
    const bool is_bound = tables_.expression.bytes != nullptr;
    if (is_bound) constraint_.allow(memory_.allowed, memory_.allowed_words);
    const StreamError error = sampler_.sample(logits, is_bound ? memory_.allowed : nullptr, token);
    if (error != StreamError::kOk) return error;
    sampler_.accept(token);
    if (is_bound) constraint_.accept(token);
    return StreamError::kOk;
  }

  // What is certain now of what was held and the piece.
  Piece feed(Piece piece) {
    for (int32_t i = 0; i < held_; ++i) memory_.held[i] = memory_.held[held_begin_ + i];
    const StopStrings::Found found = stops_.feed(piece.bytes, piece.count);
    for (int32_t i = 0; i < found.taken; ++i) memory_.held[held_ + i] = piece.bytes[i];
    held_begin_ = held_ + found.taken - found.held;
    held_ = found.held;
    if (found.stops) end();
    return {memory_.held, held_begin_};
  }

  void end() {
    stream_.finish();
    held_ = 0;
    is_done_ = true;
  }

  TextOptions options_;
  TextTables tables_;
  TextMemory memory_;
  AnyTokenizer tokenizer_;
  TokenStream stream_;
  Sampler sampler_;
  ByteAutomaton stop_automaton_, automaton_;
  StopStrings stops_{stop_automaton_};
  TextConstraint constraint_{automaton_, tokenizer_.tables()};
  Piece text_;
  int32_t token_ = 0;  // that the program reads next, or has read
  int32_t prompt_tokens_ = 0;
  int32_t read_ = 0;  // tokens of the prompt up to this one
  int32_t held_begin_ = 0, held_ = 0;
  bool is_done_ = true;
};

}  // namespace tmc::stream
