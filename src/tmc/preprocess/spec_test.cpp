// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/preprocess/spec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/base/host/files.hpp"

namespace tmc::preprocess {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Spec, ReadsAnImage) {
  const auto spec = parse_spec(R"(
labels: [cat, dog, "yes"]
image:
  fit: crop
  color: bgr
  layout: nchw
  scale: [0.1, 0.2, 0.3]
  offset: -1
  units: element
)",
                               "");
  ASSERT_TRUE(spec.ok()) << spec.status().text();
  EXPECT_THAT(spec->labels, ElementsAre("cat", "dog", "yes"));
  ASSERT_TRUE(spec->image);
  EXPECT_EQ(spec->image->fit, ImageSpec::Fit::kCrop);
  EXPECT_EQ(spec->image->color, ImageSpec::Color::kBgr);
  EXPECT_TRUE(spec->image->channels_first);
  EXPECT_THAT(spec->image->scale, ElementsAre(0.1, 0.2, 0.3));
  EXPECT_THAT(spec->image->offset, ElementsAre(-1));
  EXPECT_EQ(spec->image->units, Units::kElement);
  EXPECT_FALSE(spec->sound);
}

TEST(Spec, ReadsASoundWithItsDefaults) {
  const auto spec = parse_spec("sound:\n  coefficients: 2\n  mean: [1, 2]\n", "");
  ASSERT_TRUE(spec.ok()) << spec.status().text();
  ASSERT_TRUE(spec->sound);
  EXPECT_EQ(spec->sound->frames(), 49);
  EXPECT_EQ(spec->sound->features(), 2);
  EXPECT_THAT(spec->sound->mean, ElementsAre(1, 2));
}

TEST(Spec, ReadsLabelsFromAFileBesideIt) {
  const auto folder = ScratchFolder::make();
  ASSERT_TRUE(folder.ok());
  ASSERT_TRUE(write_file(folder->path() / "labels.txt", "a\r\nb c\n\nd").ok());
  ASSERT_TRUE(write_file(folder->path() / "spec.yaml", "labels_file: labels.txt\n").ok());
  const auto spec = load_spec(folder->path() / "spec.yaml");
  ASSERT_TRUE(spec.ok()) << spec.status().text();
  EXPECT_THAT(spec->labels, ElementsAre("a", "b c", "d"));
}

TEST(Spec, SaysWhatIsWrong) {
  const std::pair<const char*, const char*> cases[] = {
      {"colour: red", "unknown key 'colour'"},
      {"image: 3", "image is no mapping"},
      {"image: {fit: squeeze}", "'fit' is no word of stretch, crop"},
      {"image: {scale: [1, 2]}", "nor one a channel"},
      {"image: {scale: x}", "'scale'"},
      {"image: {scale: []}", "'scale'"},
      {"labels: [1, 2]", "quote"},
      {"labels: a", "labels"},
      {"sound: {fft_points: 500}", "power of two"},
      {"sound: {fft_points: 256}", "holds the window"},
      {"sound: {samples: 0}", "from 1 to"},
      {"sound: {samples: 99999999999999999999}", "'samples'"},
      {"sound: {hop_samples: 0}", "'hop_samples'"},
      {"sound: {samples: 100}", "shorter than the window"},
      {"sound: {mel_low_hz: 8000}", "range"},
      {"sound: {floor: 0}", "'floor'"},
      {"sound: {coefficients: 41}", "more coefficients"},
      {"sound: {deviation: 0}", "zero"},
      {"sound: {mean: [1, 2]}", "one a feature"},
      {"labels_file: 3", "labels_file"},
  };
  for (const auto& [yaml, message] : cases) {
    const auto spec = parse_spec(yaml, "");
    ASSERT_FALSE(spec.ok()) << yaml;
    EXPECT_EQ(spec.status().code(), Error::kMalformed) << yaml;
    EXPECT_THAT(spec.status().text(), HasSubstr(message)) << yaml;
  }
}

}  // namespace
}  // namespace tmc::preprocess
