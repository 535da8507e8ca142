// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// The latency of all allocations and releases of one inference (requests.hpp), by allocator and number of threads.
// "Use" is a write to the first byte of each block (pages=0), or to each of its pages (pages=1).
//   memory_churn [Google Benchmark's options]
#include <benchmark/benchmark.h>
#include <mimalloc.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <memory_resource>

#include "requests.hpp"
#include "tmc/memory/arena.hpp"
#include "tmc/memory/object_pool.hpp"
#include "tmc/memory/tensor_pool.hpp"

namespace tmc::bench {
namespace {

constexpr size_t kArenaBytes = 4 << 20;

memory::Registry& registry() {
  static memory::Registry registry;
  return registry;
}

// Each has begin() and end() of a request, allocate and release of its blocks. Made once a thread.
struct OurArena {
  memory::Arena arena{kArenaBytes, registry(), {"arena", "bench"}};
  void begin() {}
  void* allocate(size_t bytes) { return arena.allocate(bytes); }
  void release(void*, size_t) {}
  void end() { arena.reset(); }
};

struct OurPoolOfArenas {
  using Pool = memory::ObjectPool<memory::Arena>;
  static Pool& pool() {
    static Pool pool(8, [] {
      return std::make_unique<memory::Arena>(kArenaBytes, registry(), memory::Labels{"leased", "bench"});
    });
    return pool;
  }
  Pool::Lease lease;
  void begin() { lease = pool().acquire(); }
  void* allocate(size_t bytes) { return lease->allocate(bytes); }
  void release(void*, size_t) {}
  void end() {
    lease->reset();
    lease.end();
  }
};

// That keeps so many hundredths more than the most that was live.
template <int kKeptPercent>
struct OurTensorPool {
  static memory::TensorPool& pool() {
    static memory::TensorPool pool(64 << 20, registry(), {"tensors", "bench"},
                                   {.most_kept_share = kKeptPercent / 100.0});
    return pool;
  }
  void begin() {}
  void* allocate(size_t bytes) { return static_cast<std::pmr::memory_resource&>(pool()).allocate(bytes, 64); }
  void release(void* block, size_t bytes) {
    static_cast<std::pmr::memory_resource&>(pool()).deallocate(block, bytes, 64);
  }
  void end() {}
};

using OurTensorPool2 = OurTensorPool<2>;
using OurTensorPool50 = OurTensorPool<50>;

struct StdAllocator {
  std::allocator<std::byte> allocator;
  void begin() {}
  void* allocate(size_t bytes) { return allocator.allocate(bytes); }
  void release(void* block, size_t bytes) { allocator.deallocate(static_cast<std::byte*>(block), bytes); }
  void end() {}
};

template <typename Resource>
struct OfResource {
  Resource own;
  void begin() {}
  void* allocate(size_t bytes) { return own.allocate(bytes, 64); }
  void release(void* block, size_t bytes) { own.deallocate(block, bytes, 64); }
  void end() {}
};
using PmrUnsynchronized = OfResource<std::pmr::unsynchronized_pool_resource>;

struct PmrSynchronized {
  static std::pmr::synchronized_pool_resource& pool() {
    static std::pmr::synchronized_pool_resource pool;
    return pool;
  }
  void begin() {}
  void* allocate(size_t bytes) { return pool().allocate(bytes, 64); }
  void release(void* block, size_t bytes) { pool().deallocate(block, bytes, 64); }
  void end() {}
};

struct PmrMonotonic {
  std::unique_ptr<std::byte[]> buffer = std::make_unique<std::byte[]>(kArenaBytes);
  std::pmr::monotonic_buffer_resource own{buffer.get(), kArenaBytes};
  void begin() {}
  void* allocate(size_t bytes) { return own.allocate(bytes, 64); }
  void release(void*, size_t) {}
  void end() { own.release(); }
};

struct Mimalloc {
  void begin() {}
  void* allocate(size_t bytes) { return mi_malloc(bytes); }
  void release(void* block, size_t) { mi_free(block); }
  void end() {}
};

template <typename Allocator>
void run_request(Allocator& allocator, const Request& request, size_t step, std::vector<void*>& blocks) {
  allocator.begin();
  const size_t count = request.bytes.size();
  for (size_t i = 0; i < count + kLongestLife; ++i) {
    if (i < count) {
      auto* const block = static_cast<volatile char*>(allocator.allocate(request.bytes[i]));
      blocks[i] = const_cast<char*>(block);
      for (size_t at = 0; at < request.bytes[i]; at += step) block[at] = 1;
    }
    for (const size_t life : {size_t{2}, kLongestLife}) {
      if (i >= life && i - life < count && lifetime(i - life) == life) {
        allocator.release(blocks[i - life], request.bytes[i - life]);
      }
    }
  }
  allocator.end();
}

double quantile(std::vector<uint32_t>& sorted, double share) {
  return sorted[static_cast<size_t>(share * static_cast<double>(sorted.size() - 1))];
}

template <typename Allocator>
void churn(benchmark::State& state) {
  static const std::vector<Request> kRequests = all_requests();
  const size_t step = state.range(0) != 0 ? 4096 : SIZE_MAX / 2;
  Allocator allocator;
  std::mt19937 random(static_cast<unsigned>(state.thread_index()) + 1);
  std::vector<void*> blocks(64);
  for (int i = 0; i < 1000; ++i) run_request(allocator, kRequests[random() % kRequests.size()], step, blocks);
  std::vector<uint32_t> nanoseconds;
  nanoseconds.reserve(state.max_iterations);
  for (auto _ : state) {
    const Request& request = kRequests[random() % kRequests.size()];
    const auto begin = std::chrono::steady_clock::now();
    run_request(allocator, request, step, blocks);
    const auto time = std::chrono::steady_clock::now() - begin;
    nanoseconds.push_back(static_cast<uint32_t>(std::chrono::nanoseconds(time).count()));
  }
  std::sort(nanoseconds.begin(), nanoseconds.end());
  const auto mean = benchmark::Counter::kAvgThreads;
  state.counters["p50"] = benchmark::Counter(quantile(nanoseconds, 0.5), mean);
  state.counters["p99"] = benchmark::Counter(quantile(nanoseconds, 0.99), mean);
  state.counters["p99.9"] = benchmark::Counter(quantile(nanoseconds, 0.999), mean);
}

#define TMC_CHURN(Allocator)  \
  BENCHMARK(churn<Allocator>) \
      ->Name(#Allocator)      \
      ->ArgName("pages")      \
      ->Arg(0)                \
      ->Arg(1)                \
      ->Iterations(20000)     \
      ->Threads(1)            \
      ->Threads(2)            \
      ->Threads(8)            \
      ->UseRealTime()
TMC_CHURN(OurArena);
TMC_CHURN(OurPoolOfArenas);
TMC_CHURN(OurTensorPool2);
TMC_CHURN(OurTensorPool50);
TMC_CHURN(StdAllocator);
TMC_CHURN(PmrUnsynchronized);
TMC_CHURN(PmrSynchronized);
TMC_CHURN(PmrMonotonic);
TMC_CHURN(Mimalloc);

}  // namespace
}  // namespace tmc::bench

BENCHMARK_MAIN();
