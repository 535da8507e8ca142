// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/stream/host/model_settings.hpp"

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/json.hpp"

namespace tmc::stream {
namespace {

namespace fs = std::filesystem;
using json::Value;

// A null where there is no such file.
Result<Value> read_settings(const fs::path& path) {
  std::error_code failure;
  if (!fs::exists(path, failure)) return Value();
  TMC_ASSIGN(const std::string file, read_file(path));
  auto value = json::parse(file);
  if (!value.ok()) return std::move(value).status().in_file(path.string());
  return value;
}

// A number, or several in an array; none where it is absent.
Result<std::vector<uint16_t>> tokens_of(const Value& value, const char* name, size_t tokens) {
  const std::vector<Value> one = {value};
  const auto* several = value.as<Value::Array>();
  std::vector<uint16_t> numbers;
  for (const Value& number : several != nullptr ? *several : one) {
    if (number.is_null()) continue;
    const auto* token = number.as<int64_t>();
    if (token == nullptr || *token < 0 || static_cast<size_t>(*token) >= tokens) {
      return error(Error::kMalformed, "its '{}' is {}, the tokenizer has {} tokens", name, value.dump(), tokens);
    }
    numbers.push_back(static_cast<uint16_t>(*token));
  }
  return numbers;
}

// Of both files the first that says something.
Result<std::vector<uint16_t>> said_tokens(const fs::path& folder, const char* name, size_t tokens) {
  for (const char* file : {"generation_config.json", "config.json"}) {
    TMC_ASSIGN(const Value settings, read_settings(folder / file));
    auto numbers = tokens_of(settings[name], name, tokens);
    if (!numbers.ok()) return std::move(numbers).status().in_file((folder / file).string());
    if (!numbers->empty()) return numbers;
  }
  return std::vector<uint16_t>();
}

}  // namespace

Status apply_model_settings(const fs::path& folder, TokenizerModel& model) {
  TMC_ASSIGN(const auto begin, said_tokens(folder, "bos_token_id", model.tokens.size()));
  TMC_ASSIGN(const auto ends, said_tokens(folder, "eos_token_id", model.tokens.size()));
  // A template has said what texts begin with.
  if (!begin.empty() && !model.adds_begin) model.begin = begin.front();
  if (!ends.empty()) {
    model.end = ends.front();
    model.other_ends.assign(ends.begin() + 1, ends.end());
  }
  TMC_ASSIGN(const Value settings, read_settings(folder / "tokenizer_config.json"));
  if (const bool* adds = settings["add_bos_token"].as<bool>()) model.adds_begin = *adds && model.begin.has_value();
  return {};
}

}  // namespace tmc::stream
