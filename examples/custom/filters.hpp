// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Two operators that neither ONNX nor TFLite has, as functions that a chip runs as they are: no heap, no library.

#include <stdint.h>

namespace dsp {

// What `biquad` is given beside its tensors, in the order in which filters.yaml lists it.
struct BiquadParams {
  int32_t frames, channels;
  float b0, b1, b2, a1, a2;
};

// A filter of second order along the frames of every channel, in the transposed direct form II. `input` and `output`
// are [frames, channels] and may be the same memory; `state` has two floats for each channel.
inline void biquad(const BiquadParams& p, const float* input, float* output, float* state) {
  for (int32_t i = 0; i < 2 * p.channels; ++i) state[i] = 0;
  for (int32_t frame = 0; frame < p.frames; ++frame) {
    for (int32_t channel = 0; channel < p.channels; ++channel) {
      float* const s = state + 2 * channel;
      const float x = input[frame * p.channels + channel];
      const float y = p.b0 * x + s[0];
      s[0] = p.b1 * x - p.a1 * y + s[1];
      s[1] = p.b2 * x - p.a2 * y;
      output[frame * p.channels + channel] = y;
    }
  }
}

// The largest magnitude of every `window` frames, and their mean square. Both outputs are [frames / window, channels].
inline void peaks(const float* input, float* peak, float* energy, int32_t windows, int32_t window, int32_t channels) {
  for (int32_t i = 0; i < windows; ++i) {
    for (int32_t channel = 0; channel < channels; ++channel) {
      const float* const first = input + i * window * channels + channel;
      float largest = 0;
      float sum = 0;
      for (int32_t frame = 0; frame < window; ++frame) {
        const float x = first[frame * channels];
        const float magnitude = x < 0 ? -x : x;
        if (magnitude > largest) largest = magnitude;
        sum += x * x;
      }
      peak[i * channels + channel] = largest;
      energy[i * channels + channel] = sum / static_cast<float>(window);
    }
  }
}

// The same peaks of int8 elements, in whatever scale the output has.
inline void peaks(const int8_t* input, int8_t* peak, int32_t windows, int32_t window, int32_t channels,
                  float input_scale, int32_t input_zero_point, float peak_scale, int32_t peak_zero_point) {
  for (int32_t i = 0; i < windows; ++i) {
    for (int32_t channel = 0; channel < channels; ++channel) {
      const int8_t* const first = input + i * window * channels + channel;
      int32_t largest = 0;
      for (int32_t frame = 0; frame < window; ++frame) {
        const int32_t x = first[frame * channels] - input_zero_point;
        const int32_t magnitude = x < 0 ? -x : x;
        if (magnitude > largest) largest = magnitude;
      }
      const float steps = static_cast<float>(largest) * input_scale / peak_scale;
      const int32_t rounded = static_cast<int32_t>(steps + 0.5F) + peak_zero_point;
      peak[i * channels + channel] = static_cast<int8_t>(rounded > 127 ? 127 : rounded);
    }
  }
}

}  // namespace dsp
