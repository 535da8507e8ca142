// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where the tokens of a step stand in their stream: place[0] is the position of the first of them, modulo 2^32,
// place[1] the slot of the caches that it goes to, and place[2] how many slots are filled before it. The numbers come
// from outside at run time; what is no slot is taken as the nearest, so that nothing outside of the caches is touched.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

constexpr int32_t kStreamPlace = 3;  // numbers

// Goes with the tokens from slot to slot: those behind the sinks are a ring.
struct StreamSlot {
  int32_t slot, filled;
  int32_t slots, sinks;

  StreamSlot(const int32_t* place, int32_t all, int32_t kept)
      : slot(clamp(place[1], 0, all - 1)), filled(clamp(place[2], 0, all)), slots(all), sinks(kept) {}

  // After the token was put into the slot: how many slots it sees.
  int32_t seen() const { return filled < slots ? filled + 1 : slots; }
  void advance() {
    filled = seen();
    slot = slot + 1 < slots ? slot + 1 : sinks;
  }
};

}  // namespace tmc::kernels
