// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/image/host/open.hpp"

#include <string>

#include "tmc/base/host/sha256.hpp"
#include "tmc/image/check.hpp"

namespace tmc::image {
namespace {

Status malformed(const Fault& fault) {
  const std::string where =
      fault.table == Table::kCount ? "its header" : fmt::format("{} {}", name_of(fault.table), fault.index);
  return error(Error::kMalformed, "no model image that can be run: {} ({})", text_of(fault.reason), where)
      .with_hint("make it again with `tinymlc compile --emit image`");
}

std::string hash_of(const Image& image) {
  return sha256_hex({reinterpret_cast<const char*>(image.constants_begin()), image.constants_bytes()});
}

std::string hash_said(const Image& image) {
  std::string digits;
  for (const uint8_t byte : image.header().constants_sha256) digits += fmt::format("{:02x}", byte);
  return digits;
}

}  // namespace

Result<Image> open(std::span<const std::byte> bytes, Constants constants) {
  Image image;
  Fault fault = image.open(bytes.data(), bytes.size());
  if (fault.is_none()) fault = check(image);
  if (!fault.is_none()) return malformed(fault);
  if (constants == Constants::kHashed && hash_of(image) != hash_said(image)) {
    return error(Error::kMalformed, "the image's constants are not those that its hash is of")
        .with_hint("it was damaged; fetch or make it again");
  }
  return image;
}

}  // namespace tmc::image
