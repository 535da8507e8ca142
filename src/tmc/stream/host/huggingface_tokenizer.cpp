// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/stream/host/huggingface_tokenizer.hpp"

#include <algorithm>

#include "tmc/base/host/json.hpp"
#include "tmc/stream/host/token_names.hpp"

namespace tmc::stream {
namespace {

using json::Value;
using Kind = TokenizerModel::Kind;

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
    TMC_TRY(name_kinds(model_));
    TMC_TRY(read_merges());
    for (const Value* decoder : parts_of(file_["decoder"], "decoders")) {
      const std::string type = text_of((*decoder)["type"]);
      if (type == "Strip" || type == "Metaspace") model_.flags |= kStripsSpace;
    }
    name_ends();
    read_template();
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

  Status read_merges() {
    const auto* merges = bpe_["merges"].as<Value::Array>();
    if (merges == nullptr) return error(Error::kMalformed, "'model' has no 'merges'");
    std::vector<std::pair<std::string, std::string>> names;
    for (const Value& merge : *merges) {
      auto& pair = names.emplace_back(text_of(merge.at(0)), text_of(merge.at(1)));
      const auto* text = merge.as<std::string>();
      if (text != nullptr ? split_pair(*text, pair) : merge.size() == 2) continue;
      return error(Error::kMalformed, "merge {} is not of two tokens to one", names.size() - 1);
    }
    return add_merges(names, numbers_, model_);
  }

  void name_ends() {
    model_.begin = control_token({"<s>", "<|begin_of_text|>", "<|endoftext|>"});
    model_.end = control_token({"</s>", "<|end_of_text|>", "<|endoftext|>"});
  }

  // What is put before a text: a control token where a template begins with one.
  void read_template() {
    model_.adds_begin = false;
    for (const Value* part : parts_of(file_["post_processor"], "processors")) {
      const std::string first = text_of((*part)["single"].at(0)["SpecialToken"]["id"]);
      if (text_of((*part)["type"]) != "TemplateProcessing" || first.empty()) continue;
      const auto token = control_token({first});
      if (!token) continue;
      model_.begin = token;
      model_.adds_begin = true;
    }
  }

  // The first of these names that a control token has.
  std::optional<uint16_t> control_token(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names) {
      const auto found = std::find_if(model_.tokens.begin(), model_.tokens.end(), [&](const auto& token) {
        return token.kind == Kind::kControl && token.piece == name;
      });
      if (found != model_.tokens.end()) return static_cast<uint16_t>(found - model_.tokens.begin());
    }
    return std::nullopt;
  }

  const Value& file_;
  const Value& bpe_;
  TokenizerModel model_;
  TokenNumbers numbers_;  // of the vocabulary
};

}  // namespace

Result<TokenizerModel> read_huggingface_tokenizer(std::string_view file) {
  TMC_ASSIGN(const Value value, json::parse(file));
  return Reader(value).read();
}

}  // namespace tmc::stream
