// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/stream/host/huggingface_tokenizer.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "tmc/base/host/json.hpp"
#include "tmc/base/host/json_reader.hpp"

namespace tmc::stream {
namespace {

using json::Value;
using Kind = TokenizerModel::Kind;

constexpr std::string_view kUnderline = "\xE2\x96\x81";

template <typename... Args>
Status unsupported(fmt::format_string<Args...> format, Args&&... args) {
  return error(Error::kUnsupportedType, format, std::forward<Args>(args)...);
}

std::string text_of(const Value& value) {
  const auto* text = value.as<std::string>();
  return text == nullptr ? std::string() : *text;
}
bool is_true(const Value& value) {
  const bool* truth = value.as<bool>();
  return truth != nullptr && *truth;
}
// Of a Sequence its members, of another part the part itself.
std::vector<const Value*> parts_of(const Value& value, const char* members) {
  std::vector<const Value*> parts;
  if (value.is_null()) return parts;
  if (text_of(value["type"]) != "Sequence") return {&value};
  for (size_t i = 0; i < value[members].size(); ++i) parts.push_back(&value[members].at(i));
  return parts;
}

// GPT-2 writes bytes as characters: those that can be seen as themselves, the others from U+0100 on.
const std::map<std::string, uint8_t>& bytes_of_characters() {
  static const std::map<std::string, uint8_t> kBytes = [] {
    std::map<std::string, uint8_t> bytes;
    uint32_t next = 0x100;
    for (uint32_t byte = 0; byte < 256; ++byte) {
      const bool is_seen = (byte > 0x20 && byte < 0x7F) || (byte > 0xA0 && byte != 0xAD);
      const uint32_t character = is_seen ? byte : next++;
      std::string text(1, static_cast<char>(character));
      if (character >= 0x80) {
        text[0] = static_cast<char>(0xC0 | character >> 6);
        text += static_cast<char>(0x80 | (character & 0x3F));
      }
      bytes.emplace(text, static_cast<uint8_t>(byte));
    }
    return bytes;
  }();
  return kBytes;
}

// False where there is a character that no byte is written as.
bool to_bytes(std::string_view piece, std::string& bytes) {
  for (size_t at = 0; at < piece.size();) {
    const size_t length = static_cast<uint8_t>(piece[at]) < 0x80 ? 1 : 2;
    const auto found = bytes_of_characters().find(std::string(piece.substr(at, length)));
    if (found == bytes_of_characters().end()) return false;
    bytes += static_cast<char>(found->second);
    at += length;
  }
  return true;
}

std::string with_spaces(std::string_view piece) {
  std::string text;
  for (size_t at = 0; at < piece.size();) {
    const bool is_space = piece.substr(at).starts_with(kUnderline);
    text += is_space ? ' ' : piece[at];
    at += is_space ? kUnderline.size() : 1;
  }
  return text;
}

class Reader {
 public:
  explicit Reader(const Value& file) : file_(file), bpe_(file["model"]) {}

  Result<TokenizerModel> read() {
    TMC_TRY(check_model());
    TMC_TRY(read_normalizer());
    TMC_TRY(read_pre_tokenizer());
    if (!is_of_bytes() && !is_true(bpe_["byte_fallback"])) {
      return unsupported("'model': without 'byte_fallback' characters that have no token are lost");
    }
    TMC_TRY(read_vocabulary());
    TMC_TRY(read_added_tokens());
    TMC_TRY(name_kinds());
    TMC_TRY(read_merges());
    for (const Value* decoder : parts_of(file_["decoder"], "decoders")) {
      const std::string type = text_of((*decoder)["type"]);
      if (type == "Strip" || type == "Metaspace") model_.flags |= kStripsSpace;
    }
    name_ends();
    return std::move(model_);
  }

 private:
  bool is_of_bytes() const { return (model_.flags & kIsByteLevel) != 0; }

  Status check_model() const {
    if (!bpe_.as<Value::Object>()) return error(Error::kMalformed, "there is no 'model'");
    const std::string type = text_of(bpe_["type"]);
    if (type != "BPE" && !type.empty()) return unsupported("'model': {} is not supported, BPE is", type);
    if (is_true(bpe_["ignore_merges"])) return unsupported("'model': 'ignore_merges' is not supported");
    for (const char* name : {"continuing_subword_prefix", "end_of_word_suffix"}) {
      if (!text_of(bpe_[name]).empty()) return unsupported("'model': '{}' is not supported", name);
    }
    const auto* dropout = bpe_["dropout"].as<double>();
    if (dropout != nullptr && *dropout != 0) return unsupported("'model': 'dropout' is not supported");
    return {};
  }

  Status read_normalizer() {
    for (const Value* part : parts_of(file_["normalizer"], "normalizers")) {
      const std::string type = text_of((*part)["type"]);
      if (type == "Prepend" && text_of((*part)["prepend"]) == kUnderline) {
        model_.flags |= kAddsSpace;
      } else if (type == "Replace" && text_of((*part)["pattern"]["String"]) == " " &&
                 text_of((*part)["content"]) == kUnderline) {
        model_.flags |= kUnderlineIsSpace;
      } else {
        return unsupported("'normalizer': {} is not supported: text is taken as it is", type);
      }
    }
    return {};
  }

  Status read_pre_tokenizer() {
    for (const Value* part : parts_of(file_["pre_tokenizer"], "pretokenizers")) {
      const std::string type = text_of((*part)["type"]);
      if (type == "ByteLevel") {
        TMC_TRY(read_byte_level(*part));
      } else if (type == "Metaspace") {
        TMC_TRY(read_metaspace(*part));
      } else if (type == "Digits" && is_true((*part)["individual_digits"])) {
        model_.flags |= kSplitsDigits;
      } else {
        return unsupported("'pre_tokenizer': {} is not supported", type);
      }
    }
    const bool adds_space = (model_.flags & kAddsSpaceUnlessThere) != 0;
    const bool splits = (model_.flags & kSplitsDigits) != 0;
    if (splits && (adds_space || !is_of_bytes())) {
      return unsupported("'pre_tokenizer': Digits is supported before a ByteLevel without 'add_prefix_space'");
    }
    return {};
  }
  Status read_byte_level(const Value& part) {
    if (model_.flags & ~static_cast<uint32_t>(kSplitsDigits)) {
      return unsupported("'pre_tokenizer': ByteLevel stands alone, or behind Digits");
    }
    const bool* use_regex = part["use_regex"].as<bool>();
    if (use_regex != nullptr && !*use_regex) return unsupported("'pre_tokenizer': ByteLevel without 'use_regex'");
    model_.flags |= kIsByteLevel;
    if (is_true(part["add_prefix_space"])) model_.flags |= kAddsSpaceUnlessThere;
    return {};
  }
  Status read_metaspace(const Value& part) {
    if (text_of(part["replacement"]) != kUnderline) return unsupported("'pre_tokenizer': Metaspace with another mark");
    model_.flags |= kUnderlineIsSpace;
    const std::string scheme = text_of(part["prepend_scheme"]);
    if (scheme != "never" && (!scheme.empty() || is_true(part["add_prefix_space"]))) {
      model_.flags |= kAddsSpaceUnlessThere;
    }
    const bool* split = part["split"].as<bool>();
    if (split == nullptr || *split) model_.flags |= kSplitsBeforeEachSpace;
    return {};
  }

  Status add_token(const std::string& name, const Value& id, Kind kind) {
    const auto* number = id.as<int64_t>();
    if (number == nullptr || *number < 0) return error(Error::kMalformed, "token '{}' has no number", name);
    const auto at = static_cast<size_t>(*number);
    if (at >= kMostTokens) {
      return error(Error::kUnsupportedShape, "token '{}' has the number {}, tables hold {}", name, at, kMostTokens);
    }
    if (at >= model_.tokens.size()) model_.tokens.resize(at + 1, {"", Kind::kControl});
    model_.tokens[at] = {name, kind};
    return {};
  }

  Status read_vocabulary() {
    const auto* members = bpe_["vocab"].as<Value::Object>();
    if (members == nullptr) return error(Error::kMalformed, "'model' has no 'vocab'");
    for (const auto& [name, id] : *members) {
      TMC_TRY(add_token(name, id, Kind::kNormal));
      numbers_[name] = static_cast<uint16_t>(*id.as<int64_t>());
    }
    return {};
  }
  Status read_added_tokens() {
    const Value& added = file_["added_tokens"];
    for (size_t i = 0; i < added.size(); ++i) {
      TMC_TRY(add_token(text_of(added.at(i)["content"]), added.at(i)["id"], Kind::kControl));
    }
    return {};
  }

  // Names to the bytes that they stand for, and which of them are the bytes.
  Status name_kinds() {
    std::array<bool, 256> has_byte{};
    for (size_t i = 0; i < model_.tokens.size(); ++i) {
      TokenizerModel::Token& token = model_.tokens[i];
      if (token.kind == Kind::kControl) continue;
      std::string piece;
      if (is_of_bytes()) {
        if (!to_bytes(token.piece, piece)) return error(Error::kMalformed, "token {} is not written in bytes", i);
        token.kind = piece.size() == 1 ? Kind::kByte : Kind::kNormal;
      } else if (is_byte_name(token.piece)) {
        piece = static_cast<char>(std::stoi(token.piece.substr(3, 2), nullptr, 16));
        token.kind = Kind::kByte;
      } else {
        piece = with_spaces(token.piece);
      }
      if (token.kind == Kind::kByte) has_byte[static_cast<uint8_t>(piece[0])] = true;
      token.piece = std::move(piece);
    }
    const auto missing = std::find(has_byte.begin(), has_byte.end(), false);
    if (missing == has_byte.end()) return {};
    return unsupported("'model': byte 0x{:02X} has no token; all have to", missing - has_byte.begin());
  }
  static bool is_byte_name(std::string_view name) {
    const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); };
    return name.size() == 6 && name.starts_with("<0x") && name[5] == '>' && is_digit(name[3]) && is_digit(name[4]);
  }

  // "left right", or both in an array.
  static bool read_pair(const Value& merge, std::string& left, std::string& right) {
    if (const auto* text = merge.as<std::string>()) {
      const size_t space = text->find(' ');
      if (space == std::string::npos) return false;
      left = text->substr(0, space);
      right = text->substr(space + 1);
      return true;
    }
    left = text_of(merge.at(0));
    right = text_of(merge.at(1));
    return merge.size() == 2;
  }
  Status read_merges() {
    const auto* merges = bpe_["merges"].as<Value::Array>();
    if (merges == nullptr) return error(Error::kMalformed, "'model' has no 'merges'");
    if (merges->size() >= static_cast<size_t>(kNoRank)) {
      return error(Error::kUnsupportedShape, "'model' has {} merges, tables hold {}", merges->size(), kNoRank - 1);
    }
    std::map<std::pair<uint16_t, uint16_t>, TokenizerModel::Pair> pairs;  // of two merges the last counts
    for (size_t rank = 0; rank < merges->size(); ++rank) {
      std::string left;
      std::string right;
      const bool is_pair = read_pair((*merges)[rank], left, right);
      const auto first = numbers_.find(left);
      const auto second = numbers_.find(right);
      const auto merged = numbers_.find(left + right);
      if (!is_pair || first == numbers_.end() || second == numbers_.end() || merged == numbers_.end()) {
        return error(Error::kMalformed, "merge {} is not of two tokens to one", rank);
      }
      pairs[{first->second, second->second}] = {first->second, second->second, merged->second,
                                                static_cast<uint16_t>(rank)};
    }
    for (const auto& [key, pair] : pairs) model_.merges.push_back(pair);
    return {};
  }

  void name_ends() {
    const auto token_of = [&](std::initializer_list<std::string_view> names) -> std::optional<uint16_t> {
      for (const std::string_view name : names) {
        const auto found = std::find_if(model_.tokens.begin(), model_.tokens.end(), [&](const auto& token) {
          return token.kind == Kind::kControl && token.piece == name;
        });
        if (found != model_.tokens.end()) return static_cast<uint16_t>(found - model_.tokens.begin());
      }
      return std::nullopt;
    };
    model_.begin = token_of({"<s>", "<|begin_of_text|>", "<|endoftext|>"});
    model_.end = token_of({"</s>", "<|end_of_text|>", "<|endoftext|>"});
  }

  const Value& file_;
  const Value& bpe_;
  TokenizerModel model_;
  std::unordered_map<std::string, uint16_t> numbers_;  // of the vocabulary, by name
};

}  // namespace

Result<TokenizerModel> read_huggingface_tokenizer(std::string_view file) {
  TMC_ASSIGN(const Value value, json::parse(file));
  return Reader(value).read();
}

}  // namespace tmc::stream
