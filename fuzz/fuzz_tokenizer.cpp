// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/stream/host/tokenizer_file.hpp"
#include "tmc/stream/tokenizer.hpp"

namespace {

// The text of tokens that follow the one that begins a text.
std::vector<uint8_t> decoded(const std::vector<uint8_t>& tables, const std::vector<int32_t>& tokens) {
  tmc::stream::Tokenizer tokenizer;
  if (tokenizer.open(tables.data(), static_cast<uint32_t>(tables.size())) != tmc::stream::StreamError::kOk) {
    __builtin_trap();
  }
  std::vector<uint8_t> text;
  int32_t previous = tokenizer.tables().begin_token();
  for (const int32_t token : tokens) {
    const auto piece = tokenizer.decode(previous, token);
    text.insert(text.end(), piece.bytes, piece.bytes + piece.count);
    previous = token;
  }
  return text;
}

}  // namespace

// Every input is refused or gives a tokenizer that reads what the file ends with, and that of llama2.c any text and
// back.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  const auto model = tmc::stream::read_tokenizer(file);
  if (!model.ok()) return 0;
  const auto tables = tmc::stream::tokenizer_tables(*model);
  if (!tables.ok()) return 0;
  const std::string_view text = file.substr(size - std::min<size_t>(size, 64));
  const auto tokens = tmc::stream::encode_text(*tables, text);
  if (!tokens.ok()) {
    if (tokens.status().code() == tmc::Error::kInternal) __builtin_trap();
    return 0;
  }
  const std::vector<uint8_t> back = decoded(*tables, *tokens);
  const bool is_same = std::equal(back.begin(), back.end(), text.begin(), text.end(),
                                  [](uint8_t a, char b) { return a == static_cast<uint8_t>(b); });
  const bool is_llama2c = model->flags == (tmc::stream::kAddsSpace | tmc::stream::kStripsSpace);
  if (is_llama2c && !is_same) __builtin_trap();
  return 0;
}
