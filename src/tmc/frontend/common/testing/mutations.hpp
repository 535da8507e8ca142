// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Damaged copies of a model file: what a reader of untrusted files has to survive.

#include <algorithm>
#include <cstddef>
#include <functional>
#include <random>
#include <span>
#include <vector>

namespace tmc::frontend {

// Calls `use` with the file cut at every 64th of its length, and with `flips` copies in which one to eight bits are
// flipped. Half of these lie in the first 4 kB, where small files and the tables of large ones are. The same copies
// every time.
inline void for_each_mutation(std::span<const std::byte> file, int flips,
                              const std::function<void(std::span<const std::byte>)>& use) {
  for (size_t part = 0; part < 64; ++part) {
    const std::vector<std::byte> cut(file.begin(), file.begin() + static_cast<ptrdiff_t>(file.size() * part / 64));
    use(cut);
  }
  std::mt19937_64 random(20261121);
  std::vector<std::byte> copy(file.begin(), file.end());
  for (int i = 0; i < flips; ++i) {
    const size_t reach = i % 2 == 0 ? copy.size() : std::min<size_t>(copy.size(), 4096);
    std::vector<std::pair<size_t, std::byte>> undo;
    for (uint64_t count = random() % 8 + 1; count > 0; --count) {
      const size_t at = random() % reach;
      undo.emplace_back(at, copy[at]);
      copy[at] ^= std::byte{1} << (random() % 8);
    }
    use(copy);
    for (auto step = undo.rbegin(); step != undo.rend(); ++step) copy[step->first] = step->second;
  }
}

}  // namespace tmc::frontend
