// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/oracle.hpp"

#include <algorithm>
#include <cstdlib>

#include "tmc/base/host/embedded.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/base/host/process.hpp"

namespace tmc::pipeline {

std::span<const EmbeddedFile> oracle_files();  // generated from oracle/

namespace {

constexpr double kOracleTimeoutS = 3600;

std::string python() {
  if (const char* chosen = std::getenv("TINYMLC_PYTHON"); chosen && *chosen) return chosen;
  const std::filesystem::path venv = std::filesystem::path(TMC_SOURCE_FOLDER) / "build/venv/bin/python";
  return std::filesystem::exists(venv) ? venv.string() : "python3";
}

}  // namespace

Result<NamedArrays> run_oracle(const std::string& oracle, const std::filesystem::path& model,
                               const NamedArrays& inputs) {
  const auto script = std::ranges::find(oracle_files(), oracle + ".py", &EmbeddedFile::path);
  if (script == oracle_files().end()) {
    return error(Error::kBadUsage, "there is no oracle '{}'", oracle)
        .remedied_by("use --oracle litert, onnxruntime or an .npz file");
  }
  TMC_ASSIGN(const ScratchFolder scratch, ScratchFolder::make());
  const std::filesystem::path script_path = scratch.path() / "oracle.py";
  const std::filesystem::path inputs_path = scratch.path() / "inputs.npz";
  const std::filesystem::path outputs_path = scratch.path() / "outputs.npz";
  TMC_TRY(write_file(script_path, script->text));
  TMC_TRY(save_npz(inputs_path, inputs));
  auto finished = run_checked({.arguments = {python(), script_path.string(), std::filesystem::absolute(model).string(),
                                             inputs_path.string(), outputs_path.string()},
                               .directory = {},
                               .timeout_s = kOracleTimeoutS});
  if (!finished.ok()) {
    return std::move(finished).status().in_file(oracle).remedied_by(
        "run scripts/setup, or point TINYMLC_PYTHON at a Python with ai-edge-litert, onnxruntime and onnx");
  }
  return load_npz(outputs_path);
}

}  // namespace tmc::pipeline
