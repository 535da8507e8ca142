// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/engine/metrics.hpp"

#include <bit>
#include <map>
#include <mutex>
#include <set>

#include "tmc/engine/metrics_text.hpp"
#include "tmc/memory/prometheus.hpp"

namespace tmc::engine {
namespace {

// Never destroyed, as models of the program's own statics may be released after everything else. The lock is for
// loading, releasing and reading; who counts does not take it.
struct Process {
  std::mutex mutex;
  std::set<const ModelMetrics*> models;
  memory::CountsByLabels memory_of_gone;
  RunsByModel runs_of_gone;
};

Process& process() {
  static Process& the = *new Process();
  return the;
}

}  // namespace

RunCounts& RunCounts::operator+=(const RunCounts& other) {
  contexts += other.contexts;
  runs += other.runs;
  cancelled += other.cancelled;
  nanoseconds += other.nanoseconds;
  for (size_t i = 0; i < times.size(); ++i) times[i] += other.times[i];
  return *this;
}

void RunMetrics::ran(std::chrono::nanoseconds time) {
  const auto nanoseconds = static_cast<uint64_t>(time.count());
  const auto bucket = static_cast<size_t>(std::bit_width(nanoseconds / 1000));
  times_[bucket < times_.size() ? bucket : times_.size() - 1].fetch_add(1, std::memory_order_relaxed);
  nanoseconds_.fetch_add(nanoseconds, std::memory_order_relaxed);
  runs_.fetch_add(1, std::memory_order_relaxed);
}

RunCounts RunMetrics::read() const {
  const auto load = [](const std::atomic<uint64_t>& number) { return number.load(std::memory_order_relaxed); };
  RunCounts counts = {load(contexts_), load(runs_), load(cancelled_), load(nanoseconds_), {}};
  for (size_t i = 0; i < times_.size(); ++i) counts.times[i] = load(times_[i]);
  return counts;
}

ModelMetrics::ModelMetrics(std::string model) : model_(std::move(model)) {
  const std::lock_guard lock(process().mutex);
  process().models.insert(this);
}

ModelMetrics::~ModelMetrics() {
  Process& all = process();
  const std::lock_guard lock(all.mutex);
  all.models.erase(this);
  memory_.add_to(all.memory_of_gone);
  all.runs_of_gone[model_] += runs_.read();
}

std::string metrics_text() {
  Process& all = process();
  const std::lock_guard lock(all.mutex);
  memory::CountsByLabels memory = all.memory_of_gone;
  RunsByModel runs = all.runs_of_gone;
  for (const ModelMetrics* model : all.models) {
    model->memory().add_to(memory);
    runs[model->model()] += model->runs().read();
  }
  return memory::prometheus(memory) + prometheus(runs);
}

}  // namespace tmc::engine
