// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a text is made with, wherever it is written: a tokenizer, how tokens are chosen, where it ends. Of it the writer
// of this process is made (TextHere), and the files of a folder that writes text on a chip (text_files.hpp).

#include <string>
#include <vector>

#include "tmc/pipeline/compile.hpp"
#include "tmc/stream/host/tokenizer_file.hpp"
#include "tmc/stream/text_writer.hpp"
#include "tmc/stream/word_tokenizer.hpp"

namespace tmc::check {

using pipeline::Compilation;

// What a compiled decoder has of its stream: that of frontend/common/decoder.hpp.
struct DecoderPorts {
  int32_t window = 0;  // slots of its caches
  int32_t vocabulary = 0;
  bool has_learned_positions = false;  // then a text ends with the window: no position behind it was learned
};

// kBadUsage where the model is no decoder of one token a step with logits of floats.
Result<DecoderPorts> decoder_ports(const Compilation& compilation);

struct TextSettings {
  std::vector<uint8_t> tokenizer, stops, expression;  // tables; the last two are empty where there is none
  stream::TextOptions options;
  bool finds_words = false;  // by GPT-2's expression: a WordTokenizer's tables
  int32_t vocabulary = 0;    // of the tokenizer, where there is one: logits behind it are of no token
  bool has_learned_positions = false;

  stream::TextTables tables() const;
};

struct TextRequest {
  stream::LoadedTokenizer tokenizer;
  stream::TextOptions options;
  std::vector<std::string> stops;
  std::string expression;  // that the text behind the prompt has to match; empty: none
};

// kBadUsage where a string, the expression or an option is wrong, and where the tokenizer is not the decoder's.
Result<TextSettings> text_settings(const TextRequest& request, const DecoderPorts& decoder);

// The same without a tokenizer, of tokens that are numbers.
Result<TextSettings> number_settings(const stream::TextOptions& options, const DecoderPorts& decoder);

// What the stream says no with, in words; ok of kOk.
Status text_status(stream::StreamError code, const TextSettings& settings);

// A writer with the memory that it needs. The settings outlive it.
class TextHere {
 public:
  TextHere(const TextSettings& settings, size_t prompt_bytes);

  stream::TextWriter<stream::WordTokenizer>& writer() { return writer_; }

 private:
  stream::TextMemory memory(const TextSettings& settings);

  std::vector<int32_t> prompt_;
  std::vector<uint16_t> ranks_, recent_;
  std::vector<uint32_t> words_, seen_, allowed_;
  std::vector<uint8_t> held_;
  stream::TextWriter<stream::WordTokenizer> writer_;
};

}  // namespace tmc::check
