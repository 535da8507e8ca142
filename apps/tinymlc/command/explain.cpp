// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/explanations.hpp"

#include "command.hpp"

namespace tmc::app {
namespace {

struct ExplainArguments {
  std::string code;
  bool all = false;
  bool json = false;
};

Json to_json(const Explanation& explanation) {
  return {{"code", explanation.code},
          {"title", explanation.title},
          {"meaning", explanation.meaning},
          {"example", explanation.example},
          {"remedy", explanation.hint}};
}

Status explain_all(bool json) {
  Json list = Json::array();
  for (const Error code : all_errors()) {
    if (const auto found = explain(code_of(code))) list.push_back(to_json(*found));
  }
  fmt::print("{}", json ? list.dump(2) + "\n" : explanations_page());
  return {};
}

Status run_explain(const ExplainArguments& options) {
  if (options.all) return explain_all(options.json);
  if (options.code.empty()) {
    return error(Error::kBadUsage, "of which error?").with_hint("name a code, or give --all");
  }
  const std::optional<Explanation> found = explain(options.code);
  if (!found) {
    std::string codes;
    for (const Error code : all_errors()) codes += " " + code_of(code);
    return error(Error::kBadUsage, "there is no error '{}'", options.code).with_hint("the codes are:" + codes);
  }
  if (options.json) {
    fmt::print("{}\n", to_json(*found).dump(2));
  } else {
    fmt::print("{}: {}\n\n{}\n\n{}\n\nHint: {}\n", found->code, found->title, found->meaning, found->example,
               found->hint);
  }
  return {};
}

}  // namespace

void add_explain(Command& app, Exit& exit) {
  auto* command = app.add_subcommand("explain", "What an error means, an example, and the hint");
  auto options = std::make_shared<ExplainArguments>();
  auto* code = command->add_option("code", options->code, "as TMC301; printed with every error");
  command->add_flag("--all", options->all, "all of them, as the page of the documentation")->excludes(code);
  command->add_flag("--json", options->json, "for machines");
  command->callback([options, &exit] { exit.check(run_explain(*options)); });
}

}  // namespace tmc::app
