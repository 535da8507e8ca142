// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/engine/metrics_text.hpp"

#include <fmt/format.h>

#include <iterator>

#include "tmc/memory/prometheus.hpp"

namespace tmc::engine {
namespace {

constexpr memory::Family kContexts = {"tinymlc_contexts", "gauge", "Contexts that are lent."};
constexpr memory::Family kCancelled = {"tinymlc_cancelled_runs_total", "counter", "Runs that were cancelled."};
constexpr memory::Family kTimes = {"tinymlc_run_seconds", "histogram", "Times of the runs that came to their end."};

void write_number(std::string& text, const memory::Family& family, const RunsByModel& runs,
                  uint64_t RunCounts::*number) {
  memory::write_head(text, family);
  for (const auto& [model, counts] : runs) {
    fmt::format_to(std::back_inserter(text), "{}{{model=\"{}\"}} {}\n", family.name, memory::escaped(model),
                   counts.*number);
  }
}

// Buckets of Prometheus hold what is at most their bound, those of a RunCounts what is less: whole microseconds differ
// in nothing that a clock of nanoseconds sees. The last one has no bound.
void write_times(std::string& text, const std::string& model, const RunCounts& counts) {
  const auto out = std::back_inserter(text);
  const std::string label = memory::escaped(model);
  uint64_t sum = 0;
  for (size_t i = 0; i < counts.times.size(); ++i) {
    sum += counts.times[i];
    const bool is_last = i + 1 == counts.times.size();
    const std::string bound = is_last ? "+Inf" : fmt::format("{:g}", static_cast<double>(uint64_t{1} << i) / 1e6);
    fmt::format_to(out, "{}_bucket{{model=\"{}\",le=\"{}\"}} {}\n", kTimes.name, label, bound, sum);
  }
  fmt::format_to(out, "{}_sum{{model=\"{}\"}} {:.9f}\n", kTimes.name, label,
                 static_cast<double>(counts.nanoseconds) / 1e9);
  fmt::format_to(out, "{}_count{{model=\"{}\"}} {}\n", kTimes.name, label, sum);
}

}  // namespace

std::string prometheus(const RunsByModel& runs) {
  std::string text;
  write_number(text, kContexts, runs, &RunCounts::contexts);
  write_number(text, kCancelled, runs, &RunCounts::cancelled);
  memory::write_head(text, kTimes);
  for (const auto& [model, counts] : runs) write_times(text, model, counts);
  return text;
}

}  // namespace tmc::engine
