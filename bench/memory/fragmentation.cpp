// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// Fragmentation over many requests of mixed sizes (requests.hpp), 16 of them under way at any time and interleaved at
// random, each block released when it is dead. Prints a line of CSV for each hundredth of the requests: bytes, the
// blocks that were refused until then, and in percent
// - what the tensor pool holds beyond the most that was live until then, of that, at the worst moment of the hundredth
// - what rounding to lines and units takes of the blocks that are live
// - what rounding to lines leaves between the blocks of an arena, of what a request takes
//   memory_fragmentation [REQUESTS [CAPACITY_BYTES [KEPT_PERCENT]]] > fragmentation.csv
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
      count(running.blocks[running.step]);
    }
    for (const size_t life : {size_t{2}, kLongestLife}) {
      const size_t index = running.step - life;
      if (running.step >= life && index < bytes.size() && lifetime(index) == life) {
        if (running.blocks[index]) release(*running.blocks[index]);
      }
    }
    if (++running.step < bytes.size() + kLongestLife) return false;
    running.step = 0;
    running.request = &draw();
    return true;
  }

  size_t asked_bytes() const { return asked_bytes_; }
  size_t refused() const { return refused_; }

 private:
  void count(const std::optional<memory::TensorHandle>& block) {
    if (block) {
      asked_bytes_ += block->bytes();
    } else {
      ++refused_;
    }
  }
  void release(const memory::TensorHandle& block) {
    if (!pool_.release(block)) std::abort();
    asked_bytes_ -= block.bytes();
  }
  const Request& draw() { return requests_[random_() % requests_.size()]; }

  memory::TensorPool& pool_;
  size_t asked_bytes_ = 0, refused_ = 0;
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

void run(size_t requests, size_t capacity_bytes, double kept_percent) {
  memory::Registry registry;
  memory::TensorPool pool(capacity_bytes, registry, {"tensors", "bench"}, {.most_kept_share = kept_percent / 100});
  memory::Arena arena(4 << 20, registry, {"arena", "bench"});
  Workload workload(pool);
  const auto drawn = all_requests();
  const size_t every = std::max<size_t>(requests / 100, 1);
  fmt::print("requests,live,peak live,retained,refused,held beyond the peak,rounding of blocks,gaps in the arena\n");
  double gaps = 0, beyond = 0;
  for (size_t done = 0; done < requests;) {
    if (!workload.advance()) continue;
    gaps = std::max(gaps, arena_gaps(arena, drawn[done % drawn.size()]));
    const auto now = pool.statistics();
    if (now.retained_bytes > now.peak_live_bytes) {
      beyond = std::max(beyond, percent(now.retained_bytes - now.peak_live_bytes, now.peak_live_bytes));
    }
    if (++done % every != 0) continue;
    fmt::print("{},{},{},{},{},{:.3f},{:.3f},{:.3f}\n", done, now.live_bytes, now.peak_live_bytes, now.retained_bytes,
               workload.refused(), beyond, percent(now.live_bytes - workload.asked_bytes(), now.live_bytes), gaps);
    beyond = 0;
  }
}

}  // namespace
}  // namespace tmc::bench

int main(int argc, char** argv) {
  tmc::bench::run(argc > 1 ? std::stoull(argv[1]) : 10'000'000, argc > 2 ? std::stoull(argv[2]) : 64 << 20,
                  argc > 3 ? std::stod(argv[3]) : 2);
}
