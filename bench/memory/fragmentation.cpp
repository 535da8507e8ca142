// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// Fragmentation over many requests of mixed sizes (requests.hpp), 16 of them under way at any time and interleaved at
// random, each block released when it is dead. Prints a line of CSV for each hundredth of the requests: shares, in
// percent, of the tensor pool's pages that no block lies in though others cannot have them (holes in slabs), of the
// pages below its highest used one that are free (holes between runs), and of an arena that is neither given out nor
// one run.
//   memory_fragmentation REQUESTS > fragmentation.csv
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string>

#include "requests.hpp"
#include "tmc/memory/arena.hpp"
#include "tmc/memory/tensor_pool.hpp"

namespace tmc::bench {
namespace {

constexpr size_t kUnderWay = 16;

struct Running {
  const Request* request = nullptr;
  size_t step = 0;
  std::array<std::optional<memory::TensorHandle>, 64> blocks;
};

class Workload {
 public:
  explicit Workload(memory::TensorPool& pool) : pool_(pool) {
    for (Running& running : running_) running.request = &draw();
  }

  // One layer of one request. True: it was the request's last.
  bool advance() {
    Running& running = running_[random_() % kUnderWay];
    const auto& bytes = running.request->bytes;
    if (running.step < bytes.size()) {
      running.blocks[running.step] = pool_.allocate(DType::kBF16, bytes[running.step] / 2);
      if (!running.blocks[running.step]) std::abort();
    }
    for (const size_t life : {size_t{2}, kLongestLife}) {
      const size_t index = running.step - life;
      if (running.step >= life && index < bytes.size() && lifetime(index) == life) {
        if (!pool_.release(*running.blocks[index])) std::abort();
      }
    }
    if (++running.step < bytes.size() + kLongestLife) return false;
    running.step = 0;
    running.request = &draw();
    return true;
  }

 private:
  const Request& draw() { return requests_[random_() % requests_.size()]; }

  memory::TensorPool& pool_;
  std::mt19937_64 random_{15};
  std::vector<Request> requests_ = all_requests();
  std::array<Running, kUnderWay> running_;
};

double percent(size_t part, size_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

// What rounding to cache lines leaves between the blocks of a request, of what it takes.
double arena_gaps(memory::Arena& arena, const Request& request) {
  size_t asked = 0;
  for (const size_t bytes : request.bytes) {
    if (arena.allocate(bytes) == nullptr) std::abort();
    asked += bytes;
  }
  const double gaps = percent(arena.used_bytes() - asked, arena.used_bytes());
  arena.reset();
  return gaps;
}

void run(size_t requests) {
  memory::Registry registry;
  memory::TensorPool pool(64 << 20, registry, {"tensors", "bench"});
  memory::Arena arena(4 << 20, registry, {"arena", "bench"});
  Workload workload(pool);
  const auto drawn = all_requests();
  const size_t every = std::max<size_t>(requests / 100, 1);
  fmt::print("requests,live,holes in slabs,holes between runs,retained,gaps in the arena\n");
  double gaps = 0;
  for (size_t done = 0; done < requests;) {
    if (!workload.advance()) continue;
    gaps = std::max(gaps, arena_gaps(arena, drawn[done % drawn.size()]));
    if (++done % every != 0) continue;
    const auto now = pool.statistics();
    const size_t live = now.counts.live_bytes;
    fmt::print("{},{},{:.3f},{:.3f},{},{:.3f}\n", done, live, percent(now.page_bytes_used - live, now.page_bytes_used),
               percent(now.span_bytes - now.page_bytes_used, now.span_bytes), now.counts.retained_bytes, gaps);
  }
}

}  // namespace
}  // namespace tmc::bench

int main(int argc, char** argv) {
  tmc::bench::run(argc > 1 ? std::stoull(argv[1]) : 10'000'000);
}
