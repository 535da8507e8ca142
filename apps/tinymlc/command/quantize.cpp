// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "command.hpp"
#include "quantization_report.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/pipeline/export.hpp"
#include "tmc/report/quantization_report.hpp"

namespace tmc::app {
namespace {

struct QuantizeFileArguments {
  ModelOptions model;
  std::string html;
  std::string onnx;
  bool json = false;
};

Status run_quantize(QuantizeFileArguments& options) {
  if (options.model.quantize.scheme.empty()) options.model.quantize.scheme = "int8";
  TMC_ASSIGN(const pipeline::Compilation compilation, options.model.compile("lower_pairs"));
  const quant::Report& report = *compilation.quantization;
  const std::string model = compilation.model.filename().string();
  if (!options.onnx.empty()) TMC_TRY(pipeline::export_onnx(compilation, options.onnx));
  if (!options.html.empty()) TMC_TRY(write_file(options.html, report::quantization_html(model, report)));
  if (options.json) {
    fmt::print("{}\n", report::quantization_json(model, report).dump(2));
  } else {
    print_quantization(report);
  }
  return {};
}

}  // namespace

void add_quantize(Command& app, Exit& exit) {
  auto* command = app.add_subcommand("quantize", "Says what making a float model int8 costs, layer by layer");
  auto options = std::make_shared<QuantizeFileArguments>();
  options->model.add_to(*command);
  command->add_option("--budget", options->model.quantize.budget, "flash=2M,ram=512K: of what --max-drop may choose");
  command->add_option("--html", options->html, "writes a page about it, with every tensor's distribution");
  command->add_option("--export", options->onnx, "writes what came of it as ONNX of the QDQ form, for other runtimes");
  command->add_flag("--json", options->json, "for machines");
  command->callback([options, &exit] { exit.check(run_quantize(*options)); });
}

}  // namespace tmc::app
