// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/stream/host/tokenizer_file.hpp"

#include <fstream>

#include "tmc/base/host/files.hpp"
#include "tmc/stream/host/gguf_tokenizer.hpp"
#include "tmc/stream/host/huggingface_tokenizer.hpp"
#include "tmc/stream/host/llama2c_tokenizer.hpp"
#include "tmc/stream/host/model_settings.hpp"
#include "tmc/stream/word_tokenizer.hpp"

namespace tmc::stream {

namespace {

namespace fs = std::filesystem;

constexpr std::ptrdiff_t kStartBytes = 4;  // of a file, which tell whether it is in GGUF

bool is_json(std::string_view file) {
  const size_t first = file.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && file[first] == '{';
}

}  // namespace

Result<TokenizerModel> read_tokenizer(std::string_view file) {
  if (is_json(file)) return read_huggingface_tokenizer(file);
  if (is_gguf_file(file)) return read_gguf_tokenizer(file);
  return read_llama2c_tokenizer(file);
}

Result<LoadedTokenizer> load_tokenizer(const fs::path& path) {
  TMC_ASSIGN(const std::string file, read_file(path));
  auto model = read_tokenizer(file);
  if (!model.ok()) {
    return std::move(model)
        .status()
        .in_file(path.string())
        .with_hint("docs/streaming.md says which tokenizers are read");
  }
  if (is_json(file))
    TMC_TRY(apply_model_settings(path.parent_path(), *model).with_hint("copy the model's files again"));
  auto tables = tokenizer_tables(*model);
  if (!tables.ok())
    return std::move(tables).status().in_file(path.string()).with_hint("take one with a smaller vocabulary");
  return LoadedTokenizer{std::move(*tables), model->adds_begin, {model->other_ends.begin(), model->other_ends.end()}};
}

fs::path tokenizer_of_model(const fs::path& model) {
  std::error_code failure;
  std::string start(kStartBytes, '\0');
  std::ifstream(model, std::ios::binary).read(start.data(), kStartBytes);
  if (is_gguf_file(start)) return model;
  const fs::path beside = (fs::is_directory(model, failure) ? model : model.parent_path()) / "tokenizer.json";
  return fs::exists(beside, failure) ? beside : fs::path();
}

Result<std::vector<int32_t>> encode_text(const std::vector<uint8_t>& tables, std::string_view text) {
  WordTokenizer tokenizer;
  if (tokenizer.open(tables.data(), static_cast<uint32_t>(tables.size())) != StreamError::kOk) {
    return error(Error::kInternal, "the tables of the tokenizer do not open");
  }
  std::vector<int32_t> tokens(text.size() + 1);
  std::vector<uint16_t> ranks(tokens.size());
  const auto most = static_cast<int32_t>(tokens.size());
  int32_t count = 0;
  const StreamError code = tokenizer.encode(reinterpret_cast<const uint8_t*>(text.data()), most - 1,
                                            {tokens.data(), most, ranks.data(), most}, count);
  if (code == StreamError::kUnknownCharacter) {
    return error(Error::kBadInput, "the text has a character of a script that words are not found in");
  }
  if (code != StreamError::kOk) return error(Error::kInternal, "the text is not encoded: {}", static_cast<int>(code));
  tokens.resize(static_cast<size_t>(count));
  return tokens;
}

}  // namespace tmc::stream
