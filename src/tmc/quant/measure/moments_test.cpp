// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/measure/moments.hpp"

#include <gtest/gtest.h>

#include <random>

namespace tmc::quant {
namespace {

TEST(Moments, AreThoseOfAllPatchesHoweverManyThereAre) {
  constexpr int64_t kGroups = 3, kLength = 5;
  for (const int patches : {0, 1, 63, 64, 65, 128, 200}) {
    std::mt19937 rng(7);
    std::uniform_real_distribution<float> uniform(-2, 2);
    MomentSum sum({kGroups, kGroups, kLength}, MomentOrder::kSecond);
    MomentSum means({kGroups, kGroups, kLength}, MomentOrder::kFirst);
    std::vector<double> first(kGroups * kLength), second(kGroups * kLength * kLength);
    for (int patch = 0; patch < patches; ++patch) {
      for (int64_t group = 0; group < kGroups; ++group) {
        std::vector<float> elements(kLength);
        for (float& element : elements) element = uniform(rng);
        sum.add(group, elements);
        means.add(group, elements);
        for (int64_t i = 0; i < kLength; ++i) {
          first[group * kLength + i] += static_cast<double>(elements[i]) / patches;
          for (int64_t j = 0; j < kLength; ++j) {
            second[(group * kLength + i) * kLength + j] += static_cast<double>(elements[i]) * elements[j] / patches;
          }
        }
      }
    }
    const Moments found = std::move(sum).finish();
    const Moments found_means = std::move(means).finish();
    EXPECT_EQ(found.patches, patches);
    EXPECT_TRUE(found_means.second.empty());
    ASSERT_EQ(found.second.size(), second.size());
    for (size_t i = 0; i < first.size(); ++i) {
      EXPECT_NEAR(found.mean[i], first[i], 1e-9) << patches;
      EXPECT_EQ(found.mean[i], found_means.mean[i]) << patches;
    }
    for (size_t i = 0; i < second.size(); ++i) EXPECT_NEAR(found.second[i], second[i], 1e-9) << patches;
  }
}

}  // namespace
}  // namespace tmc::quant
