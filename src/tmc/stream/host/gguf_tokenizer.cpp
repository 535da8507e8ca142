// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/stream/host/gguf_tokenizer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tmc/base/host/gguf.hpp"
#include "tmc/base/host/json_reader.hpp"
#include "tmc/stream/host/token_names.hpp"

namespace tmc::stream {
namespace {

using json::Value;
using Kind = TokenizerModel::Kind;

// GGML's kinds of tokens: those of text, and those of one byte, which their names tell.
constexpr int32_t kNormal = 1, kByte = 6;

std::span<const std::byte> bytes_of(std::string_view file) {
  return std::as_bytes(std::span(file));
}

class Reader {
 public:
  explicit Reader(const Value& metadata) : metadata_(metadata) {}

  Result<TokenizerModel> read() {
    TMC_TRY(read_tokens());
    const auto* kind = member("model").as<std::string>();
    if (kind != nullptr && *kind == "llama") {
      TMC_TRY(read_llama());
    } else if (kind != nullptr && *kind == "gpt2") {
      TMC_TRY(read_gpt2());
    } else {
      return error(Error::kUnsupportedType, "'tokenizer.ggml.model' is {}, llama and gpt2 are read",
                   member("model").dump());
    }
    TMC_TRY(read_end("bos_token_id", model_.begin));
    TMC_TRY(read_end("eos_token_id", model_.end));
    std::optional<uint16_t> turn;
    TMC_TRY(read_end("eot_token_id", turn));
    if (turn && turn != model_.end) model_.other_ends.push_back(*turn);
    model_.adds_begin = model_.adds_begin && model_.begin.has_value();
    return std::move(model_);
  }

 private:
  const Value& member(const std::string& name) const { return metadata_["tokenizer.ggml." + name]; }
  bool truth(const std::string& name, bool otherwise) const {
    const bool* said = member(name).as<bool>();
    return said != nullptr ? *said : otherwise;
  }

  template <typename T>
  Status read_list(const char* name, std::vector<T>& to) const {
    if (json::read(member(name), to)) return {};
    return error(Error::kMalformed, "'tokenizer.ggml.{}' is missing, or no list of what it should be", name);
  }

  Status read_tokens() {
    std::vector<std::string> names;
    std::vector<int32_t> kinds;
    TMC_TRY(read_list("tokens", names));
    if (!member("token_type").is_null()) TMC_TRY(read_list("token_type", kinds));
    if (names.size() > kMostTokens) {
      return error(Error::kUnsupportedShape, "the tokenizer has {} tokens, tables hold {}", names.size(), kMostTokens);
    }
    if (!kinds.empty() && kinds.size() != names.size()) {
      return error(Error::kMalformed, "'tokenizer.ggml.token_type' has {} entries for {} tokens", kinds.size(),
                   names.size());
    }
    for (size_t i = 0; i < names.size(); ++i) {
      const bool is_text = kinds.empty() || kinds[i] == kNormal || kinds[i] == kByte;
      model_.tokens.push_back({names[i], is_text ? Kind::kNormal : Kind::kControl});
      if (is_text) numbers_.emplace(names[i], static_cast<uint16_t>(i));
    }
    return {};
  }

  Status read_llama() {
    std::vector<float> scores;
    TMC_TRY(read_list("scores", scores));
    if (scores.size() != model_.tokens.size()) {
      return error(Error::kMalformed, "there are {} scores for {} tokens", scores.size(), model_.tokens.size());
    }
    const auto odd = std::ranges::find_if(scores, [](float score) { return !std::isfinite(score); });
    if (odd != scores.end()) {
      return error(Error::kMalformed, "the score of token {} is not finite", odd - scores.begin());
    }
    model_.flags = kUnderlineIsSpace;
    if (truth("add_space_prefix", true)) model_.flags |= kAddsSpace | kStripsSpace;
    model_.adds_begin = truth("add_bos_token", true);
    TMC_TRY(name_kinds(model_));
    merges_of_scores(scores, std::numeric_limits<float>::lowest(), model_);
    return {};
  }

  Status read_gpt2() {
    const auto* words = member("pre").as<std::string>();
    model_.flags = kIsByteLevel;
    if (words != nullptr && *words == "smollm") {
      model_.flags |= kSplitsDigits;
    } else if (words != nullptr && *words != "gpt-2") {
      return error(Error::kUnsupportedType, "'tokenizer.ggml.pre' {} is not supported, gpt-2 and smollm are", *words);
    }
    if (truth("add_space_prefix", false)) {
      return error(Error::kUnsupportedType, "'tokenizer.ggml.add_space_prefix' is not supported with GPT-2's words");
    }
    model_.adds_begin = truth("add_bos_token", false);
    TMC_TRY(name_kinds(model_));
    std::vector<std::string> merges;
    TMC_TRY(read_list("merges", merges));
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const std::string& merge : merges) {
      if (split_pair(merge, pairs.emplace_back())) continue;
      return error(Error::kMalformed, "merge {} is not of two tokens", pairs.size() - 1);
    }
    return add_merges(pairs, numbers_, model_);
  }

  Status read_end(const char* name, std::optional<uint16_t>& to) const {
    const Value& said = member(name);
    if (said.is_null()) return {};
    const auto* token = said.as<int64_t>();
    if (token == nullptr || *token < 0 || static_cast<size_t>(*token) >= model_.tokens.size()) {
      return error(Error::kMalformed, "'tokenizer.ggml.{}' is {}, there are {} tokens", name, said.dump(),
                   model_.tokens.size());
    }
    to = static_cast<uint16_t>(*token);
    return {};
  }

  const Value& metadata_;
  TokenizerModel model_;
  TokenNumbers numbers_;  // of the tokens of text
};

}  // namespace

bool is_gguf_file(std::string_view file) {
  return GgufFile::is(bytes_of(file));
}

Result<TokenizerModel> read_gguf_tokenizer(std::string_view file) {
  TMC_ASSIGN(const GgufFile model, GgufFile::parse(bytes_of(file)));
  return Reader(model.metadata).read();
}

}  // namespace tmc::stream
