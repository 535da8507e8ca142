// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What tests run of the stream's device code on the host and on a board: one function from bytes to bytes, so that both
// do the same.
//
// A case begins with these words; logits or a text follow at kContentAt, and tables of a tokenizer at kTablesAt. The
// result is an error code, a count and as many words.

#include "tmc/stream/sampler.hpp"
#include "tmc/stream/token_stream.hpp"
#include "tmc/stream/tokenizer.hpp"

namespace tmc::stream::testing {

inline constexpr int32_t kContentAt = 128;
inline constexpr int32_t kTablesAt = 4096;
inline constexpr int32_t kCaseBytes = 12 * 1024;
inline constexpr int32_t kMostResults = 1022;
inline constexpr int32_t kResultBytes = 4096;

enum class CaseKind : int32_t { kSample, kEncode, kSteps };

struct CaseHeader {
  CaseKind kind;
  int32_t count;  // draws, bytes of text, or blocks
  // of kSample
  LogitType type;
  int32_t tokens;
  int32_t zero_point;
  uint32_t multiplier;
  int32_t shift;
  uint32_t seed;
  SamplerOptions options;
  // of kEncode
  uint32_t tables_bytes;
  // of kSteps
  StreamSpec spec;
};
static_assert(sizeof(CaseHeader) <= kContentAt);

// Draws, each of which counts as a token of the text.
inline StreamError sample_case(const CaseHeader& header, const uint8_t* bytes, int32_t* results) {
  uint32_t words[512];
  uint32_t seen[16];
  uint16_t recent[64];
  Sampler sampler(header.options, {words, 512, seen, 16, recent, 64});
  sampler.seed(header.seed);
  const Logits logits{bytes + kContentAt, header.tokens,     header.type,
                      header.zero_point,  header.multiplier, header.shift};
  StreamError error = StreamError::kOk;
  for (int32_t i = 0; i < header.count && error == StreamError::kOk; ++i) {
    error = sampler.sample(logits, nullptr, results[i]);
    sampler.accept(results[i]);
  }
  return error;
}

inline StreamError encode_case(const CaseHeader& header, const uint8_t* bytes, int32_t* results, int32_t& count) {
  uint16_t ranks[512];
  Tokenizer tokenizer;
  const StreamError error = tokenizer.open(bytes + kTablesAt, header.tables_bytes);
  if (error != StreamError::kOk) return error;
  return tokenizer.encode(bytes + kContentAt, header.count, {results, kMostResults, ranks, 512}, count);
}

// Blocks whose lengths are bytes of the content, with the state saved and restored before each; its three numbers each.
inline StreamError steps_case(const CaseHeader& header, const uint8_t* bytes, int32_t* results) {
  TokenStream machine(header.spec);
  for (int32_t i = 0; i < header.count; ++i) {
    uint8_t saved[TokenStream::kSavedBytes];
    machine.save(saved);
    machine.reset();
    CacheInput numbers;
    StreamError error = machine.restore(saved, TokenStream::kSavedBytes);
    if (error == StreamError::kOk) error = machine.begin_block(bytes[kContentAt + i], numbers);
    if (error == StreamError::kOk) error = machine.end_block();
    if (error != StreamError::kOk) return error;
    results[3 * i] = numbers.position;
    results[3 * i + 1] = numbers.slot;
    results[3 * i + 2] = numbers.filled;
  }
  return StreamError::kOk;
}

inline void run_case(const uint8_t* bytes, int32_t* result) {
  CaseHeader header;
  __builtin_memcpy(&header, bytes, sizeof header);
  int32_t count = header.count;
  StreamError error = StreamError::kOk;
  switch (header.kind) {
    case CaseKind::kSample:
      error = sample_case(header, bytes, result + 2);
      break;
    case CaseKind::kEncode:
      error = encode_case(header, bytes, result + 2, count);
      break;
    case CaseKind::kSteps:
      error = steps_case(header, bytes, result + 2);
      count *= 3;
      break;
  }
  result[0] = static_cast<int32_t>(error);
  result[1] = error == StreamError::kOk ? count : 0;
  for (int32_t i = result[1]; i < kMostResults; ++i) result[2 + i] = 0;
}

}  // namespace tmc::stream::testing
