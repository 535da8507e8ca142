// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the device code of a stream answers. Nothing of a call that is not kOk has happened.

#include <stdint.h>

namespace tmc::stream {

enum class StreamError : uint8_t {
  kOk = 0,
  kBadSpec = 1,       // window, sinks, mode and block do not go together
  kBadCount = 2,      // a block of no tokens, or of more than the specification has
  kNoBlock = 3,       // end_block without begin_block
  kBlockOpen = 4,     // finish between begin_block and end_block
  kTornBlock = 5,     // a block that overwrote keys which it needs was interrupted: restore what was saved, or reset
  kWindowFull = 6,    // a full cache has no room for these tokens
  kDone = 7,          // the stream is finished: reset it
  kBadBytes = 8,      // bytes that save() has not written, or not all of them
  kOtherSpec = 9,     // bytes of another specification
  kNoRoom = 10,       // what is to be written is longer than the caller's memory for it
  kBadTables = 11,    // tables that the host has not made, or not for this code
  kBadOptions = 12,   // parameters of a sampler that mean nothing, or too little memory for them
  kNotANumber = 13,   // a logit is not a number, or infinitely large
  kNoCandidate = 14,  // no token is allowed
  kNotAllowed = 15,   // a token that the constraint does not let follow
  kUnknownCharacter = 16  // of a script that character_class.hpp does not have
};

}  // namespace tmc::stream
