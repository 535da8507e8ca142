// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/base64.hpp"

#include <gtest/gtest.h>

namespace tmc {
namespace {

TEST(Base64, KnowsTheVectorsOfTheRfc) {
  const std::pair<std::string, std::string> kVectors[] = {{"", ""},
                                                          {"f", "Zg=="},
                                                          {"fo", "Zm8="},
                                                          {"foo", "Zm9v"},
                                                          {"foob", "Zm9vYg=="},
                                                          {"fooba", "Zm9vYmE="},
                                                          {"foobar", "Zm9vYmFy"},
                                                          {"\xff\xfe\xfb", "//77"}};
  for (const auto& [plain, coded] : kVectors) {
    const auto bytes = std::as_bytes(std::span(plain));
    EXPECT_EQ(to_base64(bytes), coded);
    EXPECT_EQ(from_base64(coded), (std::vector<std::byte>(bytes.begin(), bytes.end())));
  }
}

TEST(Base64, RefusesWhatIsNoneOrNotCanonical) {
  for (const char* text : {"Z", "Zg=", "Zg", "Z===", "====", "Zg==Zg==", "Z g=", "Zh==", "Zm9=", "Zm9v\n"}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
}

}  // namespace
}  // namespace tmc
