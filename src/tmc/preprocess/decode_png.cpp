// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <png.h>

#include "tmc/preprocess/decode_formats.hpp"

namespace tmc::preprocess {

Result<Image> decode_png(std::string_view file) {
  png_image header{};
  header.version = PNG_IMAGE_VERSION;
  const auto refuse = [&] {
    Status status = error(Error::kMalformed, "the PNG is damaged: {}", header.message);
    png_image_free(&header);
    return status;
  };
  if (png_image_begin_read_from_memory(&header, file.data(), file.size()) == 0) return refuse();
  Image image{.height = header.height, .width = header.width, .rgb = {}};
  if (Status status = check_size(image); !status.ok()) {
    png_image_free(&header);
    return status;
  }
  header.format = PNG_FORMAT_RGB;
  image.rgb.resize(static_cast<size_t>(3 * image.height * image.width));
  const png_color black{0, 0, 0};
  if (png_image_finish_read(&header, &black, image.rgb.data(), 0, nullptr) == 0) return refuse();
  return image;
}

}  // namespace tmc::preprocess
