// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "command.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/stream/host/tokenizer_file.hpp"

namespace tmc::app {
namespace {

struct TokenizeArguments {
  std::string tokenizer;
  std::vector<std::string> texts;
  std::string tables;
};

Status run_tokenize(const TokenizeArguments& options) {
  TMC_ASSIGN(const auto tokenizer, stream::load_tokenizer(options.tokenizer));
  const std::vector<uint8_t>& tables = tokenizer.tables;
  for (const std::string& text : options.texts) {
    auto tokens = stream::encode_text(tables, text);
    if (!tokens.ok()) return std::move(tokens).status().with_hint("docs/streaming.md says which there are");
    fmt::print("{}\n", fmt::join(*tokens, " "));
  }
  if (options.tables.empty()) return {};
  return write_file(options.tables, {reinterpret_cast<const char*>(tables.data()), tables.size()});
}

}  // namespace

void add_tokenize(Command& app, Exit& exit) {
  auto* command = app.add_subcommand("tokenize", "The tokens of texts, and a tokenizer's tables for the device");
  auto options = std::make_shared<TokenizeArguments>();
  command->add_option("tokenizer", options->tokenizer, "tokenizer.json, tokenizer.bin of llama2.c or a .gguf")
      ->required();
  command->add_option("text", options->texts, "a line of tokens for each");
  command->add_option("--tables", options->tables, "writes there what a program on the device reads");
  command->callback([options, &exit] { exit.check(run_tokenize(*options)); });
}

}  // namespace tmc::app
