// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/emit.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/backend/cpp/folder.hpp"
#include "tmc/base/host/sha256.hpp"
#include "tmc/frontend/model_file.hpp"
#include "tmc/report/make_report.hpp"
#include "tmc/report/quantization_report.hpp"

namespace tmc::pipeline {
namespace {

// An image for this process may have kernels that are no headers.
Status check_kernels(const Compilation& compilation) {
  const Target& target = compilation.target;
  const auto has = [](const std::vector<std::string>& isas, const char* isa) {
    return std::ranges::find(isas, isa) != isas.end();
  };
  for (const program::Step& step : compilation.program.steps) {
    const char* const isa = step.implementation->isa;
    if (has(target.isa, isa) || !has(in_process(target).isa, isa)) continue;
    return error(Error::kBadUsage, "the kernel {} is for images and what runs in this process, not for sources",
                 step.implementation->label())
        .with_hint("compile the model's own file");
  }
  return {};
}

}  // namespace

Status emit_sources(const Compilation& compilation, const std::filesystem::path& folder, const EmitOptions& emit) {
  TMC_TRY(check_kernels(compilation));
  TMC_ASSIGN(const std::string model, frontend::model_bytes(compilation.model));
  backend::cpp::Options options;
  options.optimize = compilation.options.optimize;
  options.assembly = compilation.options.assembly;
  options.model_sha256 = sha256_hex(model);
  options.flash_budget_bytes = emit.budget.flash_bytes;
  options.ram_budget_bytes = emit.budget.ram_bytes;
  options.constants = emit.constants;
  options.beside = emit.beside;
  if (const cost::Cost* const predicted = emit.predicted) {
    options.beside["report.html"] = report::to_html(report::make_report(compilation, *predicted, nullptr));
    for (const cost::LayerCost& layer : predicted->layers) {
      options.step_instructions.push_back(std::llround(layer.instructions));
    }
    if (predicted->flash) options.code_bytes = predicted->flash->code;
  }
  if (compilation.quantization) {
    options.beside["quantization.html"] =
        report::quantization_html(compilation.model.filename().string(), *compilation.quantization);
  }
  TMC_ASSIGN(const backend::cpp::Files files, backend::cpp::generate(compilation.program, options));
  return backend::cpp::write_folder(folder, files);
}

}  // namespace tmc::pipeline
