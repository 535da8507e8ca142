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

// tokenizer.json where it begins with a brace, else tokenizer.bin of llama2.c. Errors are those of their readers.
Result<TokenizerModel> read_tokenizer(std::string_view file);

// The tables of such a file, for the device. Errors name the file and say what to do.
Result<std::vector<uint8_t>> load_tokenizer_tables(const std::filesystem::path& path);

// The tokens of a text, by tables of tokenizer_tables(). kBadInput where it has a character that is not supported.
Result<std::vector<int32_t>> encode_text(const std::vector<uint8_t>& tables, std::string_view text);

}  // namespace tmc::stream
