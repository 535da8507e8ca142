// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "command.hpp"
#include "verify_model.hpp"
#include "verify_report.hpp"

namespace tmc::app {
namespace {

Status run_verify(const VerifyArguments& options, bool json, Exit& exit) {
  ProgressLine progress;
  TMC_ASSIGN(const check::VerifyReport report,
             verify_model(options, [&](const std::string& what) { progress.show(what); }));
  progress.show("");
  if (json) {
    fmt::print("{}\n", verify_json(report).dump(2));
  } else {
    print_verify(report);
  }
  if (!report.pass) exit.code = 1;
  return {};
}

}  // namespace

void add_verify(Command& app, Exit& exit) {
  auto* command = app.add_subcommand("verify", "Compares the compiled model with an independent implementation");
  auto options = std::make_shared<VerifyArguments>();
  auto json = std::make_shared<bool>(false);
  options->add_to(*command);
  command->add_flag("--json", *json, "for machines");
  command->callback([options, json, &exit] { exit.check(run_verify(*options, *json, exit)); });
}

}  // namespace tmc::app
