// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// PCG32 (XSH-RR of 64 bits): M. E. O'Neill, "PCG: A family of simple fast space-efficient statistically good algorithms
// for random number generation", HMC-CS-2014-0905; numbers and seeding are those of its minimal C implementation. Its
// state is two words, which are all there is to save. Freestanding.

#include <stdint.h>

namespace tmc::stream {

struct Pcg32 {
  uint64_t state = 0x853C49E6748FEA9BU;
  uint64_t increment = 0xDA3E39CB94B95BDBU;  // odd

  // Different streams of one seed have different numbers.
  static constexpr Pcg32 of(uint64_t seed, uint64_t stream) {
    Pcg32 made{0, stream << 1 | 1};
    made.next();
    made.state += seed;
    made.next();
    return made;
  }
  constexpr uint32_t next() {
    const uint64_t old = state;
    state = old * 6364136223846793005U + increment;
    const auto shifted = static_cast<uint32_t>((old >> 18 ^ old) >> 27);
    const auto turn = static_cast<uint32_t>(old >> 59);
    return shifted >> turn | shifted << ((32 - turn) & 31);
  }
  // The first number is the upper half.
  constexpr uint64_t next_64() {
    const uint64_t high = next();
    return high << 32 | next();
  }
};

}  // namespace tmc::stream
