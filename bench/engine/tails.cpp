// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// How even the times of runs are: percentiles over many runs of a model image, of all threads together, each with a
// context of its own. By the wall clock each thread is held to a processor, of which there have to be as many; by the
// threads' own time (`cpu`) there may be more threads than processors.
//   engine_tails IMAGE [THREADS=2] [RUNS=100000] [wall|cpu]
#include <pthread.h>
#include <sched.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tmc/engine/engine.hpp"

namespace {

constexpr int kWarmUp = 1000;

struct Settings {
  std::string image;
  int threads = 2, runs = 100'000;
  bool is_wall = true;
};

[[noreturn]] void fail(const std::string& message) {
  std::fprintf(stderr, "engine_tails: %s\n", message.c_str());
  std::exit(1);
}

double now_us(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return 1e6 * static_cast<double>(now.tv_sec) + 1e-3 * static_cast<double>(now.tv_nsec);
}

void hold_to_processor(int index) {
  cpu_set_t allowed, one;
  sched_getaffinity(0, sizeof(allowed), &allowed);
  CPU_ZERO(&one);
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(cpu, &allowed) && index-- == 0) CPU_SET(cpu, &one);
  }
  if (pthread_setaffinity_np(pthread_self(), sizeof(one), &one) != 0) fail("there are fewer processors than threads");
}

void fill_inputs(const tinymlc::Model& model, tinymlc::Context& context, unsigned seed) {
  std::mt19937 rng(seed);
  for (uint32_t i = 0; i < model.info().inputs; ++i) {
    const auto bytes = context.input<int8_t>(i);
    if (bytes.empty()) fail("takes models whose inputs are int8");
    for (int8_t& value : bytes) value = static_cast<int8_t>(rng());
  }
}

// The times of `runs` runs, in microseconds.
std::vector<double> measure(const tinymlc::Model& model, const Settings& settings, int thread, int runs) {
  if (settings.is_wall) hold_to_processor(thread);
  auto context = model.create_context();
  if (!context) fail(context.status().message);
  fill_inputs(model, *context, static_cast<unsigned>(thread));
  const clockid_t clock = settings.is_wall ? CLOCK_MONOTONIC : CLOCK_THREAD_CPUTIME_ID;
  std::vector<double> times(static_cast<size_t>(runs));
  const auto timed_run = [&] {
    const double begin = now_us(clock);
    if (const auto status = context->run(); !status) fail(status.message);
    return now_us(clock) - begin;
  };
  for (int i = 0; i < kWarmUp; ++i) timed_run();
  for (double& time : times) time = timed_run();
  return times;
}

std::vector<double> measure_all(const tinymlc::Model& model, const Settings& settings) {
  std::vector<std::vector<double>> of_threads(static_cast<size_t>(settings.threads));
  std::vector<std::thread> threads;
  for (int i = 0; i < settings.threads; ++i) {
    threads.emplace_back(
        [&, i] { of_threads[static_cast<size_t>(i)] = measure(model, settings, i, settings.runs / settings.threads); });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<double> all;
  for (const auto& times : of_threads) all.insert(all.end(), times.begin(), times.end());
  std::sort(all.begin(), all.end());
  return all;
}

Settings parse(int argc, char** argv) {
  Settings settings;
  if (argc < 2 || argc > 5) fail("usage: engine_tails IMAGE [THREADS=2] [RUNS=100000] [wall|cpu]");
  settings.image = argv[1];
  if (argc > 2) settings.threads = std::atoi(argv[2]);
  if (argc > 3) settings.runs = std::atoi(argv[3]);
  if (argc > 4) settings.is_wall = std::string_view(argv[4]) != "cpu";
  if (settings.threads < 1 || settings.runs < settings.threads) fail("takes a thread and a run at least");
  return settings;
}

}  // namespace

int main(int argc, char** argv) {
  const Settings settings = parse(argc, argv);
  auto model = tinymlc::Model::load(settings.image);
  if (!model) fail(model.status().message);
  const std::vector<double> times = measure_all(*model, settings);
  const auto percentile = [&](double p) {
    return times[static_cast<size_t>(p / 100 * static_cast<double>(times.size() - 1))];
  };
  std::printf("%zu runs on %d threads, by %s\n", times.size(), settings.threads,
              settings.is_wall ? "the wall clock, each thread on its processor" : "the threads' own time");
  for (const double p : {50.0, 90.0, 99.0, 99.9, 100.0}) std::printf("p%-5g %9.2f us\n", p, percentile(p));
  std::printf("p99 / p50 %5.2f\n", percentile(99) / percentile(50));
}
