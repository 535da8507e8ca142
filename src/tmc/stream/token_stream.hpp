// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where the keys and values of a stream of tokens lie, as a finite state machine: idle, filling, full, shifting, done.
// It alone knows of modes; the program takes its three numbers (CacheInput) and computes a block of T tokens with them.
//
//   begin_block(T, numbers)   run the program   end_block()
//
// Memory is W slots. The first S are sinks, never overwritten once they are filled, the others are a ring: token number
// p, counted from a reset, lies in slot p where p < W, else in S + (p - S) mod (W - S). Sinks are those of StreamingLLM
// (arXiv:2309.17453).
//
// Interruption. A block counts from end_block() on, and begin_block() again before that gives the same numbers: what
// was written is written over. That holds as long as no token of the block overwrote what an earlier one of it needs,
// which is so with T = 1 and with blocks that end within the window. Other blocks are torn when they are interrupted,
// and begin_block() says so (kTornBlock), after restore() too; resumable_tokens() says how long a block may be without
// that.
//
// Freestanding, trivially copyable, no other memory. Not for several threads at once. Every call is of constant time.

#include "tmc/stream/bytes.hpp"
#include "tmc/stream/stream_error.hpp"
#include "tmc/stream/wide.hpp"

namespace tmc::stream {

enum class StreamMode : uint8_t {
  kFull = 0,    // a token for which there is no slot is refused
  kWindow = 1,  // the last W tokens
  kSinks = 2    // the first S and the last W - S
};

struct StreamSpec {
  int32_t window = 0;  // W, slots
  int32_t sinks = 0;   // S; of kSinks in [1, W), else 0
  StreamMode mode = StreamMode::kFull;
  int32_t block = 1;  // the most tokens of a block, in [1, W]
};

// What the program reads, as the int32 [3] that is its input `cache`.
struct CacheInput {
  int32_t position = 0;  // of the block's first token since a reset, modulo 2^32
  int32_t slot = 0;      // where its key goes; the next ones follow, after W - 1 comes S
  int32_t filled = 0;    // slots that hold a key, before the block
};

enum class StreamState : uint8_t { kIdle, kFilling, kFull, kShifting, kDone };
inline constexpr int32_t kStreamStates = 5;

// What moves the machine: a block that was committed, by where it ends, and the two calls that end a stream.
enum class StreamEvent : uint8_t { kLeavesRoom, kFillsWindow, kPassesWindow, kFinish, kReset };
inline constexpr int32_t kStreamEvents = 5;

struct StreamTransition {
  StreamState from;
  StreamEvent event;
  StreamState to;
};

// All that is legal. docs/streaming.md is drawn from it.
inline constexpr StreamTransition kStreamTransitions[] = {
    {StreamState::kIdle, StreamEvent::kLeavesRoom, StreamState::kFilling},
    {StreamState::kIdle, StreamEvent::kFillsWindow, StreamState::kFull},
    {StreamState::kIdle, StreamEvent::kFinish, StreamState::kDone},
    {StreamState::kIdle, StreamEvent::kReset, StreamState::kIdle},
    {StreamState::kFilling, StreamEvent::kLeavesRoom, StreamState::kFilling},
    {StreamState::kFilling, StreamEvent::kFillsWindow, StreamState::kFull},
    {StreamState::kFilling, StreamEvent::kPassesWindow, StreamState::kShifting},
    {StreamState::kFilling, StreamEvent::kFinish, StreamState::kDone},
    {StreamState::kFilling, StreamEvent::kReset, StreamState::kIdle},
    {StreamState::kFull, StreamEvent::kPassesWindow, StreamState::kShifting},
    {StreamState::kFull, StreamEvent::kFinish, StreamState::kDone},
    {StreamState::kFull, StreamEvent::kReset, StreamState::kIdle},
    {StreamState::kShifting, StreamEvent::kPassesWindow, StreamState::kShifting},
    {StreamState::kShifting, StreamEvent::kFinish, StreamState::kDone},
    {StreamState::kShifting, StreamEvent::kReset, StreamState::kIdle},
    {StreamState::kDone, StreamEvent::kReset, StreamState::kIdle},
};

// The state after `event`; false where the table has no such transition.
constexpr bool next_state(StreamState from, StreamEvent event, StreamState& to) {
  for (const StreamTransition& one : kStreamTransitions) {
    if (one.from == from && one.event == event) {
      to = one.to;
      return true;
    }
  }
  return false;
}

class TokenStream {
 public:
  // Bytes of a saved state: "tmst", version, mode, state, window, sinks, block, tokens, tokens of the open block,
  // CRC-32.
  static constexpr int32_t kSavedBytes = 36;
  static constexpr uint32_t kSavedVersion = 1;

  explicit constexpr TokenStream(const StreamSpec& spec) : spec_(spec) {}

  static constexpr StreamError check(const StreamSpec& spec) {
    const bool has_sinks = spec.mode == StreamMode::kSinks;
    const bool mode_is_known = spec.mode == StreamMode::kFull || spec.mode == StreamMode::kWindow || has_sinks;
    const bool sinks_fit = has_sinks ? spec.sinks >= 1 && spec.sinks < spec.window : spec.sinks == 0;
    const bool fits = mode_is_known && spec.window >= 1 && sinks_fit && spec.block >= 1 && spec.block <= spec.window;
    return fits ? StreamError::kOk : StreamError::kBadSpec;
  }

  constexpr const StreamSpec& spec() const { return spec_; }
  constexpr StreamState state() const { return state_; }
  // Committed since the last reset.
  constexpr uint64_t tokens() const { return tokens_; }
  // Of the block between begin_block and end_block, 0 where there is none.
  constexpr int32_t open_tokens() const { return open_; }

  // The longest block that may be interrupted and begun again; 0 where there is room for none.
  constexpr int32_t resumable_tokens() const {
    const int32_t room = spec_.window - filled();
    if (spec_.mode == StreamMode::kFull) return room < spec_.block ? room : spec_.block;
    if (!tears(spec_.block)) return spec_.block;
    return room > 1 ? room : 1;
  }

  // kBadSpec, kDone, kTornBlock, kBadCount, kWindowFull.
  constexpr StreamError begin_block(int32_t tokens, CacheInput& out) {
    if (check(spec_) != StreamError::kOk) return StreamError::kBadSpec;
    if (state_ == StreamState::kDone) return StreamError::kDone;
    if (tears(begun_)) return StreamError::kTornBlock;
    if (tokens < 1 || tokens > spec_.block) return StreamError::kBadCount;
    if (spec_.mode == StreamMode::kFull && tokens > spec_.window - filled()) return StreamError::kWindowFull;
    open_ = tokens;
    begun_ = tokens;
    out.position = static_cast<int32_t>(static_cast<uint32_t>(tokens_));
    out.slot = slot_;
    out.filled = filled();
    return StreamError::kOk;
  }

  // kNoBlock.
  constexpr StreamError end_block() {
    if (open_ == 0) return StreamError::kNoBlock;
    if (!next_state(state_, event_of(open_), state_)) return StreamError::kNoBlock;
    slot_ = slot_after(slot_, open_);
    tokens_ += static_cast<uint32_t>(open_);
    open_ = 0;
    begun_ = 0;
    return StreamError::kOk;
  }

  // No more tokens until a reset: a token that ends the text. kBlockOpen, kDone.
  constexpr StreamError finish() {
    if (open_ != 0) return StreamError::kBlockOpen;
    if (!next_state(state_, StreamEvent::kFinish, state_)) return StreamError::kDone;
    begun_ = 0;
    return StreamError::kOk;
  }

  // Forgets all tokens, and a block that is open. The caches need not be cleared: nothing reads slots that are not
  // filled.
  constexpr void reset() { *this = TokenStream(spec_); }

  // At any time. Belongs to the bytes of the caches at the same time.
  void save(uint8_t bytes[kSavedBytes]) const {
    put_u32(bytes, kMagic);
    put_u16(bytes + 4, kSavedVersion);
    bytes[6] = static_cast<uint8_t>(spec_.mode);
    bytes[7] = static_cast<uint8_t>(state_);
    put_u32(bytes + 8, static_cast<uint32_t>(spec_.window));
    put_u32(bytes + 12, static_cast<uint32_t>(spec_.sinks));
    put_u32(bytes + 16, static_cast<uint32_t>(spec_.block));
    put_u64(bytes + 20, tokens_);
    put_u32(bytes + 28, static_cast<uint32_t>(begun_));
    put_u32(bytes + 32, crc32(bytes, 32));
  }

  // Takes a state of the same specification over, a block that was open as an interrupted one, which is to be begun
  // again. kBadSpec, kBadBytes, kOtherSpec; the machine stays as it was then.
  StreamError restore(const uint8_t* bytes, int32_t count) {
    if (check(spec_) != StreamError::kOk) return StreamError::kBadSpec;
    if (count != kSavedBytes || get_u32(bytes) != kMagic || get_u16(bytes + 4) != kSavedVersion ||
        get_u32(bytes + 32) != crc32(bytes, 32)) {
      return StreamError::kBadBytes;
    }
    if (bytes[6] != static_cast<uint8_t>(spec_.mode) || get_u32(bytes + 8) != static_cast<uint32_t>(spec_.window) ||
        get_u32(bytes + 12) != static_cast<uint32_t>(spec_.sinks) ||
        get_u32(bytes + 16) != static_cast<uint32_t>(spec_.block)) {
      return StreamError::kOtherSpec;
    }
    TokenStream read(spec_);
    read.tokens_ = get_u64(bytes + 20);
    read.slot_ = read.slot_of(read.tokens_);
    if (!read.take_state(bytes[7]) || !read.take_begun(get_u32(bytes + 28))) return StreamError::kBadBytes;
    *this = read;
    return StreamError::kOk;
  }

 private:
  static constexpr uint32_t kMagic = 0x74736D74;  // "tmst"

  constexpr int32_t filled() const {
    return tokens_ < static_cast<uint32_t>(spec_.window) ? static_cast<int32_t>(tokens_) : spec_.window;
  }
  constexpr StreamEvent event_of(int32_t block) const {
    const int32_t room = spec_.window - filled();
    return block < room    ? StreamEvent::kLeavesRoom
           : block == room ? StreamEvent::kFillsWindow
                           : StreamEvent::kPassesWindow;
  }
  // Whether a block of so many tokens overwrites a key that was there before, and that an earlier one of them needs.
  constexpr bool tears(int32_t block) const {
    const int32_t ring = spec_.window - spec_.sinks;
    const int32_t reach = block < ring ? block : ring;  // tokens beyond overwrite what the block itself has written
    return reach > 1 && reach > spec_.window - filled();
  }

  constexpr int32_t slot_after(int32_t slot, int32_t tokens) const {
    const int32_t to_end = spec_.window - slot;
    return tokens < to_end ? slot + tokens : spec_.sinks + (tokens - to_end) % (spec_.window - spec_.sinks);
  }
  constexpr int32_t slot_of(uint64_t token) const {
    if (token < static_cast<uint32_t>(spec_.window)) return static_cast<int32_t>(token);
    const auto ring = static_cast<uint32_t>(spec_.window - spec_.sinks);
    const uint32_t rest = divide(token - static_cast<uint32_t>(spec_.sinks), ring).rest;
    return spec_.sinks + static_cast<int32_t>(rest);
  }

  // The state that so many tokens lead to, or done, which any of them does.
  bool take_state(uint8_t state) {
    if (tokens_ > static_cast<uint64_t>(INT64_MAX)) return false;  // more than any stream has had
    const auto window = static_cast<uint32_t>(spec_.window);
    state_ = tokens_ == 0       ? StreamState::kIdle
             : tokens_ < window ? StreamState::kFilling
             : tokens_ > window ? StreamState::kShifting
                                : StreamState::kFull;
    if (spec_.mode == StreamMode::kFull && state_ == StreamState::kShifting) return false;
    if (state == static_cast<uint8_t>(StreamState::kDone)) state_ = StreamState::kDone;
    return state == static_cast<uint8_t>(state_);
  }
  // A block that begin_block would have taken.
  bool take_begun(uint32_t tokens) {
    if (tokens == 0) return true;
    CacheInput numbers;
    if (tokens > INT32_MAX || begin_block(static_cast<int32_t>(tokens), numbers) != StreamError::kOk) return false;
    open_ = 0;
    return true;
  }

  StreamSpec spec_;
  uint64_t tokens_ = 0;
  int32_t slot_ = 0;   // where the next token's key goes, which `tokens_` says too, by a division
  int32_t open_ = 0;   // tokens of the block that end_block would commit
  int32_t begun_ = 0;  // tokens that a block which is not committed may have written, in this life or one before
  StreamState state_ = StreamState::kIdle;
};

}  // namespace tmc::stream
