// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What lasts from one run of an image to the next, as it is before the first. Freestanding.

#include "tmc/image/image.hpp"

namespace tmc::image {

// How many bytes the state of a checked image takes; none where it has no state.
inline size_t state_bytes(const Image& image) {
  const uint32_t buffer = image.header().state_buffer;
  return buffer == kAbsent ? 0 : image.buffers()[buffer].bytes;
}

// Writes state_bytes() of them, the image's own or zeros.
inline void begin_state(const Image& image, uint8_t* state) {
  const size_t bytes = state_bytes(image);
  const uint32_t initial = image.header().initial_state;
  if (bytes == 0) return;
  if (initial == kAbsent) {
    __builtin_memset(state, 0, bytes);
  } else {
    __builtin_memcpy(state, image.constant(initial), bytes);
  }
}

}  // namespace tmc::image
