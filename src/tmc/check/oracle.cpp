// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/oracle.hpp"

#include <algorithm>
#include <cstdlib>

#include "tmc/base/host/embedded.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/base/host/process.hpp"

namespace tmc::check {

std::span<const EmbeddedFile> oracle_files();  // generated from oracle/

namespace {

constexpr double kOracleTimeoutS = 3600;
// Of the scripts, and no oracles.
constexpr std::string_view kHelpers[] = {"custom_nodes.py", "detections.py", "row_model.py"};

bool is_helper(const EmbeddedFile& file) {
  return std::ranges::find(kHelpers, file.path) != std::end(kHelpers);
}

std::string python() {
  if (const char* chosen = std::getenv("TINYMLC_PYTHON"); chosen && *chosen) return chosen;
  const std::filesystem::path venv = std::filesystem::path(TMC_SOURCE_FOLDER) / "build/venv/bin/python";
  return std::filesystem::exists(venv) ? venv.string() : "python3";
}

constexpr int kCannotImport = 3;

std::string text_of(const NpyArray& bytes) {
  return {reinterpret_cast<const char*>(bytes.bytes.data()), bytes.bytes.size()};
}

Result<OracleAnswer> read_answer(const std::filesystem::path& path) {
  TMC_ASSIGN(NamedArrays arrays, load_npz(path));
  OracleAnswer answer{.oracle = text_of(arrays["oracle"]), .tensors = {}};
  for (size_t i = 0; arrays.contains(fmt::format("tensor{}", i)); ++i) {
    answer.tensors[text_of(arrays[fmt::format("name{}", i)])] = std::move(arrays[fmt::format("tensor{}", i)]);
  }
  return answer;
}

Status oracle_failure(const Command& command, const Finished& finished, const std::string& oracle) {
  Status failure = tool_failure(command, finished);
  if (finished.exit_code != kCannotImport) {
    return std::move(failure).in_file(oracle).with_hint(
        "the oracle cannot run this model or these inputs: ask another one, or give an .npz of inputs and outputs");
  }
  return Status(Error::kToolMissing, std::string(failure.message()))
      .in_file(oracle)
      .with_hint(
          "run scripts/setup (with --clients for xgboost and lightgbm, with --tensorflow for that), or point "
          "TINYMLC_PYTHON at a Python that has the package");
}

}  // namespace

Result<OracleAnswer> run_oracle(const std::string& oracle, const std::filesystem::path& model,
                                const std::vector<NpyArray>& inputs, int64_t samples, const std::string& custom) {
  const auto script = std::ranges::find(oracle_files(), oracle + ".py", &EmbeddedFile::path);
  if (script == oracle_files().end() || is_helper(*script)) {
    return error(Error::kBadUsage, "there is no oracle '{}'", oracle)
        .with_hint("use --oracle litert, onnxruntime, tensorflow, xgboost, lightgbm or an .npz file");
  }
  TMC_ASSIGN(const ScratchFolder scratch, ScratchFolder::make());
  const std::filesystem::path script_path = scratch.path() / "oracle.py";
  const std::filesystem::path inputs_path = scratch.path() / "inputs.npz";
  const std::filesystem::path outputs_path = scratch.path() / "outputs.npz";
  TMC_TRY(write_file(script_path, script->text));
  for (const EmbeddedFile& file : oracle_files()) {
    if (is_helper(file)) TMC_TRY(write_file(scratch.path() / file.path, file.text));
  }
  NamedArrays numbered;
  numbered["samples"] = {DType::kI64, Shape(), {}};
  const auto count = std::as_bytes(std::span(&samples, 1));
  numbered["samples"].bytes.assign(count.begin(), count.end());
  for (size_t i = 0; i < inputs.size(); ++i) numbered[fmt::format("tensor{}", i)] = inputs[i];
  TMC_TRY(save_npz(inputs_path, numbered));
  Command command{.arguments = {python(), script_path.string(), std::filesystem::absolute(model).string(),
                                inputs_path.string(), outputs_path.string()},
                  .directory = {},
                  .timeout_s = kOracleTimeoutS};
  if (!custom.empty()) {
    const std::filesystem::path custom_path = scratch.path() / "custom.json";
    TMC_TRY(write_file(custom_path, custom));
    command.arguments.push_back(custom_path.string());
  }
  TMC_ASSIGN(const Finished finished, run_process(command));
  if (finished.exit_code != 0) return oracle_failure(command, finished, oracle);
  return read_answer(outputs_path);
}

}  // namespace tmc::check
