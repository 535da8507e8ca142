// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/emit.hpp"

#include <cmath>

#include "tmc/backend/cpp/folder.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/base/host/sha256.hpp"
#include "tmc/pipeline/image.hpp"
#include "tmc/pipeline/quantization_report.hpp"
#include "tmc/pipeline/report.hpp"
#include "tmc/targets/byte_size.hpp"

namespace tmc::pipeline {

Result<storage::Budget> parse_budget(std::string_view text) {
  storage::Budget budget;
  while (!text.empty()) {
    const std::string_view item = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), item.size() + 1));
    const size_t equals = item.find('=');
    const std::string_view kind = item.substr(0, equals);
    if (equals == std::string_view::npos || (kind != "flash" && kind != "ram")) {
      return error(Error::kBadUsage, "'{}' is no budget", item).remedied_by("write --budget flash=2M,ram=512K");
    }
    TMC_ASSIGN(const uint64_t bytes, parse_byte_size(item.substr(equals + 1)));
    (kind == "flash" ? budget.flash_bytes : budget.ram_bytes) = static_cast<int64_t>(bytes);
  }
  return budget;
}

Status emit_sources(const Compilation& compilation, const std::filesystem::path& folder, const EmitOptions& emit) {
  TMC_ASSIGN(const std::string model, read_file(compilation.model));
  backend::cpp::Options options;
  options.optimize = compilation.options.optimize;
  options.assembly = compilation.options.assembly;
  options.model_sha256 = sha256_hex(model);
  options.flash_budget_bytes = emit.budget.flash_bytes;
  options.ram_budget_bytes = emit.budget.ram_bytes;
  options.constants = emit.constants;
  if (const cost::Cost* const predicted = emit.predicted) {
    options.beside["report.html"] = report::to_html(make_report(compilation, *predicted, nullptr));
    for (const cost::LayerCost& layer : predicted->layers) {
      options.step_instructions.push_back(std::llround(layer.instructions));
    }
    if (predicted->flash) options.code_bytes = predicted->flash->code;
  }
  if (compilation.quantization) {
    options.beside["quantization.html"] =
        quantization_html(compilation.model.filename().string(), *compilation.quantization);
  }
  TMC_ASSIGN(const backend::cpp::Files files, backend::cpp::generate(compilation.program, options));
  return backend::cpp::write_folder(folder, files);
}

Status check_budget(const Compilation& compilation, const storage::Budget& budget) {
  const program::Program& program = compilation.program;
  const Target& target = compilation.target;
  storage::MemoryUse used = storage::memory_of(program);
  storage::Budget hardware{.is_hardware = true};
  if (const auto bytes = target.bytes_of(MemoryKind::kFlash)) hardware.flash_bytes = static_cast<int64_t>(bytes);
  if (const auto bytes = target.bytes_of(MemoryKind::kRam)) hardware.ram_bytes = static_cast<int64_t>(bytes);
  TMC_TRY(storage::check_budget(program, used, hardware));
  TMC_TRY(storage::check_budget(program, used, budget));
  if (!target.board || !budget.flash_bytes) return {};
  TMC_ASSIGN(const Image image, build_image(compilation, {}));
  used.flash_bytes = static_cast<int64_t>(image.firmware.bill.flash.total());
  return storage::check_budget(program, used, {.flash_bytes = budget.flash_bytes});
}

}  // namespace tmc::pipeline
