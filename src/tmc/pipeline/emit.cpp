// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/emit.hpp"

#include <charconv>

#include "tmc/backend/cpp/backend.hpp"
#include "tmc/backend/cpp/folder.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/base/host/sha256.hpp"
#include "tmc/pipeline/image.hpp"
#include "tmc/storage/budget.hpp"

namespace tmc::pipeline {
namespace {

std::optional<uint64_t> parse_size(std::string_view text) {
  uint64_t number = 0;
  const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(rest, static_cast<size_t>(text.data() + text.size() - rest));
  const int shift = unit.empty() ? 0 : unit == "K" ? 10 : unit == "M" ? 20 : -1;
  if (failure != std::errc() || shift < 0 || number > (uint64_t{1} << 40)) return std::nullopt;
  return number << shift;
}

uint64_t constant_bytes(const program::Program& program) {
  uint64_t bytes = 0;
  for (const program::Constant& constant : program.constants) bytes += constant.blob.bytes.size();
  return bytes;
}

// What a limit comes to: the user's, else the target's memory.
struct Limit {
  uint64_t bytes;
  bool is_budget;
};

std::optional<Limit> limit_of(const std::optional<uint64_t>& budget, const Target& target, MemoryKind kind) {
  if (budget) return Limit{*budget, true};
  const uint64_t memory = target.bytes_of(kind);
  if (memory == 0) return std::nullopt;
  return Limit{memory, false};
}

Status too_large(const char* what, uint64_t needed, const Limit& limit, const std::string& contributors) {
  return error(limit.is_budget ? Error::kBudgetExceeded : Error::kDoesNotFit, "{} needs {} bytes, {} is {}\n{}", what,
               needed, limit.is_budget ? "the budget" : "the target's memory", limit.bytes, contributors);
}

}  // namespace

Result<Budget> parse_budget(std::string_view text) {
  Budget budget;
  while (!text.empty()) {
    const std::string_view item = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), item.size() + 1));
    const size_t equals = item.find('=');
    const std::string_view kind = item.substr(0, equals);
    const auto bytes = equals == std::string_view::npos ? std::nullopt : parse_size(item.substr(equals + 1));
    if (!bytes || (kind != "flash" && kind != "ram")) {
      return error(Error::kBadUsage, "'{}' is no budget", item).remedied_by("write --budget flash=2M,ram=512K");
    }
    (kind == "flash" ? budget.flash_bytes : budget.ram_bytes) = bytes;
  }
  return budget;
}

Status emit_sources(const Compilation& compilation, const std::filesystem::path& folder, const Budget& budget) {
  TMC_ASSIGN(const std::string model, read_file(compilation.model));
  TMC_ASSIGN(const backend::cpp::Files files,
             backend::cpp::generate(compilation.program, {.optimize = compilation.options.optimize,
                                                          .model_sha256 = sha256_hex(model),
                                                          .flash_budget_bytes = budget.flash_bytes,
                                                          .ram_budget_bytes = budget.ram_bytes}));
  return backend::cpp::write_folder(folder, files);
}

Status check_budget(const Compilation& compilation, const Budget& budget) {
  const program::Program& program = compilation.program;
  const auto arena = static_cast<uint64_t>(program.arena_bytes());
  const auto ram = limit_of(budget.ram_bytes, compilation.target, MemoryKind::kRam);
  if (ram && arena > ram->bytes) return too_large("the arena", arena, *ram, storage::ram_contributors(program));

  const auto flash = limit_of(budget.flash_bytes, compilation.target, MemoryKind::kFlash);
  if (!flash) return {};
  uint64_t needed = constant_bytes(program);
  if (needed <= flash->bytes && compilation.target.board && budget.flash_bytes) {
    TMC_ASSIGN(const Image image, build_image(compilation, {}));
    needed = image.firmware.bill.flash.total();
  }
  if (needed > flash->bytes) return too_large("the image", needed, *flash, storage::flash_contributors(program));
  return {};
}

}  // namespace tmc::pipeline
