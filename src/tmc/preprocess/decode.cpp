// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/preprocess/decode.hpp"

#include <sndfile.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "tmc/preprocess/decode_formats.hpp"

namespace tmc::preprocess {
namespace {

// A file in memory, for libsndfile.
struct Reader {
  std::string_view file;
  sf_count_t at = 0;
};

Reader& reader_of(void* user) {
  return *static_cast<Reader*>(user);
}

sf_count_t file_size(void* user) {
  return std::ssize(reader_of(user).file);
}

sf_count_t seek(sf_count_t offset, int whence, void* user) {
  Reader& reader = reader_of(user);
  const sf_count_t size = file_size(user);
  const sf_count_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? reader.at : size;
  if (offset < -from || offset > size - from) return -1;
  return reader.at = from + offset;
}

sf_count_t read(void* to, sf_count_t count, void* user) {
  Reader& reader = reader_of(user);
  const sf_count_t bytes = std::clamp<sf_count_t>(file_size(user) - reader.at, 0, std::max<sf_count_t>(count, 0));
  std::memcpy(to, reader.file.data() + reader.at, static_cast<size_t>(bytes));
  reader.at += bytes;
  return bytes;
}

sf_count_t write_nothing(const void*, sf_count_t, void*) {
  return 0;
}

sf_count_t tell(void* user) {
  return reader_of(user).at;
}

}  // namespace

Status check_size(const Image& image) {
  if (image.height < 1 || image.width < 1) return error(Error::kMalformed, "the image is empty");
  if (image.height > kMostPixels / image.width) {
    return error(Error::kBadInput, "the image of {}x{} pixels is too large", image.width, image.height)
        .with_hint(fmt::format("scale it down to at most {} pixels", kMostPixels));
  }
  return {};
}

Result<Image> decode_image(std::string_view file) {
  if (file.starts_with("\x89PNG")) return decode_png(file);
  if (file.starts_with("\xff\xd8\xff")) return decode_jpeg(file);
  return error(Error::kMalformed, "the file is neither PNG nor JPEG");
}

Result<Sound> decode_sound(std::string_view file) {
  SF_VIRTUAL_IO io{&file_size, &seek, &read, &write_nothing, &tell};
  Reader reader{file};
  SF_INFO info{};
  const std::unique_ptr<SNDFILE, int (*)(SNDFILE*)> opened(sf_open_virtual(&io, SFM_READ, &info, &reader), &sf_close);
  if (!opened) return error(Error::kMalformed, "the file is no sound that can be read: {}", sf_strerror(nullptr));
  if (info.channels < 1 || info.frames < 0 || info.samplerate < 1) {
    return error(Error::kMalformed, "the sound's header is damaged");
  }
  if (info.frames > kMostSamples / info.channels) {
    return error(Error::kBadInput, "the sound of {} samples is too long", info.frames);
  }
  std::vector<float> interleaved(static_cast<size_t>(info.frames * info.channels));
  const sf_count_t frames = sf_readf_float(opened.get(), interleaved.data(), info.frames);
  Sound sound{.sample_rate_hz = info.samplerate, .samples = {}};
  for (sf_count_t frame = 0; frame < frames; ++frame) {
    float sum = 0;
    for (int channel = 0; channel < info.channels; ++channel) {
      sum += interleaved[static_cast<size_t>(frame * info.channels + channel)];
    }
    sound.samples.push_back(sum / static_cast<float>(info.channels));
  }
  return sound;
}

}  // namespace tmc::preprocess
