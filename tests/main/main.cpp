// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// `main` of the unit tests. Before the end of each test stands what it and the programs that it started took, for
// scripts/times.

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <cstdio>

namespace {

double cpu_seconds(int who) {
  rusage used{};
  getrusage(who, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

class CpuSeconds : public testing::EmptyTestEventListener {
  void OnTestStart(const testing::TestInfo& /*test*/) override { begin_ = taken(); }
  void OnTestEnd(const testing::TestInfo& /*test*/) override {
    std::printf("[ CPU seconds ] %.2f\n", taken() - begin_);
  }

  static double taken() { return cpu_seconds(RUSAGE_SELF) + cpu_seconds(RUSAGE_CHILDREN); }

  double begin_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  testing::UnitTest::GetInstance()->listeners().Append(new CpuSeconds);
  return RUN_ALL_TESTS();
}
