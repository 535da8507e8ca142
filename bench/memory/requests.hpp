// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The activations of one inference, as networks that are used have them: elements of each layer's output in order. Four
// networks, in elements of f32, f16 or bf16, are drawn at random for each request.

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace tmc::bench {

// The keyword spotter, image classifier and person detector of MLPerf Tiny, and a BERT of two layers, 128 wide, for 128
// tokens.
inline const std::vector<std::vector<size_t>>& networks() {
  static const std::vector<std::vector<size_t>> kNetworks = {
      {490, 8000, 8000, 8000, 8000, 8000, 8000, 8000, 8000, 8000, 64, 12},
      {3072, 16384, 16384, 16384, 16384, 8192, 8192, 8192, 8192, 4096, 4096, 4096, 4096, 64, 10},
      {27648, 18432, 18432, 36864, 9216, 18432, 18432, 18432, 4608, 9216, 9216, 9216, 2304, 4608, 4608,
       4608,  4608,  4608,  4608,  4608, 4608,  4608,  4608,  4608, 1152, 2304, 2304, 2304, 256,  2},
      {16384, 16384, 16384, 16384, 32768, 16384, 16384, 65536, 16384, 16384,
       16384, 16384, 16384, 32768, 16384, 16384, 65536, 16384, 128,   2},
  };
  return kNetworks;
}

// Bytes of the blocks of a request, and behind how many further blocks each is dead: two, as what the next layer reads,
// or five for each fourth, as residuals are.
struct Request {
  std::vector<size_t> bytes;
};
constexpr size_t kLongestLife = 5;
constexpr size_t lifetime(size_t index) {
  return index % 4 == 3 ? kLongestLife : 2;
}

inline std::vector<Request> all_requests() {
  std::vector<Request> requests;
  for (const auto& network : networks()) {
    for (const size_t element_bytes : {4, 2}) {
      Request request;
      for (const size_t elements : network) request.bytes.push_back(elements * element_bytes);
      requests.push_back(request);
      if (element_bytes == 2) requests.push_back(request);  // f16 and bf16
    }
  }
  return requests;
}

}  // namespace tmc::bench
