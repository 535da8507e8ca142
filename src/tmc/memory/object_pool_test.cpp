// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/memory/object_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace tmc::memory {
namespace {

struct Object {
  int uses = 0;
};

std::unique_ptr<Object> make() {
  return std::make_unique<Object>();
}

TEST(ObjectPoolTest, LendsTheLastOneThatCameBack) {
  ObjectPool<Object> pool(2, make);
  auto first = pool.acquire();
  auto second = pool.acquire();
  Object* const last = &*second;
  EXPECT_FALSE(pool.try_acquire());
  EXPECT_FALSE(pool.acquire_for(std::chrono::milliseconds(1)));
  first.end();
  second.end();
  first.end();  // a second time: nothing
  EXPECT_EQ(pool.idle(), 2U);
  EXPECT_EQ(&*pool.acquire(), last);
  EXPECT_EQ(pool.made(), 2U);
}

TEST(ObjectPoolTest, MakesNoneBeforeItIsWanted) {
  ObjectPool<Object> pool(2, make);
  EXPECT_EQ(pool.made(), 0U);
  { const auto lease = pool.acquire(); }
  { const auto lease = pool.acquire(); }
  EXPECT_EQ(pool.made(), 1U);
}

TEST(ObjectPoolTest, WaitsUntilOneIsThere) {
  ObjectPool<Object> pool(1, make);
  auto lease = pool.acquire();
  std::atomic<bool> is_served = false;
  std::thread waits([&] {
    const auto mine = pool.acquire();
    is_served = static_cast<bool>(mine);
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_FALSE(is_served);
  lease.end();
  waits.join();
  EXPECT_TRUE(is_served);
}

TEST(ObjectPoolTest, OneThatCannotBeMadeTakesNoPlace) {
  int tries = 0;
  ObjectPool<Object> pool(1, [&]() -> std::unique_ptr<Object> {
    if (++tries == 1) return nullptr;
    if (tries == 2) throw std::bad_alloc();
    return make();
  });
  EXPECT_FALSE(pool.acquire());
  EXPECT_THROW(static_cast<void>(pool.acquire()), std::bad_alloc);
  EXPECT_TRUE(pool.acquire());
}

TEST(ObjectPoolTest, CleansWhatComesBack) {
  ObjectPool<Object> pool(1, make, [](Object& object) { object.uses = 0; });
  pool.acquire()->uses = 5;
  EXPECT_EQ(pool.acquire()->uses, 0);
}

TEST(ObjectPoolTest, AnObjectIsOfOneThreadAtATime) {
  ObjectPool<Object> pool(3, make);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int use = 0; use < 500; ++use) ++pool.acquire()->uses;
    });
  }
  for (auto& thread : threads) thread.join();
  int uses = 0;
  pool.for_each_idle([&](Object& object) { uses += object.uses; });
  EXPECT_EQ(uses, 4000);
  EXPECT_LE(pool.made(), 3U);
}

TEST(ObjectPoolTest, ALeaseMovesWithItsObject) {
  ObjectPool<Object> pool(2, make);
  auto first = pool.acquire();
  auto second = pool.acquire();
  first = std::move(second);
  EXPECT_EQ(pool.idle(), 1U);
  first.end();
  EXPECT_EQ(pool.idle(), 2U);
}

}  // namespace
}  // namespace tmc::memory
