// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "command.hpp"
#include "quantization_report.hpp"
#include "text_options.hpp"
#include "tmc/check/budget.hpp"
#include "tmc/check/text_files.hpp"
#include "tmc/data/input_files.hpp"
#include "tmc/pipeline/image.hpp"
#include "tmc/pipeline/predict.hpp"
#include "tmc/program/text.hpp"
#include "tmc/report/portable_layers.hpp"

namespace tmc::app {
namespace {

struct CompileArguments {
  ModelOptions model;
  TextArguments text;
  std::string output;
  std::string emit = "cpp";
};

// What the folder has for text: of a decoder whose tokenizer is named, or is with it and one that the device has. Else
// a note says why there is nothing.
Result<backend::cpp::Files> files_for_text(const CompileArguments& options, const pipeline::Compilation& compilation,
                                           std::string& note) {
  const bool is_asked_for = !options.text.tokenizer.empty();
  if (!is_asked_for && !check::decoder_ports(compilation).ok()) return backend::cpp::Files();
  auto settings = options.text.settings(compilation, options.model.sinks);
  if (settings.ok()) return check::text_files(compilation, *settings, check::kDefaultPromptBytes);
  if (is_asked_for) return std::move(settings).status();
  const Status& why = settings.status();
  note =
      fmt::format("the folder has a step, and no text.hpp that writes text with it: {}; {}", why.message(), why.hint());
  return backend::cpp::Files();
}

Status write_image(const CompileArguments& options, const pipeline::Compilation& compilation, const cost::Cost& cost,
                   const check::Budget& budget) {
  TMC_TRY(check::check_budget(compilation, cost, budget, {}));
  TMC_TRY(pipeline::emit_image(compilation, options.output));
  const program::Program& program = compilation.program;
  fmt::print("{}: {} steps, arena {} bytes ({}), image {} bytes\n", options.output, program.steps.size(),
             grouped(program.arena_bytes()), program::plan_text(program),
             grouped(static_cast<int64_t>(std::filesystem::file_size(options.output))));
  return {};
}

Status run_compile(const CompileArguments& options) {
  if (options.emit != "cpp" && options.emit != "image") {
    return error(Error::kBadUsage, "nothing is emitted as '{}'", options.emit).with_hint("--emit takes cpp or image");
  }
  ProgressLine progress;
  progress.show("compiling");
  TMC_ASSIGN(const check::Budget budget, check::parse_budget(options.model.quantize.budget));
  ModelOptions model = options.model;
  model.for_sources = options.emit == "cpp";
  TMC_ASSIGN(const pipeline::Compilation compilation, model.compile({}, budget.memory.ram_bytes));
  progress.show("checking the budget");
  TMC_ASSIGN(const cost::Cost cost, pipeline::predict_cost(compilation));
  if (options.emit == "image") return write_image(options, compilation, cost, budget);
  pipeline::EmitOptions emit{.budget = budget.memory, .predicted = &cost, .constants = {}, .beside = {}};
  std::string note;
  TMC_ASSIGN(emit.beside, files_for_text(options, compilation, note));
  TMC_TRY(check::check_budget(compilation, cost, budget, emit.beside));
  progress.show("writing");
  TMC_ASSIGN(const preprocess::Spec spec, options.model.preprocessing());
  TMC_ASSIGN(emit.constants, data::header_constants(compilation, spec));
  TMC_TRY(pipeline::emit_sources(compilation, options.output, emit));
  progress.show("");
  if (compilation.quantization) print_quantization_summary(*compilation.quantization);
  if (compilation.removed.channels > 0) fmt::print("{}\n", removed_text(compilation.removed));
  const program::Program& program = compilation.program;
  if (const std::string file = compilation.model.stem().string(); options.model.name.empty() && file != program.name) {
    fmt::print("the code is named '{}', since the file's name, '{}', will not do; --name sets another\n", program.name,
               file);
  }
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
  if (!note.empty()) fmt::print("{}\n", note);
  if (const std::string text = report::portable_layers_text(compilation, cost); !text.empty()) fmt::print("{}\n", text);
  return {};
}

}  // namespace

void add_compile(Command& app, Exit& exit) {
  auto* command = app.add_subcommand("compile", "Turns the model into a folder of sources for a target");
  auto options = std::make_shared<CompileArguments>();
  options->model.add_to(*command);
  options->text.add_to(*command, false);
  command
      ->add_option("-o,--output", options->output,
                   "folder to write; replaced where tinymlc wrote it; with --emit image a file")
      ->required();
  command
      ->add_option("--emit", options->emit,
                   "cpp: a folder of sources; image: one file, which is data (docs/model-image.md)")
      ->capture_default_str();
  command->add_option(
      "--budget", options->model.quantize.budget,
      "flash=2M,ram=512K,stack=4K,instructions=5M,time=20ms: fails where the model needs more; instructions "
      "and time are predicted, or counted where stack= asks for a run");
  command->callback([options, &exit] { exit.check(run_compile(*options)); });
}

}  // namespace tmc::app
