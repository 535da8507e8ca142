// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/stream/host/llama2c_tokenizer.hpp"

#include <cmath>
#include <cstring>

namespace tmc::stream {
namespace {

constexpr size_t kBegin = 1;
constexpr size_t kEnd = 2;
constexpr size_t kFirstByte = 3;
constexpr size_t kAfterBytes = kFirstByte + 256;
constexpr float kLowestScore = -1e10F;  // run.c merges what is above it

class Reader {
 public:
  explicit Reader(std::string_view file) : file_(file) {}
  size_t at() const { return at_; }
  size_t left() const { return file_.size() - at_; }
  // Where left() has them.
  template <typename T>
  T take() {
    T value;
    std::memcpy(&value, file_.data() + at_, sizeof value);
    at_ += sizeof value;
    return value;
  }
  std::string_view take_text(size_t bytes) {
    at_ += bytes;
    return file_.substr(at_ - bytes, bytes);
  }

 private:
  std::string_view file_;
  size_t at_ = 0;
};

Status read_token(Reader& from, int32_t longest, TokenizerModel& model, std::vector<float>& scores) {
  const size_t number = model.tokens.size();
  if (from.left() < 8) return error(Error::kMalformed, "token {} is cut off at byte {}", number, from.at());
  const auto score = from.take<float>();
  const auto length = from.take<int32_t>();
  if (!std::isfinite(score)) return error(Error::kMalformed, "the score of token {} is not finite", number);
  if (length < 1 || length > longest || static_cast<size_t>(length) > from.left()) {
    return error(Error::kMalformed, "token {} has {} bytes, at byte {}; the longest has {}, and {} are left", number,
                 length, from.at(), longest, from.left());
  }
  model.tokens.push_back({std::string(from.take_text(static_cast<size_t>(length))), TokenizerModel::Kind::kNormal});
  scores.push_back(score);
  return {};
}

// What the first tokens are by their numbers.
Status name_kinds(TokenizerModel& model) {
  if (model.tokens.size() < kAfterBytes) {
    return error(Error::kMalformed, "there are {} tokens, and those of the bytes alone end at {}", model.tokens.size(),
                 kAfterBytes);
  }
  for (const size_t token : {kBegin, kEnd}) model.tokens[token].kind = TokenizerModel::Kind::kControl;
  for (size_t byte = 0; byte < 256; ++byte) {
    TokenizerModel::Token& token = model.tokens[kFirstByte + byte];
    if (token.piece != fmt::format("<0x{:02X}>", byte)) {
      return error(Error::kMalformed, "token {} is not <0x{:02X}>", kFirstByte + byte, byte);
    }
    token = {std::string(1, static_cast<char>(byte)), TokenizerModel::Kind::kByte};
  }
  model.begin = kBegin;
  model.end = kEnd;
  return {};
}

}  // namespace

Result<TokenizerModel> read_llama2c_tokenizer(std::string_view file) {
  Reader from(file);
  if (from.left() < 4) return error(Error::kMalformed, "the file has {} bytes, fewer than its header", file.size());
  const auto longest = from.take<int32_t>();
  TokenizerModel model;
  std::vector<float> scores;
  while (from.left() > 0) {
    if (model.tokens.size() == kMostTokens) {
      return error(Error::kUnsupportedShape, "there are more than {} tokens", kMostTokens);
    }
    TMC_TRY(read_token(from, longest, model, scores));
  }
  TMC_TRY(name_kinds(model));
  model.flags = kAddsSpace | kStripsSpace;
  merges_of_scores(scores, kLowestScore, model);
  return model;
}

}  // namespace tmc::stream
