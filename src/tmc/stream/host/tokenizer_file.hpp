// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Files of tokenizers, whichever kind they are, and text to tokens on the host by the device's code.

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "tmc/stream/host/tokenizer_model.hpp"

namespace tmc::stream {

// tokenizer.json where it begins with a brace, that of a model in GGUF, else tokenizer.bin of llama2.c. Errors are
// those of their readers.
Result<TokenizerModel> read_tokenizer(std::string_view file);

struct LoadedTokenizer {
  std::vector<uint8_t> tables;      // for the device
  bool adds_begin = true;           // texts begin with the token that begins one
  std::vector<int32_t> other_ends;  // tokens that end a text besides that of the tables
};
// The tokenizer of such a file, with what the model's files beside a tokenizer.json say (model_settings.hpp). Errors
// name the file and say what to do.
Result<LoadedTokenizer> load_tokenizer(const std::filesystem::path& path);

// Where a model has its tokenizer: in itself, in GGUF, else tokenizer.json in its folder, or beside it. Empty where it
// is not there.
std::filesystem::path tokenizer_of_model(const std::filesystem::path& model);

// The tokens of a text, by tables of tokenizer_tables(). kBadInput where it has a character that is not supported.
Result<std::vector<int32_t>> encode_text(const std::vector<uint8_t>& tables, std::string_view text);

}  // namespace tmc::stream
