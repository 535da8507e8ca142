// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "command.hpp"
#include "compile_model.hpp"
#include "quantization_report.hpp"
#include "tmc/program/text.hpp"
#include "tmc/report/portable_layers.hpp"

namespace tmc::app {
namespace {

void print_image(const std::string& output, const program::Program& program) {
  fmt::print("{}: {} steps, arena {} bytes ({}), image {} bytes\n", output, program.steps.size(),
             grouped(program.arena_bytes()), program::plan_text(program),
             grouped(static_cast<int64_t>(std::filesystem::file_size(output))));
}

void print_folder(const CompileArguments& options, const Compiled& compiled) {
  const pipeline::Compilation& compilation = compiled.compilation;
  if (compilation.quantization) print_quantization_summary(*compilation.quantization);
  if (compilation.removed.channels > 0) fmt::print("{}\n", removed_text(compilation.removed));
  const program::Program& program = compilation.program;
  if (const std::string file = compilation.model.stem().string(); options.model.name.empty() && file != program.name) {
    fmt::print("the code is named '{}', since the file's name, '{}', will not do; --name sets another\n", program.name,
               file);
  }
  const preprocess::Spec& spec = compiled.spec;
  if (spec.sensor) fmt::print("{}\n", features_text(preprocess::feature_names(*spec.sensor)));
  if (spec.sensor && !compilation.input_is_window) {
    fmt::print("they are the input: --input-type readings has the program compute them\n");
  }
  int64_t constants = 0;
  for (const program::Constant& constant : program.constants) {
    constants += static_cast<int64_t>(constant.blob.bytes.size());
  }
  fmt::print("{}: {} steps, arena {} bytes ({}), constants {} bytes\n", options.output, program.steps.size(),
             grouped(program.arena_bytes()), program::plan_text(program), grouped(constants));
  if (!compiled.note.empty()) fmt::print("{}\n", compiled.note);
  const std::string text = report::portable_layers_text(compilation, compiled.cost);
  if (!text.empty()) fmt::print("{}\n", text);
}

Status run_compile(const CompileArguments& options) {
  ProgressLine progress;
  TMC_ASSIGN(const Compiled compiled, compile_model(options, [&](const std::string& what) { progress.show(what); }));
  progress.show("");
  if (options.emit == "image") {
    print_image(options.output, compiled.compilation.program);
  } else if (options.emit == "executor") {
    fmt::print("{}: an executor of images with {} kernels\n", options.output, compiled.executor_kernels);
  } else if (options.emit == "cpp") {
    print_folder(options, compiled);
  }
  return {};
}

}  // namespace

void add_compile(Command& app, Exit& exit) {
  auto* command = app.add_subcommand("compile", "Turns the model into a folder of sources for a target");
  auto options = std::make_shared<CompileArguments>();
  options->add_to(*command)->required();
  command->callback([options, &exit] { exit.check(run_compile(*options)); });
}

}  // namespace tmc::app
