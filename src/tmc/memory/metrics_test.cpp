// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "tmc/base/host/process.hpp"
#include "tmc/memory/prometheus.hpp"

namespace tmc::memory {
namespace {

using ::testing::HasSubstr;

TEST(MetricsTest, CountsOfTheSameLabelsAreOne) {
  Registry registry;
  const Counting first(registry, {"arena", "b"}), second(registry, {"arena", "b"}), other(registry, {"arena", "a"});
  first.cell().retained(4096);
  first.cell().allocated(100);
  second.cell().allocated(50);
  second.cell().released(20);
  second.cell().refused();
  first.cell().returned(96);
  const auto counts = registry.read();
  ASSERT_EQ(counts.size(), 2U);
  EXPECT_EQ(counts[0].first.model, "a");
  const Counts& sum = counts[1].second;
  EXPECT_EQ(sum.allocated_bytes, 150U);
  EXPECT_EQ(sum.allocations, 2U);
  EXPECT_EQ(sum.live_bytes, 130U);
  EXPECT_EQ(sum.retained_bytes, 4000U);
  EXPECT_EQ(sum.unused_bytes(), 3870U);
  EXPECT_EQ(sum.returned_bytes, 96U);
  EXPECT_EQ(sum.refused, 1U);
}

TEST(MetricsTest, WhatIsGoneStaysCountedAndItsCellServesTheNext) {
  Registry registry;
  const Cell* cell = nullptr;
  {
    const Counting counting(registry, {"arena", "m"});
    cell = &counting.cell();
    counting.cell().allocated(7);
    counting.cell().released(7);
  }
  const Counting next(registry, {"arena", "m"});
  EXPECT_EQ(&next.cell(), cell);
  next.cell().allocated(1);
  EXPECT_EQ(registry.read()[0].second.allocated_bytes, 8U);
}

TEST(MetricsTest, ThreadsCountAndOneReads) {
  Registry registry;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 50; ++round) {
        const Counting counting(registry, {"arena", "m"});
        for (int n = 0; n < 100; ++n) counting.cell().allocated(3);
        counting.cell().released(300);
      }
    });
  }
  uint64_t last = 0;
  for (int i = 0; i < 200; ++i) {
    const auto counts = registry.read();
    if (counts.empty()) continue;
    EXPECT_GE(counts[0].second.allocated_bytes, last);
    last = counts[0].second.allocated_bytes;
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(registry.read()[0].second.allocated_bytes, 4U * 50 * 300);
  EXPECT_EQ(registry.read()[0].second.live_bytes, 0U);
}

TEST(PrometheusTest, WritesFamiliesAndEscapesLabels) {
  Registry registry;
  const Counting counting(registry, {"arena", "a\"b\\c\nd"});
  counting.cell().allocated(5);
  EXPECT_THAT(prometheus(registry), HasSubstr("# HELP tinymlc_memory_live_bytes Bytes that are given out.\n"
                                              "# TYPE tinymlc_memory_live_bytes gauge\n"
                                              R"(tinymlc_memory_live_bytes{pool="arena",model="a\"b\\c\nd"} 5)"
                                              "\n"));
}

// What Prometheus' own parser reads, each sample as name|type|pool|model|value; nothing where it is not installed.
constexpr char kParse[] = R"(
import sys
sys.path.append(sys.argv[2])
try:
    from prometheus_client.parser import text_string_to_metric_families
except ImportError:
    sys.exit(77)
for family in text_string_to_metric_families(open(sys.argv[1]).read()):
    assert family.documentation
    for s in family.samples:
        print(s.name, family.type, s.labels["pool"], ascii(s.labels["model"]), int(s.value), sep="|")
)";

TEST(PrometheusTest, ItsOwnParserReadsIt) {
  Registry registry;
  const Counting counting(registry, {"arena", "a\"b\\c\nd"}), tensors(registry, {"tensors", "m"});
  counting.cell().retained(4096);
  counting.cell().allocated(5);
  tensors.cell().allocated(9007199254740992);
  const auto path = std::filesystem::temp_directory_path() / ("tmc_metrics_" + std::to_string(std::random_device()()));
  std::ofstream(path) << prometheus(registry);
  const char* chosen = std::getenv("TINYMLC_PYTHON");
  const auto venv = std::filesystem::path(TMC_SOURCE_FOLDER) / "build/venv";
  const std::string python = chosen != nullptr ? chosen : (venv / "bin/python").string();
  const auto finished =
      run_process({.arguments = {python, "-c", kParse, path.string(), (venv / "metrics").string()}, .directory = {}});
  std::filesystem::remove(path);
  if (!finished.ok() || finished->exit_code == 77) GTEST_SKIP() << "prometheus_client is not installed (scripts/setup)";
  EXPECT_EQ(finished->exit_code, 0) << finished->err;
  const std::string name = "tinymlc_memory_";
  EXPECT_THAT(finished->out, HasSubstr(name + R"(unused_bytes|gauge|arena|'a"b\\c\nd'|4091)"));
  EXPECT_THAT(finished->out, HasSubstr(name + "allocated_bytes_total|counter|tensors|'m'|9007199254740992"));
  EXPECT_EQ(std::count(finished->out.begin(), finished->out.end(), '\n'), 14);
}

}  // namespace
}  // namespace tmc::memory
