// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/firmware/run.hpp"

#include <algorithm>
#include <sstream>

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/process.hpp"

namespace tmc::firmware {
namespace {

namespace fs = std::filesystem;

// A target's time-out is for this many samples, and for as many instructions as take no time worth speaking of.
constexpr std::size_t kSamplesPerTimeout = 100;
// What is known to be longer gets a second for each so many instructions: a thirtieth of what an idle machine emulates.
constexpr double kLeastInstructionsPerSecond = 1e7;

double time_limit_s(const Target& target, const Firmware& firmware, std::size_t samples, double slowdown) {
  const double starts = target.run.timeout_s * static_cast<double>(1 + samples / kSamplesPerTimeout);
  const double instructions = firmware.expected_instructions * static_cast<double>(samples);
  return starts + slowdown * instructions / kLeastInstructionsPerSecond;
}

Status check_samples(const Firmware& firmware, std::span<const SampleBytes> samples) {
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (samples[i].size() != firmware.model.input_bytes()) {
      return error(Error::kBadInput, "sample {} has {} bytes, the model takes {}", i, samples[i].size(),
                   firmware.model.input_bytes());
    }
  }
  return {};
}

// Runs `elf` in `folder`, which then holds what it wrote.
Status run_image(const Target& target, const fs::path& elf, std::span<const SampleBytes> samples,
                 const fs::path& folder, double limit_s) {
  std::string inputs;
  for (const SampleBytes& sample : samples) inputs += sample;
  TMC_TRY(write_file(folder / "inputs.bin", inputs));
  Command command{target.run.command, folder, limit_s};
  std::replace(command.arguments.begin(), command.arguments.end(), std::string("{elf}"), fs::absolute(elf).string());
  TMC_ASSIGN(const Finished finished, run_process(command));
  if (finished.exit_code == 0) return {};
  const std::string said = finished.err.empty() ? finished.out : finished.err;
  return error(Error::kToolFailed, "the run on {} ended with exit code {}: {}", target.name, finished.exit_code,
               said.empty() ? "no message" : said);
}

Status bad_report(std::string_view line) {
  return error(Error::kInternal, "the harness wrote a report that is not understood: '{}'", line);
}

// The part of `bytes` that belongs to sample `index`.
Result<std::string> part(const std::string& bytes, std::size_t index, std::size_t each) {
  if (bytes.size() < (index + 1) * each) return error(Error::kInternal, "the harness wrote too few bytes");
  return bytes.substr(index * each, each);
}

Status parse_run_line(const std::string& line, std::vector<SampleRun>& runs) {
  std::istringstream words(line);
  std::string run, instructions, stack;
  std::size_t sample = 0;
  SampleRun result;
  words >> run >> sample >> instructions >> result.instructions >> stack >> result.stack_bytes;
  if (!words || run != "run" || instructions != "instructions" || stack != "stack" || sample != runs.size()) {
    return bad_report(line);
  }
  runs.push_back(std::move(result));
  return {};
}

Status parse_step_line(const std::string& line, std::vector<TracedSample>& traces) {
  std::istringstream words(line);
  std::string step, instructions;
  std::size_t sample = 0;
  std::size_t number = 0;
  std::uint64_t count = 0;
  words >> step >> sample >> number >> instructions >> count;
  if (!words || step != "step" || instructions != "instructions" || sample >= traces.size() ||
      number != traces[sample].step_instructions.size()) {
    return bad_report(line);
  }
  traces[sample].step_instructions.push_back(count);
  return {};
}

Status for_each_line(const fs::path& path, const auto& action) {
  TMC_ASSIGN(const std::string text, read_file(path));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) TMC_TRY(action(line));
  return {};
}

// Fills in the outputs of each result.
template <typename T>
Status read_outputs(const fs::path& folder, const Firmware& firmware, std::vector<T>& results) {
  TMC_ASSIGN(const std::string bytes, read_file(folder / "outputs.bin"));
  for (std::size_t i = 0; i < results.size(); ++i) {
    TMC_ASSIGN(results[i].outputs, part(bytes, i, firmware.model.output_bytes()));
  }
  return {};
}

Status read_dumps(const fs::path& folder, const Firmware& firmware, std::vector<TracedSample>& traces) {
  TMC_ASSIGN(const std::string bytes, read_file(folder / "dumps.bin"));
  std::size_t at = 0;
  for (TracedSample& trace : traces) {
    for (const Dump& dump : firmware.dumps) {
      if (bytes.size() - at < dump.region.bytes) return error(Error::kInternal, "the harness wrote too few dumps");
      trace.dumps.push_back(bytes.substr(at, dump.region.bytes));
      at += dump.region.bytes;
    }
  }
  return {};
}

}  // namespace

Result<std::vector<SampleRun>> run_samples(const Target& target, const Firmware& firmware,
                                           std::span<const SampleBytes> samples, double slowdown) {
  if (!firmware.count_elf) return error(Error::kInternal, "the counting harness was not linked");
  TMC_TRY(check_samples(firmware, samples));
  TMC_ASSIGN(const ScratchFolder folder, ScratchFolder::make());
  const double limit_s = time_limit_s(target, firmware, samples.size(), slowdown);
  TMC_TRY(run_image(target, *firmware.count_elf, samples, folder.path(), limit_s));
  std::vector<SampleRun> runs;
  TMC_TRY(for_each_line(folder.path() / "report.txt",
                        [&runs](const std::string& line) { return parse_run_line(line, runs); }));
  if (runs.size() != samples.size()) return error(Error::kInternal, "the harness ran {} samples", runs.size());
  TMC_TRY(read_outputs(folder.path(), firmware, runs));
  return runs;
}

Result<std::vector<TracedSample>> trace_samples(const Target& target, const Firmware& firmware,
                                                std::span<const SampleBytes> samples) {
  if (!firmware.steps_elf) return error(Error::kInternal, "the tracing harness was not linked");
  TMC_TRY(check_samples(firmware, samples));
  TMC_ASSIGN(const ScratchFolder folder, ScratchFolder::make());
  const double limit_s = time_limit_s(target, firmware, samples.size(), 1);
  TMC_TRY(run_image(target, *firmware.steps_elf, samples, folder.path(), limit_s));
  std::vector<TracedSample> traces(samples.size());
  TMC_TRY(for_each_line(folder.path() / "report.txt",
                        [&traces](const std::string& line) { return parse_step_line(line, traces); }));
  for (const TracedSample& trace : traces) {
    if (trace.step_instructions.empty()) return error(Error::kInternal, "model.cpp does not call the step hook");
  }
  TMC_TRY(read_outputs(folder.path(), firmware, traces));
  TMC_TRY(read_dumps(folder.path(), firmware, traces));
  return traces;
}

}  // namespace tmc::firmware
