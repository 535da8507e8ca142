// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/export.hpp"
#include "command.hpp"

namespace tmc::app {
namespace {

struct ExportArguments {
  ModelOptions model;
  std::string file;
};

Status run_export(const ExportArguments& options) {
  TMC_ASSIGN(const pipeline::Compilation compilation, options.model.compile("lower_pairs"));
  TMC_TRY(pipeline::export_onnx(compilation, options.file));
  fmt::print("{}: {} nodes of {}\n", options.file, compilation.graph.order().size(), options.model.model);
  return {};
}

}  // namespace

void add_export(Command& app, Exit& exit) {
  auto* command =
      app.add_subcommand("export", "Writes the model as ONNX, integers in the QDQ form, for other runtimes");
  auto options = std::make_shared<ExportArguments>();
  options->model.add_to(*command, false);
  command->add_option("-o,--output", options->file, ".onnx file to write")->required();
  command->callback([options, &exit] { exit.check(run_export(*options)); });
}

}  // namespace tmc::app
