// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// `main` of the unit tests. The last line says what they and the programs that they started took, for scripts/times.

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

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  const int failed = RUN_ALL_TESTS();
  if (!testing::GTEST_FLAG(list_tests)) {
    std::printf("[ CPU seconds ] %.2f\n", cpu_seconds(RUSAGE_SELF) + cpu_seconds(RUSAGE_CHILDREN));
  }
  return failed;
}
