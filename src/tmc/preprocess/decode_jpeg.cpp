// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include "tmc/preprocess/decode_formats.hpp"

namespace tmc::preprocess {
namespace {

// libjpeg leaves through a long jump where it cannot go on; nothing with a destructor lives in the frames it skips.
struct Failure {
  jpeg_error_mgr manager;
  jmp_buf leave;
  char message[JMSG_LENGTH_MAX];
};

void leave(j_common_ptr info) {
  auto* const failure = reinterpret_cast<Failure*>(info->err);
  info->err->format_message(info, failure->message);
  longjmp(failure->leave, 1);
}

void keep_quiet(j_common_ptr) {}

// Both false where libjpeg gave up; `failure` then holds its message.
bool read_header(jpeg_decompress_struct& info, Failure& failure, std::string_view file) {
  if (setjmp(failure.leave) != 0) return false;
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(file.data()), file.size());
  jpeg_read_header(&info, TRUE);
  info.out_color_space = JCS_RGB;
  return true;
}

bool read_pixels(jpeg_decompress_struct& info, Failure& failure, uint8_t* rgb) {
  if (setjmp(failure.leave) != 0) return false;
  jpeg_start_decompress(&info);
  const size_t row_bytes = size_t{3} * info.output_width;
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = rgb + row_bytes * info.output_scanline;
    jpeg_read_scanlines(&info, &row, 1);
  }
  jpeg_finish_decompress(&info);
  return true;
}

}  // namespace

Result<Image> decode_jpeg(std::string_view file) {
  jpeg_decompress_struct info{};
  Failure failure{};
  info.err = jpeg_std_error(&failure.manager);
  failure.manager.error_exit = leave;
  failure.manager.output_message = keep_quiet;
  Status status;
  Image image;
  if (read_header(info, failure, file)) {
    image.height = info.image_height;
    image.width = info.image_width;
    status = check_size(image);
    if (status.ok()) {
      image.rgb.resize(static_cast<size_t>(3 * image.height * image.width));
      if (!read_pixels(info, failure, image.rgb.data())) {
        status = error(Error::kMalformed, "the JPEG is damaged: {}", failure.message);
      }
    }
  } else {
    status = error(Error::kMalformed, "the JPEG is damaged: {}", failure.message);
  }
  // A truncated file is filled up with grey, and counted as a warning.
  if (status.ok() && failure.manager.num_warnings > 0) status = error(Error::kMalformed, "the JPEG is damaged");
  jpeg_destroy_decompress(&info);
  if (!status.ok()) return status;
  return image;
}

}  // namespace tmc::preprocess
