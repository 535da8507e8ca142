// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "bench_model.hpp"

#include "tmc/check/budget.hpp"
#include "tmc/pipeline/predict.hpp"
#include "tmc/report/make_report.hpp"

namespace tmc::app {

void BenchArguments::add_to(Command& command) {
  model.add_to(command);
  command.add_flag("--per-layer", bench.per_layer, "counts every layer too");
  command.add_flag("!--no-cycles", bench.cycles, "leaves out the estimate of cycles, which takes longest");
  command.add_option("--runs", bench.runs, "inferences on the host")->capture_default_str()->in_range(1, 1000000);
  command.add_option("--threads", bench.threads, "of the host that share an inference")
      ->capture_default_str()
      ->in_range(1, 256);
  command.add_option("--input", inputs,
                     "NAME=FILE.npy, one sample of an input whose values decide how much there is to do");
  command.add_option("--budget", budget,
                     "flash=2M,ram=512K,stack=4K,instructions=5M,time=20ms: fails, after the report, where the model "
                     "needs more");
}

Result<Benched> bench_model(const BenchArguments& arguments, const Show& show) {
  show("compiling");
  TMC_ASSIGN(const check::Budget budget, check::parse_budget(arguments.budget));
  check::BenchOptions options = arguments.bench;
  TMC_ASSIGN(options.inputs, load_inputs(arguments.inputs));
  TMC_ASSIGN(pipeline::Compilation compilation, arguments.model.compile({}, budget.memory.ram_bytes));
  options.progress = show;
  TMC_ASSIGN(report::BenchReport report, check::bench(compilation, options));
  Status within_budget = check::check_budget(compilation, report, budget);
  return Benched{std::move(compilation), std::move(report), std::move(within_budget)};
}

Result<std::string> bench_page(const Benched& benched) {
  const report::BenchReport& report = benched.report;
  if (report.predicted) return report::to_html(report::make_report(benched.compilation, *report.predicted, &report));
  TMC_ASSIGN(const cost::Cost cost, pipeline::predict_cost(benched.compilation));
  return report::to_html(report::make_report(benched.compilation, cost, &report));
}

}  // namespace tmc::app
