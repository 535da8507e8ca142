// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The machine against a model that shares nothing with it: a cache that holds the number of the token whose key lies in
// each slot, a program that writes and looks, and the definition of what a token must see.

#include "tmc/stream/token_stream.hpp"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <random>
#include <set>
#include <type_traits>
#include <vector>

namespace tmc::stream {
namespace {

static_assert(std::is_trivially_copyable_v<TokenStream>);

constexpr int32_t kMostWindow = 5;
constexpr int64_t kNobody = -1;

// What a program does with a cache, and what is right.
struct Model {
  StreamSpec spec;
  int64_t committed = 0;
  int32_t open = 0;  // of the block between begin and end
  bool is_done = false;
  std::array<int64_t, kMostWindow> cache{kNobody, kNobody, kNobody, kNobody, kNobody};

  // Tokens before `token` that it must see.
  std::set<int64_t> seen_by(int64_t token) const {
    std::set<int64_t> seen;
    for (int64_t other = 0; other < token; ++other) {
      if (other < spec.sinks || other > token - (spec.window - spec.sinks)) seen.insert(other);
    }
    return seen;
  }
  // Writes `rows` tokens of a block where `numbers` says and returns whether each of them saw what it must.
  bool run(const CacheInput& numbers, int32_t rows) {
    bool right = static_cast<uint32_t>(numbers.position) == static_cast<uint32_t>(committed);
    int32_t slot = numbers.slot;
    for (int32_t row = 0; row < rows; ++row) {
      if (slot < 0 || slot >= spec.window) return false;
      const int64_t token = committed + row;
      cache.at(static_cast<size_t>(slot)) = token;
      const int32_t filled = std::min(numbers.filled + row + 1, spec.window);
      std::set<int64_t> seen(cache.begin(), cache.begin() + filled);
      std::set<int64_t> wanted = seen_by(token);
      wanted.insert(token);
      right = right && seen == wanted;
      slot = slot + 1 == spec.window ? spec.sinks : slot + 1;
    }
    return right;
  }
  // Whether all that the next token must see lies in the cache.
  bool is_whole() const {
    for (const int64_t token : seen_by(committed)) {
      if (std::find(cache.begin(), cache.end(), token) == cache.end()) return false;
    }
    return true;
  }
  // A block that is begun where another one was interrupted.
  StreamError begin(int32_t tokens) const {
    if (is_done) return StreamError::kDone;
    if (!is_whole()) return StreamError::kTornBlock;
    if (tokens < 1 || tokens > spec.block) return StreamError::kBadCount;
    if (spec.mode == StreamMode::kFull && committed + tokens > spec.window) return StreamError::kWindowFull;
    return StreamError::kOk;
  }
  StreamState state() const {
    if (is_done) return StreamState::kDone;
    if (committed == 0) return StreamState::kIdle;
    if (committed < spec.window) return StreamState::kFilling;
    return committed == spec.window ? StreamState::kFull : StreamState::kShifting;
  }
};

enum class Call : uint8_t { kBegin, kEnd, kFinish, kReset, kPowerCut };

struct Pair {
  TokenStream machine;
  Model model;
};

// Makes the call on both; false where they differ. A block runs whole, which is when it overwrites the most.
bool agree(Pair& pair, Call call, int32_t tokens) {
  TokenStream& machine = pair.machine;
  Model& model = pair.model;
  switch (call) {
    case Call::kBegin: {
      CacheInput numbers{-7, -7, -7};
      const StreamError wanted = model.begin(tokens);
      if (machine.begin_block(tokens, numbers) != wanted) return false;
      if (wanted != StreamError::kOk) return numbers.position == -7 && numbers.slot == -7 && numbers.filled == -7;
      model.open = tokens;
      return model.run(numbers, tokens);
    }
    case Call::kEnd:
      if (machine.end_block() != (model.open == 0 ? StreamError::kNoBlock : StreamError::kOk)) return false;
      model.committed += model.open;
      model.open = 0;
      break;
    case Call::kFinish: {
      const StreamError wanted = model.open != 0 ? StreamError::kBlockOpen
                                 : model.is_done ? StreamError::kDone
                                                 : StreamError::kOk;
      if (machine.finish() != wanted) return false;
      model.is_done = model.is_done || wanted == StreamError::kOk;
      break;
    }
    case Call::kReset:
      machine.reset();
      model = Model{model.spec};
      break;
    case Call::kPowerCut: {
      std::array<uint8_t, TokenStream::kSavedBytes> bytes{};
      machine.save(bytes.data());
      machine = TokenStream(model.spec);
      if (machine.restore(bytes.data(), TokenStream::kSavedBytes) != StreamError::kOk) return false;
      model.open = 0;
      break;
    }
  }
  return machine.state() == model.state() && machine.tokens() == static_cast<uint64_t>(model.committed) &&
         machine.open_tokens() == model.open;
}

// All sequences of calls of that length, from `pair` on; counts the calls.
void walk(const Pair& pair, int length, int64_t& calls) {
  if (length == 0) return;
  const auto step = [&](Call call, int32_t tokens) {
    Pair next = pair;
    ++calls;
    ASSERT_TRUE(agree(next, call, tokens))
        << "call " << static_cast<int>(call) << " of " << tokens << " tokens after " << pair.machine.tokens()
        << ", window " << pair.model.spec.window << ", sinks " << pair.model.spec.sinks;
    walk(next, length - 1, calls);
  };
  for (int32_t tokens = 0; tokens <= pair.model.spec.block + 1; ++tokens) step(Call::kBegin, tokens);
  for (const Call call : {Call::kEnd, Call::kFinish, Call::kReset, Call::kPowerCut}) step(call, 0);
}

std::vector<StreamSpec> all_specs() {
  std::vector<StreamSpec> specs;
  for (int32_t window = 1; window <= kMostWindow; ++window) {
    for (int32_t block = 1; block <= window; ++block) {
      specs.push_back({window, 0, StreamMode::kFull, block});
      specs.push_back({window, 0, StreamMode::kWindow, block});
      for (int32_t sinks = 1; sinks < window; ++sinks) specs.push_back({window, sinks, StreamMode::kSinks, block});
    }
  }
  return specs;
}

TEST(TokenStream, AgreesWithTheModelInAllShortSequencesOfCalls) {
  int64_t calls = 0;
  for (const StreamSpec& spec : all_specs()) {
    walk({TokenStream(spec), {spec}}, spec.window <= 2 ? 6 : spec.window == 3 ? 5 : 4, calls);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(calls, 500'000);
}

TEST(TokenStream, AgreesWithTheModelInLongRandomSequences) {
  std::mt19937 rng(1);
  for (const StreamSpec& spec : all_specs()) {
    Pair pair{TokenStream(spec), {spec}};
    for (int i = 0; i < 600; ++i) {
      // Mostly blocks that are committed, so that the ring goes round.
      const auto dice = rng() % 40;
      const Call call = dice < 19   ? Call::kBegin
                        : dice < 37 ? Call::kEnd
                        : dice < 38 ? Call::kPowerCut
                        : dice < 39 ? Call::kFinish
                                    : Call::kReset;
      ASSERT_TRUE(agree(pair, call, 1 + static_cast<int32_t>(rng() % spec.block)));
    }
  }
}

// Whatever part of a block ran before the power went: what is begun again is right, or refused.
TEST(TokenStream, ABlockOfWhichAPartRanIsBegunAgainOrTorn) {
  for (const StreamSpec& spec : all_specs()) {
    for (int32_t before = 0; before < 2 * spec.window + 2; ++before) {
      for (int32_t tokens = 1; tokens <= spec.block; ++tokens) {
        for (int32_t rows = 0; rows <= tokens; ++rows) {
          Pair pair{TokenStream(spec), {spec}};
          bool room = true;
          for (int32_t i = 0; i < before && room; ++i) {
            room = pair.model.begin(1) == StreamError::kOk;
            ASSERT_TRUE(!room || (agree(pair, Call::kBegin, 1) && agree(pair, Call::kEnd, 0)));
          }
          const bool is_resumable = tokens <= pair.machine.resumable_tokens();
          CacheInput first;
          if (pair.machine.begin_block(tokens, first) != StreamError::kOk) continue;
          pair.model.run(first, rows);
          CacheInput again;
          const StreamError answer = pair.machine.begin_block(tokens, again);
          ASSERT_EQ(answer, is_resumable ? StreamError::kOk : StreamError::kTornBlock);
          if (!is_resumable) continue;
          ASSERT_EQ(first.slot, again.slot);
          ASSERT_TRUE(pair.model.run(again, tokens));
        }
      }
    }
  }
}

TEST(TokenStream, SpecificationsThatDoNotGoTogetherAreRefusedByEveryCall) {
  const StreamSpec wrong[] = {{0, 0, StreamMode::kFull, 1},    {4, 1, StreamMode::kFull, 1},
                              {4, 1, StreamMode::kWindow, 1},  {4, 0, StreamMode::kSinks, 1},
                              {4, 4, StreamMode::kSinks, 1},   {4, -1, StreamMode::kSinks, 1},
                              {4, 1, StreamMode::kSinks, 0},   {4, 1, StreamMode::kSinks, 5},
                              {-1, 0, StreamMode::kWindow, 1}, {4, 0, static_cast<StreamMode>(3), 1}};
  for (const StreamSpec& spec : wrong) {
    EXPECT_EQ(TokenStream::check(spec), StreamError::kBadSpec);
    TokenStream machine(spec);
    CacheInput numbers;
    EXPECT_EQ(machine.begin_block(1, numbers), StreamError::kBadSpec);
    EXPECT_EQ(machine.end_block(), StreamError::kNoBlock);
    std::array<uint8_t, TokenStream::kSavedBytes> bytes{};
    machine.save(bytes.data());
    EXPECT_EQ(machine.restore(bytes.data(), TokenStream::kSavedBytes), StreamError::kBadSpec);
  }
}

// Positions wrap after 2^32 tokens, slots do not jump there.
TEST(TokenStream, GoesOnPastTwoToTheThirtyTwoTokens) {
  const StreamSpec spec{7, 2, StreamMode::kSinks, 1};
  TokenStream machine(spec);
  std::array<uint8_t, TokenStream::kSavedBytes> bytes{};
  for (int i = 0; i < 8; ++i) {
    CacheInput numbers;
    ASSERT_EQ(machine.begin_block(1, numbers), StreamError::kOk);
    ASSERT_EQ(machine.end_block(), StreamError::kOk);
  }
  machine.save(bytes.data());
  const uint64_t near_the_end = (uint64_t{1} << 32) - 3;
  put_u64(bytes.data() + 20, near_the_end);
  put_u32(bytes.data() + 32, crc32(bytes.data(), 32));
  ASSERT_EQ(machine.restore(bytes.data(), TokenStream::kSavedBytes), StreamError::kOk);
  for (uint64_t token = near_the_end; token < near_the_end + 20; ++token) {
    CacheInput numbers;
    ASSERT_EQ(machine.begin_block(1, numbers), StreamError::kOk);
    EXPECT_EQ(static_cast<uint32_t>(numbers.position), static_cast<uint32_t>(token));
    EXPECT_EQ(numbers.slot, static_cast<int32_t>(2 + (token - 2) % 5));
    EXPECT_EQ(numbers.filled, 7);
    ASSERT_EQ(machine.end_block(), StreamError::kOk);
  }
}

TEST(TokenStream, BytesThatItDidNotWriteAreRefused) {
  const StreamSpec spec{4, 1, StreamMode::kSinks, 2};
  TokenStream machine(spec);
  CacheInput numbers;
  ASSERT_EQ(machine.begin_block(2, numbers), StreamError::kOk);
  ASSERT_EQ(machine.end_block(), StreamError::kOk);
  std::array<uint8_t, TokenStream::kSavedBytes> good{};
  machine.save(good.data());
  TokenStream other({4, 0, StreamMode::kWindow, 2});
  EXPECT_EQ(other.restore(good.data(), TokenStream::kSavedBytes), StreamError::kOtherSpec);
  for (int32_t count = 0; count < TokenStream::kSavedBytes; ++count) {
    EXPECT_EQ(machine.restore(good.data(), count), StreamError::kBadBytes);
  }
  for (size_t bit = 0; bit < good.size() * 8; ++bit) {
    auto bytes = good;
    bytes[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
    ASSERT_EQ(machine.restore(bytes.data(), TokenStream::kSavedBytes), StreamError::kBadBytes) << bit;
  }
}

// With a checksum that fits, whatever is taken is a state that the machine can be in, and goes on from there.
TEST(TokenStream, HostileBytesWithARightChecksumDoNoHarm) {
  std::mt19937 rng(3);
  const StreamSpec spec{4, 1, StreamMode::kSinks, 3};
  int taken = 0;
  for (int round = 0; round < 50'000; ++round) {
    std::array<uint8_t, TokenStream::kSavedBytes> bytes{};
    TokenStream machine(spec);
    machine.save(bytes.data());
    bytes[7] = static_cast<uint8_t>(rng() % 6);
    put_u64(bytes.data() + 20, rng() % 3 == 0 ? uint64_t{rng()} << 32 | uint64_t{rng()} : rng() % 9);
    put_u32(bytes.data() + 28, static_cast<uint32_t>(rng() % 3 == 0 ? rng() : rng() % 5));
    put_u32(bytes.data() + 32, crc32(bytes.data(), 32));
    if (machine.restore(bytes.data(), TokenStream::kSavedBytes) != StreamError::kOk) continue;
    ++taken;
    std::array<uint8_t, TokenStream::kSavedBytes> again{};
    machine.save(again.data());
    ASSERT_EQ(again, bytes);
    ASSERT_EQ(machine.end_block(), StreamError::kNoBlock);
    CacheInput numbers;
    const StreamError begun = machine.begin_block(1, numbers);
    if (begun == StreamError::kOk) {
      ASSERT_TRUE(numbers.slot >= 0 && numbers.slot < spec.window && numbers.filled >= 0);
      ASSERT_EQ(machine.end_block(), StreamError::kOk);
    } else {
      ASSERT_TRUE(begun == StreamError::kDone || begun == StreamError::kTornBlock);
    }
  }
  EXPECT_GT(taken, 300);
}

// A state and an event have one successor at most, and every state is reached.
TEST(StreamTransitions, AreATable) {
  std::set<std::pair<StreamState, StreamEvent>> seen;
  std::set<StreamState> reached;
  for (const StreamTransition& one : kStreamTransitions) {
    EXPECT_TRUE(seen.emplace(one.from, one.event).second);
    reached.insert(one.to);
  }
  EXPECT_EQ(reached.size(), static_cast<size_t>(kStreamStates));
}

}  // namespace
}  // namespace tmc::stream
