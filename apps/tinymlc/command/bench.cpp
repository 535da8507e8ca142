// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "bench_model.hpp"
#include "bench_report.hpp"
#include "command.hpp"
#include "tmc/base/host/files.hpp"

namespace tmc::app {
namespace {

Status run_bench(BenchArguments& options, const std::string& html, bool json) {
  if (!html.empty()) options.bench.per_layer = true;
  ProgressLine progress;
  TMC_ASSIGN(const Benched benched, bench_model(options, [&](const std::string& what) { progress.show(what); }));
  progress.show("");
  if (!html.empty()) {
    TMC_ASSIGN(const std::string page, bench_page(benched));
    TMC_TRY(write_file(html, page));
  }
  if (json) {
    fmt::print("{}\n", bench_json(benched.report).dump(2));
  } else {
    print_bench(benched.report, options.bench.per_layer);
  }
  return benched.within_budget;
}

}  // namespace

void add_bench(Command& app, Exit& exit) {
  struct Arguments {
    BenchArguments bench;
    std::string html;
    bool json = false;
  };
  auto* command = app.add_subcommand("bench", "What the model costs: instructions, flash, RAM, stack");
  auto options = std::make_shared<Arguments>();
  options->bench.add_to(*command);
  command->add_option("--html", options->html, "writes a page about it, with every layer counted");
  command->add_flag("--json", options->json, "for machines");
  command->callback([options, &exit] { exit.check(run_bench(options->bench, options->html, options->json)); });
}

}  // namespace tmc::app
