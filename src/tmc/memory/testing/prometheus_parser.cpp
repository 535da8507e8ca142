// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/memory/testing/prometheus_parser.hpp"

#include <cstdlib>
#include <filesystem>

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/process.hpp"

namespace tmc::memory::testing {
namespace {

constexpr int kNotInstalled = 77;
constexpr char kParse[] = R"(
import sys
sys.path.append(sys.argv[2])
try:
    from prometheus_client.parser import text_string_to_metric_families
except ImportError:
    sys.exit(77)
for family in text_string_to_metric_families(open(sys.argv[1], encoding="utf-8").read()):
    assert family.documentation
    for s in family.samples:
        labels = ",".join(f"{name}={ascii(value)}" for name, value in sorted(s.labels.items()))
        print(s.name, family.type, labels, f"{s.value:.15g}", sep="|")
)";

}  // namespace

std::optional<std::string> read_by_prometheus(const std::string& text) {
  const auto folder = ScratchFolder::make();
  if (!folder.ok() || !write_file(folder->path() / "metrics", text).ok()) return std::nullopt;
  const char* chosen = std::getenv("TINYMLC_PYTHON");
  const auto venv = std::filesystem::path(TMC_SOURCE_FOLDER) / "build/venv";
  const std::string python = chosen != nullptr ? chosen : (venv / "bin/python").string();
  const auto path = (folder->path() / "metrics").string();
  const auto finished =
      run_process({.arguments = {python, "-c", kParse, path, (venv / "metrics").string()}, .directory = {}});
  if (!finished.ok() || finished->exit_code == kNotInstalled) return std::nullopt;
  return finished->out + finished->err;
}

}  // namespace tmc::memory::testing
