// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/preprocess/anomaly_spec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tmc/base/host/files.hpp"
#include "tmc/preprocess/spec.hpp"

namespace tmc::preprocess {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(AnomalySpec, ReadsAFileBesideTheYaml) {
  const auto folder = ScratchFolder::make();
  ASSERT_TRUE(folder.ok());
  ASSERT_TRUE(write_file(folder->path() / "a.json", R"({"kind": "kmeans", "centroids": [[1, 2], [3, 4]]})").ok());
  const auto spec = parse_spec("anomaly: {file: a.json, threshold: 2}\n", folder->path());
  ASSERT_TRUE(spec.ok()) << spec.status().text();
  EXPECT_EQ(spec->anomaly->threshold, 2);
  EXPECT_EQ(spec->anomaly->dimension(), 2);
  EXPECT_THAT(std::get<KMeans>(spec->anomaly->model).centroids[1], ElementsAre(3, 4));
  ASSERT_TRUE(write_file(folder->path() / "a.json", R"({"kind": "kmeans", "centroids": [[1, 2], [3]]})").ok());
  EXPECT_THAT(parse_spec("anomaly: {file: a.json}\n", folder->path()).status().text(), HasSubstr("a.json"));
}

TEST(AnomalySpec, FactorsWhitenTheCovariance) {
  const auto spec = parse_spec(
      "anomaly: {kind: gaussian_mixture, weights: [1], means: [[0, 0]], covariances: [[[4, 2], [2, 5]]]}\n", "");
  ASSERT_TRUE(spec.ok()) << spec.status().text();
  const auto& mixture = std::get<GaussianMixture>(spec->anomaly->model);
  // L = [[2, 0], [1, 2]]; its inverse is [[1/2, 0], [-1/4, 1/2]].
  EXPECT_THAT(mixture.factors[0], ElementsAre(0.5, -0.25, 0, 0.5));
  EXPECT_THAT(mixture.offsets, ElementsAre(DoubleNear(-std::log(4) - std::log(2 * std::numbers::pi), 1e-12)));
}

TEST(AnomalySpec, SaysWhatIsWrong) {
  const auto refusal = [](const std::string& anomaly) {
    const auto spec = parse_spec("anomaly: " + anomaly + "\n", "");
    EXPECT_FALSE(spec.ok()) << anomaly;
    return std::string(spec.status().text());
  };
  EXPECT_THAT(refusal("{centroids: [[1]]}"), HasSubstr("lacks the key 'kind'"));
  EXPECT_THAT(refusal("{kind: kmeans}"), HasSubstr("no list of rows"));
  EXPECT_THAT(refusal("{kind: kmeans, centroids: [[1]], threshold: high}"), HasSubstr("key 'threshold'"));
  EXPECT_THAT(refusal("{kind: gaussian_mixture, means: [[1]], weights: [0], covariances: [[[1]]]}"),
              HasSubstr("not above 0"));
  EXPECT_THAT(refusal("{kind: gaussian_mixture, means: [[1]], weights: [1], covariances: [[[0]]]}"),
              HasSubstr("positive definite"));
  EXPECT_THAT(
      refusal("{kind: gaussian_mixture, means: [[1, 1]], weights: [1], covariances: [1], covariance_type: diag}"),
      HasSubstr("rows of numbers"));
}

}  // namespace
}  // namespace tmc::preprocess
