// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/bench.hpp"

#include <algorithm>
#include <chrono>

#include "tmc/check/image.hpp"
#include "tmc/check/run.hpp"
#include "tmc/data/sample_data.hpp"
#include "tmc/exec/executor.hpp"
#include "tmc/firmware/cycles.hpp"
#include "tmc/pipeline/predict.hpp"
#include "tmc/program/layers.hpp"

namespace tmc::check {
namespace {

using data::Ports;
using data::TensorBytes;
using report::LayerBench;

constexpr uint64_t kSeed = 1;

// Of random values, but for the inputs that are given.
Result<std::vector<Ports>> make_samples(const Compilation& compilation, int64_t count,
                                        const data::NamedArrays& given = {}) {
  data::NamedArrays arrays = data::random_inputs(compilation, count, kSeed);
  for (const auto& [name, array] : given) {
    const auto found = arrays.find(name);
    if (found == arrays.end()) return error(Error::kBadInput, "the model has no input '{}'", name);
    NpyArray& stacked = found->second;
    const size_t bytes = stacked.bytes.size() / static_cast<size_t>(count);
    if (array.dtype != stacked.dtype || array.bytes.size() != bytes) {
      return error(Error::kBadInput, "'{}' is not one sample of the input: {} bytes of {}, not {} of {}", name,
                   array.bytes.size(), dtype_name(array.dtype), bytes, dtype_name(stacked.dtype));
    }
    for (size_t at = 0; at < stacked.bytes.size(); at += bytes) {
      std::ranges::copy(array.bytes, stacked.bytes.begin() + static_cast<ptrdiff_t>(at));
    }
  }
  return data::to_samples(compilation, arrays);
}

Result<std::vector<firmware::SampleBytes>> board_samples(const Compilation& compilation, int64_t count,
                                                         const data::NamedArrays& given = {}) {
  TMC_ASSIGN(const std::vector<Ports> samples, make_samples(compilation, count, given));
  std::vector<firmware::SampleBytes> joined;
  for (const Ports& sample : samples) {
    firmware::SampleBytes bytes;
    for (const TensorBytes& port : sample) bytes.append(reinterpret_cast<const char*>(port.data()), port.size());
    joined.push_back(std::move(bytes));
  }
  return joined;
}

std::string millions(double instructions) {
  return fmt::format("{:.1f} million instructions", instructions / 1e6);
}

Status bench_board(const Compilation& compilation, const BenchOptions& options, BenchReport& report) {
  const bool runs = compilation.target.run.method == RunMethod::kEmulator;
  options.progress("building the image");
  TMC_ASSIGN(const Image image, build_image(compilation, {.count = runs, .steps = runs && options.per_layer}));
  report.flash = image.firmware.footprint.flash;
  report.ram = image.firmware.footprint.ram;
  report.flash_sections = image.firmware.footprint.flash_sections;
  report.code_symbols = image.firmware.footprint.code_symbols;
  if (!runs) return {};
  // The second inference is counted: nothing of it is there for the first time.
  TMC_ASSIGN(const auto samples, board_samples(compilation, 2, options.inputs));
  options.progress(fmt::format("counting about {}, twice", millions(image.firmware.expected_instructions)));
  TMC_ASSIGN(const auto counted, firmware::count_runs(compilation.target, image.firmware, samples));
  report.load_instructions = counted.load_instructions;
  report.instructions = counted.samples.back().instructions;
  report.ram.stack = counted.samples.back().stack_bytes;
  if (options.cycles && compilation.target.issue && !compilation.target.run.trace_arguments.empty()) {
    const auto traced = [&](uint64_t instructions) {
      options.progress(
          fmt::format("estimating cycles: {} % of {}",
                      std::min<uint64_t>(100, 100 * instructions / std::max<uint64_t>(1, *report.instructions)),
                      millions(static_cast<double>(*report.instructions))));
    };
    TMC_ASSIGN(const auto execution,
               firmware::estimate_execution(compilation.target, image.firmware, samples.back(), traced));
    report.cycles_estimate = execution.cycles;
  }
  if (options.per_layer) {
    options.progress("counting every layer");
    TMC_ASSIGN(const auto traced, firmware::trace_samples(compilation.target, image.firmware, samples));
    const std::vector<uint64_t>& steps = traced.back().step_instructions;
    const std::vector<program::Layer> layers = program::find_layers(compilation.program);
    for (size_t i = 0; i < layers.size(); ++i) {
      report.layers[i].instructions = 0;
      for (const int32_t step : layers[i].steps) *report.layers[i].instructions += steps.at(static_cast<size_t>(step));
    }
  }
  return {};
}

Status bench_host(const Compilation& compilation, const BenchOptions& options, BenchReport& report) {
  report.ram.arena = static_cast<uint64_t>(compilation.program.arena_bytes());
  TMC_ASSIGN(exec::Executor executor, exec::Executor::create(compilation.program, {.count = options.threads}));
  TMC_ASSIGN(const std::vector<Ports> samples, make_samples(compilation, 1, options.inputs));
  std::vector<double> latencies_us;
  for (int run = 0; run < options.runs; ++run) {
    const auto begin = std::chrono::steady_clock::now();
    TMC_ASSIGN([[maybe_unused]] const Ports outputs, executor.run(samples.front()));
    latencies_us.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count());
  }
  std::ranges::sort(latencies_us);
  report.latency_us_p50 = latencies_us[latencies_us.size() / 2];
  report.latency_us_p99 = latencies_us[(latencies_us.size() * 99) / 100];
  return {};
}

}  // namespace

Result<firmware::SampleRun> count_run(const Compilation& compilation) {
  TMC_ASSIGN(const Image image, build_image(compilation, {.count = true}));
  TMC_ASSIGN(const auto samples, board_samples(compilation, 2));
  TMC_ASSIGN(auto runs, firmware::run_samples(compilation.target, image.firmware, samples));
  return std::move(runs.back());
}

Result<BenchReport> bench(const Compilation& compilation, const BenchOptions& options) {
  TMC_TRY(check_threads(compilation.target, options.threads));
  BenchReport report;
  report.model = compilation.model.filename().string();
  report.target = compilation.target.name;
  report.optimize = compilation.options.optimize;
  report.layers = report::static_layers(compilation.program);
  for (const LayerBench& layer : report.layers) report.macs += layer.macs;
  if (compilation.target.board) {
    TMC_ASSIGN(report.predicted, predict_cost(compilation));
    const std::vector<program::Layer> layers = program::find_layers(compilation.program);
    for (size_t i = 0; i < layers.size(); ++i) {
      report.layers[i].predicted_instructions = cost::sum_of(*report.predicted, layers[i]).instructions;
    }
  }
  if (compilation.target.run.method == RunMethod::kInProcess) {
    TMC_TRY(bench_host(compilation, options, report));
  } else {
    TMC_TRY(bench_board(compilation, options, report));
  }
  return report;
}

}  // namespace tmc::check
