// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "tmc/stream/host/llama2c_tokenizer.hpp"
#include "tmc/stream/tokenizer.hpp"

namespace {

// Encodes what the file ends with; every token must be one, and all of them together the text again.
void encode_and_decode(const std::vector<uint8_t>& tables, const uint8_t* text, int32_t bytes) {
  tmc::stream::Tokenizer tokenizer;
  if (tokenizer.open(tables.data(), static_cast<uint32_t>(tables.size())) != tmc::stream::StreamError::kOk) {
    __builtin_trap();
  }
  std::array<int32_t, 65> tokens{};
  std::array<uint16_t, 65> ranks{};
  int32_t count = 0;
  const auto error = tokenizer.encode(text, bytes, {tokens.data(), 65, ranks.data(), 65}, count);
  if (error != tmc::stream::StreamError::kOk) __builtin_trap();
  std::vector<uint8_t> decoded;
  int32_t previous = tokenizer.tables().begin_token();
  for (int32_t i = 0; i < count; ++i) {
    const auto piece = tokenizer.decode(previous, tokens.at(i));
    decoded.insert(decoded.end(), piece.bytes, piece.bytes + piece.count);
    previous = tokens.at(i);
  }
  if (!std::equal(decoded.begin(), decoded.end(), text, text + bytes)) __builtin_trap();
}

}  // namespace

// Every input is refused or gives a tokenizer that reads any text.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto model = tmc::stream::read_llama2c_tokenizer({reinterpret_cast<const char*>(data), size});
  if (!model.ok()) return 0;
  const auto tables = tmc::stream::tokenizer_tables(*model);
  if (!tables.ok()) return 0;
  const size_t bytes = std::min<size_t>(size, 64);
  encode_and_decode(*tables, data + size - bytes, static_cast<int32_t>(bytes));
  return 0;
}
