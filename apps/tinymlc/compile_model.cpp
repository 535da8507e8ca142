// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "compile_model.hpp"

#include "tmc/check/budget.hpp"
#include "tmc/check/text_files.hpp"
#include "tmc/data/input_files.hpp"
#include "tmc/pipeline/executor.hpp"
#include "tmc/pipeline/image.hpp"

namespace tmc::app {
namespace {

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

Status write_folder(const CompileArguments& options, const check::Budget& budget, Compiled& compiled,
                    const Show& show) {
  const pipeline::Compilation& compilation = compiled.compilation;
  pipeline::EmitOptions emit{.budget = budget.memory, .predicted = &compiled.cost, .constants = {}, .beside = {}};
  TMC_ASSIGN(emit.beside, files_for_text(options, compilation, compiled.note));
  TMC_TRY(check::check_budget(compilation, compiled.cost, budget, emit.beside));
  show("writing");
  TMC_ASSIGN(compiled.spec, options.model.preprocessing());
  TMC_ASSIGN(emit.constants, data::header_constants(compilation, compiled.spec));
  return pipeline::emit_sources(compilation, options.output, emit);
}

}  // namespace

Option* CompileArguments::add_to(Command& command) {
  model.add_to(command);
  text.add_to(command, false);
  Option* const to = command.add_option("-o,--output", output,
                                        "folder to write; replaced where tinymlc wrote it; with --emit image a file");
  command
      .add_option(
          "--emit", emit,
          "cpp: a folder of sources; image: one file, which is data; executor: a folder of sources that runs images, "
          "with this one's kernels and those of --kernels (docs/model-image.md)")
      ->capture_default_str();
  command.add_flag("--no-names", no_names,
                   "of --emit image: numbers in place of the names of layers and inner tensors, which take flash");
  command.add_option(
      "--budget", model.quantize.budget,
      "flash=2M,ram=512K,stack=4K,instructions=5M,time=20ms: fails where the model needs more; instructions "
      "and time are predicted, or counted where stack= asks for a run");
  return to;
}

Result<Compiled> compile_model(const CompileArguments& options, const Show& show) {
  if (options.emit != "cpp" && options.emit != "image" && options.emit != "executor") {
    return error(Error::kBadUsage, "nothing is emitted as '{}'", options.emit)
        .with_hint("--emit takes cpp, image or executor");
  }
  show("compiling");
  TMC_ASSIGN(const check::Budget budget, check::parse_budget(options.model.quantize.budget));
  ModelOptions model = options.model;
  model.for_sources = options.emit != "image" && !options.output.empty();
  Compiled compiled;
  TMC_ASSIGN(compiled.compilation, model.compile({}, budget.memory.ram_bytes));
  if (options.emit == "executor" && !options.output.empty()) {
    TMC_ASSIGN(compiled.executor_kernels, pipeline::emit_executor(compiled.compilation, options.output));
    return compiled;
  }
  show("checking the budget");
  TMC_ASSIGN(compiled.cost, pipeline::predict_cost(compiled.compilation));
  if (options.emit == "cpp" && !options.output.empty()) {
    TMC_TRY(write_folder(options, budget, compiled, show));
    return compiled;
  }
  TMC_TRY(check::check_budget(compiled.compilation, compiled.cost, budget, {}));
  if (!options.output.empty()) {
    TMC_TRY(pipeline::emit_image(compiled.compilation, options.output,
                                 options.no_names ? backend::image::Names::kPorts : backend::image::Names::kAll));
  }
  return compiled;
}

}  // namespace tmc::app
