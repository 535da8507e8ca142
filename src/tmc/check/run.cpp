// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/run.hpp"

#include <fmt/ranges.h>

#include <cstring>

#include "tmc/check/image.hpp"
#include "tmc/exec/executor.hpp"

namespace tmc::check {
namespace {

using program::Program;

firmware::SampleBytes join(const Ports& ports) {
  firmware::SampleBytes joined;
  for (const TensorBytes& port : ports) joined.append(reinterpret_cast<const char*>(port.data()), port.size());
  return joined;
}

TensorBytes to_bytes(std::string_view text) {
  const auto* first = reinterpret_cast<const std::byte*>(text.data());
  return {first, first + text.size()};
}

Ports split_outputs(const Program& program, std::string_view joined) {
  Ports outputs;
  for (const int32_t output : program.outputs) {
    const auto bytes = static_cast<size_t>(program.tensors[static_cast<size_t>(output)].bytes());
    outputs.push_back(to_bytes(joined.substr(0, bytes)));
    joined.remove_prefix(bytes);
  }
  return outputs;
}

std::vector<firmware::SampleBytes> join_all(std::span<const Ports> samples) {
  std::vector<firmware::SampleBytes> joined;
  for (const Ports& sample : samples) joined.push_back(join(sample));
  return joined;
}

}  // namespace

Status check_runs_here(const Target& target) {
  const auto runs_here = [](RunMethod method) {
    return method == RunMethod::kInProcess || method == RunMethod::kEmulator;
  };
  if (runs_here(target.run.method)) return {};
  std::vector<std::string> runnable;
  for (const std::string& name : target_names()) {
    const auto other = load_target(name);
    if (other.ok() && runs_here(other->run.method)) runnable.push_back(name);
  }
  return error(Error::kBadUsage, "nothing here can run the target '{}'", target.name)
      .with_hint(fmt::format("it is compiled and linked only; run on one of {}", fmt::join(runnable, ", ")));
}

Status check_threads(const Target& target, int32_t threads) {
  if (threads == 1 || target.run.method == RunMethod::kInProcess) return {};
  return error(Error::kBadUsage, "the target '{}' does not run on threads of this process", target.name)
      .with_hint("leave '--threads' out, or take the target 'host'");
}

Result<std::vector<Ports>> run_samples(const Compilation& compilation, std::span<const Ports> samples,
                                       const Progress& progress, Samples are, int32_t threads) {
  TMC_TRY(check_threads(compilation.target, threads));
  std::vector<Ports> results;
  if (compilation.target.run.method == RunMethod::kInProcess) {
    TMC_ASSIGN(exec::Executor executor, exec::Executor::create(compilation.program, {.count = threads}));
    for (const Ports& sample : samples) {
      if (are == Samples::kApart) executor.reset();
      TMC_ASSIGN(Ports outputs, executor.run(sample));
      results.push_back(std::move(outputs));
      if (progress) progress(results.size());
    }
    return results;
  }
  TMC_TRY(check_runs_here(compilation.target));
  TMC_ASSIGN(const Image image, build_image(compilation, {.count = true, .keeps_state = are == Samples::kSteps}));
  TMC_ASSIGN(const auto runs, firmware::run_samples(compilation.target, image.firmware, join_all(samples)));
  for (const firmware::SampleRun& run : runs) results.push_back(split_outputs(compilation.program, run.outputs));
  return results;
}

Result<std::vector<Tensors>> trace_samples(const Compilation& compilation, std::span<const Ports> samples) {
  const Program& program = compilation.program;
  std::vector<Tensors> results(samples.size());
  if (compilation.target.run.method == RunMethod::kInProcess) {
    TMC_ASSIGN(exec::Executor executor, exec::Executor::create(program));
    for (size_t sample = 0; sample < samples.size(); ++sample) {
      executor.reset();
      const auto record = [&](int32_t step) {
        for (size_t i = 0; i < program.tensors.size(); ++i) {
          if (program.tensors[i].step == step) results[sample][i] = executor.read(program.tensors[i]);
        }
      };
      TMC_ASSIGN([[maybe_unused]] const Ports outputs, executor.run(samples[sample], record));
    }
    return results;
  }
  TMC_TRY(check_runs_here(compilation.target));
  TMC_ASSIGN(const Image image, build_image(compilation, {.steps = true, .dump_tensors = true}));
  TMC_ASSIGN(const auto traces, firmware::trace_samples(compilation.target, image.firmware, join_all(samples)));
  for (size_t sample = 0; sample < samples.size(); ++sample) {
    for (size_t dump = 0; dump < image.dumped_tensors.size(); ++dump) {
      results[sample][image.dumped_tensors[dump]] = to_bytes(traces[sample].dumps[dump]);
    }
  }
  return results;
}

}  // namespace tmc::check
