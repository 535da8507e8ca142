// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "tmc/preprocess/features.hpp"

namespace tmc::preprocess {
namespace {

// A part of an axis of the image, in pixels.
struct Extent {
  double begin, size;
};

struct Weight {
  int64_t from;
  double weight;
};

// For every position of the result, what it takes of the source: a triangle around its middle, cut at the image's edge.
std::vector<std::vector<Weight>> weights_along(Extent part, int64_t source, int64_t result) {
  const double step = part.size / static_cast<double>(result);
  const double reach = std::max(step, 1.0);
  std::vector<std::vector<Weight>> all(static_cast<size_t>(result));
  for (int64_t i = 0; i < result; ++i) {
    const double middle = part.begin + (static_cast<double>(i) + 0.5) * step;
    std::vector<Weight>& weights = all[static_cast<size_t>(i)];
    double sum = 0;
    const auto first = std::max<int64_t>(0, static_cast<int64_t>(std::floor(middle - reach)));
    const auto last = std::min<int64_t>(source - 1, static_cast<int64_t>(std::ceil(middle + reach)));
    for (int64_t at = first; at <= last; ++at) {
      const double weight = 1 - std::abs(static_cast<double>(at) + 0.5 - middle) / reach;
      if (weight <= 0) continue;
      weights.push_back({at, weight});
      sum += weight;
    }
    for (Weight& weight : weights) weight.weight /= sum;
  }
  return all;
}

constexpr size_t kRgb = 3;

// The rows first: [source height, width, 3]; then the columns: [height, width, 3].
std::vector<double> resized(const Image& image, Extent vertical, Extent horizontal, int64_t height, int64_t width) {
  const auto columns = weights_along(horizontal, image.width, width);
  const auto rows = weights_along(vertical, image.height, height);
  const auto row_values = static_cast<size_t>(width) * kRgb;
  std::vector<double> narrowed(static_cast<size_t>(image.height) * row_values);
  for (int64_t y = 0; y < image.height; ++y) {
    for (size_t x = 0; x < columns.size(); ++x) {
      for (const Weight& part : columns[x]) {
        const size_t from = static_cast<size_t>(y * image.width + part.from) * kRgb;
        const size_t to = static_cast<size_t>(y) * row_values + x * kRgb;
        for (size_t c = 0; c < kRgb; ++c) narrowed[to + c] += part.weight * image.rgb[from + c];
      }
    }
  }
  std::vector<double> result(static_cast<size_t>(height) * row_values);
  for (size_t y = 0; y < rows.size(); ++y) {
    for (const Weight& part : rows[y]) {
      const double* const from = narrowed.data() + static_cast<size_t>(part.from) * row_values;
      for (size_t i = 0; i < row_values; ++i) result[y * row_values + i] += part.weight * from[i];
    }
  }
  return result;
}

double at_channel(const std::vector<double>& list, size_t channel) {
  return list.size() == 1 ? list[0] : list[channel];
}

// A channel of a pixel; grey as ITU-R BT.601 weighs it.
double channel_of(const double* rgb, ImageSpec::Color color, size_t channel) {
  switch (color) {
    case ImageSpec::Color::kRgb:
      return rgb[channel];
    case ImageSpec::Color::kBgr:
      return rgb[kRgb - 1 - channel];
    case ImageSpec::Color::kGray:
      return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
  }
  return 0;
}

}  // namespace

std::vector<double> image_features(const Image& image, const ImageSpec& spec, int64_t height, int64_t width) {
  Extent vertical{0, static_cast<double>(image.height)};
  Extent horizontal{0, static_cast<double>(image.width)};
  if (spec.fit == ImageSpec::Fit::kCrop) {
    const double wanted = static_cast<double>(width) / static_cast<double>(height);
    const double cut_width = std::min(horizontal.size, vertical.size * wanted);
    const double cut_height = std::min(vertical.size, horizontal.size / wanted);
    horizontal = {(horizontal.size - cut_width) / 2, cut_width};
    vertical = {(vertical.size - cut_height) / 2, cut_height};
  }
  const std::vector<double> rgb = resized(image, vertical, horizontal, height, width);
  const size_t channels = spec.color == ImageSpec::Color::kGray ? 1 : kRgb;
  const auto pixels = static_cast<size_t>(height * width);
  std::vector<double> features(pixels * channels);
  for (size_t pixel = 0; pixel < pixels; ++pixel) {
    for (size_t c = 0; c < channels; ++c) {
      // Pixels are whole numbers, as in training.
      const double value = std::round(channel_of(rgb.data() + pixel * kRgb, spec.color, c));
      features[spec.channels_first ? c * pixels + pixel : pixel * channels + c] =
          value * at_channel(spec.scale, c) + at_channel(spec.offset, c);
    }
  }
  return features;
}

}  // namespace tmc::preprocess
