// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>
#include <vector>

#include "tmc/memory/prometheus.hpp"
#include "tmc/memory/testing/prometheus_parser.hpp"

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
  const Counts& sum = counts.at({"arena", "b"});
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
  EXPECT_EQ(registry.read().begin()->second.allocated_bytes, 8U);
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
    EXPECT_GE(counts.begin()->second.allocated_bytes, last);
    last = counts.begin()->second.allocated_bytes;
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(registry.read().begin()->second.allocated_bytes, 4U * 50 * 300);
  EXPECT_EQ(registry.read().begin()->second.live_bytes, 0U);
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

TEST(PrometheusTest, ReplacesWhatIsNoCharacter) {
  EXPECT_EQ(escaped("a\xc3\xa9\xf0\x9f\x98\x80"), "a\xc3\xa9\xf0\x9f\x98\x80");
  EXPECT_EQ(escaped("\xffz"), "\ufffdz");
  EXPECT_EQ(escaped("\xc0\x80"), "\ufffd\ufffd") << "overlong";
  EXPECT_EQ(escaped("\xed\xa0\x80"), "\ufffd\ufffd\ufffd") << "half of a pair";
  EXPECT_EQ(escaped("\xf4\x90\x80\x80"), "\ufffd\ufffd\ufffd\ufffd") << "beyond the last";
  EXPECT_EQ(escaped("\xe2\x82"), "\ufffd\ufffd") << "cut";
}

TEST(PrometheusTest, ItsOwnParserReadsIt) {
  Registry registry;
  const Counting counting(registry, {"arena", "a\"b\\c\nd\xff"}), tensors(registry, {"tensors", "m"});
  counting.cell().retained(4096);
  counting.cell().allocated(5);
  tensors.cell().allocated(9007199254740992);
  const auto read = testing::read_by_prometheus(prometheus(registry));
  if (!read) GTEST_SKIP() << "prometheus_client is not installed (scripts/setup)";
  EXPECT_THAT(*read, HasSubstr(R"(tinymlc_memory_unused_bytes|gauge|model='a"b\\c\nd\ufffd',pool='arena'|4091)"));
  EXPECT_THAT(*read,
              HasSubstr("tinymlc_memory_allocated_bytes_total|counter|model='m',pool='tensors'|9.00719925474099e+15"));
  EXPECT_EQ(std::count(read->begin(), read->end(), '\n'), 14);
}

}  // namespace
}  // namespace tmc::memory
