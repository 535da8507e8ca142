// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/firmware/run.hpp"

#include <sstream>

#include "tmc/base/host/files.hpp"
#include "tmc/firmware/emulator.hpp"

namespace tmc::firmware {
namespace {

namespace fs = std::filesystem;

Status check_samples(const Firmware& firmware, std::span<const SampleBytes> samples) {
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (samples[i].size() != firmware.model.input_bytes()) {
      return error(Error::kBadInput, "sample {} has {} bytes, the model takes {}", i, samples[i].size(),
                   firmware.model.input_bytes());
    }
  }
  return {};
}

std::string joined(std::span<const SampleBytes> samples) {
  std::string inputs;
  for (const SampleBytes& sample : samples) inputs += sample;
  return inputs;
}

Status bad_report(std::string_view line) {
  return error(Error::kInternal, "the harness wrote a report that is not understood: '{}'", line);
}

// The part of `bytes` that belongs to sample `index`.
Result<std::string> part(const std::string& bytes, std::size_t index, std::size_t each) {
  if (bytes.size() < (index + 1) * each) return error(Error::kInternal, "the harness wrote too few bytes");
  return bytes.substr(index * each, each);
}

Status parse_run_line(const std::string& line, CountedRuns& counted) {
  std::vector<SampleRun>& runs = counted.samples;
  std::istringstream words(line);
  if (line.starts_with("load ")) {
    std::string load, instructions;
    words >> load >> instructions >> counted.load_instructions.emplace();
    return words ? Status() : bad_report(line);
  }
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

Result<CountedRuns> count_runs(const Target& target, const Firmware& firmware, std::span<const SampleBytes> samples,
                               double slowdown) {
  if (!firmware.count_elf) return error(Error::kInternal, "the counting harness was not linked");
  TMC_TRY(check_samples(firmware, samples));
  TMC_ASSIGN(const ScratchFolder folder, ScratchFolder::make());
  const double limit_s = time_limit_s(target, firmware, samples.size(), slowdown);
  TMC_TRY(run_emulator(target, *firmware.count_elf, joined(samples), folder.path(), limit_s));
  CountedRuns counted;
  TMC_TRY(for_each_line(folder.path() / "report.txt",
                        [&counted](const std::string& line) { return parse_run_line(line, counted); }));
  const std::size_t ran = counted.samples.size();
  if (ran != samples.size()) return error(Error::kInternal, "the harness ran {} samples", ran);
  TMC_TRY(read_outputs(folder.path(), firmware, counted.samples));
  return counted;
}

Result<std::vector<SampleRun>> run_samples(const Target& target, const Firmware& firmware,
                                           std::span<const SampleBytes> samples, double slowdown) {
  TMC_ASSIGN(CountedRuns counted, count_runs(target, firmware, samples, slowdown));
  return std::move(counted.samples);
}

Result<std::vector<TracedSample>> trace_samples(const Target& target, const Firmware& firmware,
                                                std::span<const SampleBytes> samples) {
  if (!firmware.steps_elf) return error(Error::kInternal, "the tracing harness was not linked");
  TMC_TRY(check_samples(firmware, samples));
  TMC_ASSIGN(const ScratchFolder folder, ScratchFolder::make());
  const double limit_s = time_limit_s(target, firmware, samples.size(), 1);
  TMC_TRY(run_emulator(target, *firmware.steps_elf, joined(samples), folder.path(), limit_s));
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
