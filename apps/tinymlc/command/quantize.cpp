// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "quantize_model.hpp"

#include "command.hpp"
#include "quantization_report.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/report/quantization_report.hpp"

namespace tmc::app {
namespace {

Status run_quantize(const QuantizeFileArguments& options, const std::string& html, bool json) {
  TMC_ASSIGN(const pipeline::Compilation compilation, quantize_model(options));
  const quant::Report& report = *compilation.quantization;
  const std::string model = compilation.model.filename().string();
  if (!html.empty()) TMC_TRY(write_file(html, report::quantization_html(model, report)));
  if (json) {
    fmt::print("{}\n", report::quantization_json(model, report).dump(2));
  } else {
    print_quantization(report);
  }
  return {};
}

}  // namespace

void add_quantize(Command& app, Exit& exit) {
  struct Arguments {
    QuantizeFileArguments quantize;
    std::string html;
    bool json = false;
  };
  auto* command = app.add_subcommand("quantize", "Says what making a float model int8 costs, layer by layer");
  auto options = std::make_shared<Arguments>();
  options->quantize.add_to(*command);
  command->add_option("--html", options->html, "writes a page about it, with every tensor's distribution");
  command->add_flag("--json", options->json, "for machines");
  command->callback([options, &exit] { exit.check(run_quantize(options->quantize, options->html, options->json)); });
}

}  // namespace tmc::app
