// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/preprocess/decode.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tmc/preprocess/testing/small_files.hpp"

namespace tmc::preprocess {
namespace {

using ::testing::ElementsAre;
using testing::png_of;
using testing::wav_of;

TEST(DecodeImage, Png) {
  const auto image = decode_image(png_of(1, 2, {1, 2, 3, 250, 251, 252}));
  ASSERT_TRUE(image.ok()) << image.status().text();
  EXPECT_EQ(image->height, 1);
  EXPECT_EQ(image->width, 2);
  EXPECT_THAT(image->rgb, ElementsAre(1, 2, 3, 250, 251, 252));
}

TEST(DecodeImage, EveryTruncationOfAPngIsRefused) {
  const std::string file = png_of(3, 3, std::vector<uint8_t>(27, 9));
  for (size_t size = 0; size + 16 < file.size(); ++size) {
    EXPECT_FALSE(decode_image(file.substr(0, size)).ok()) << size;
  }
}

TEST(DecodeImage, EveryChangedByteIsReadOrRefused) {
  const std::string file = png_of(2, 2, std::vector<uint8_t>(12, 9));
  for (size_t at = 0; at < file.size(); ++at) {
    for (const int flip : {1, 0x80, 0xff}) {
      std::string changed = file;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      const auto image = decode_image(changed);
      EXPECT_TRUE(!image.ok() || image->rgb.size() == static_cast<size_t>(3 * image->height * image->width));
    }
  }
}

TEST(DecodeImage, HugeHeadersAreRefusedBeforeAnythingIsAllocated) {
  std::string file = png_of(2, 2, std::vector<uint8_t>(12, 9));
  file.replace(16, 8, std::string("\x00\x0f\x00\x00\x00\x0f\x00\x00", 8));  // 983,040 pixels each way
  EXPECT_FALSE(decode_image(file).ok());
}

TEST(DecodeImage, OtherFilesAreRefused) {
  for (const char* file : {"", "BM", "GIF89a", "\xff\xd8\xff", "\xff\xd8\xff\xe0 and then nothing", "\x89PNG"}) {
    EXPECT_EQ(decode_image(file).status().code(), Error::kMalformed) << file;
  }
}

TEST(DecodeSound, MonoAndStereo) {
  const auto mono = decode_sound(wav_of(1, {0, 16384, -32768}));
  ASSERT_TRUE(mono.ok()) << mono.status().text();
  EXPECT_EQ(mono->sample_rate_hz, 16000);
  EXPECT_THAT(mono->samples, ElementsAre(0, 0.5F, -1));
  const auto stereo = decode_sound(wav_of(2, {0, 16384, -16384, -16384}));
  ASSERT_TRUE(stereo.ok());
  EXPECT_THAT(stereo->samples, ElementsAre(0.25F, -0.5F));
}

TEST(DecodeSound, DamagedFilesAreReadOrRefused) {
  const std::string file = wav_of(1, std::vector<int16_t>(20, 77));
  EXPECT_FALSE(decode_sound("").ok());
  EXPECT_EQ(decode_sound("no sound at all, but some text").status().code(), Error::kMalformed);
  for (size_t at = 0; at < file.size(); ++at) {
    std::string changed = file;
    changed[at] = static_cast<char>(0xff);
    const auto sound = decode_sound(changed);
    EXPECT_TRUE(!sound.ok() || sound->samples.size() <= file.size());
    EXPECT_TRUE(decode_sound(file.substr(0, at)).status().code() != Error::kInternal);
  }
}

}  // namespace
}  // namespace tmc::preprocess
