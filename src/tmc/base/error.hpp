// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Every error of tinymlc, in one enum, grouped by who can mend it. Device code returns the bare code; host code wraps
// it in a `Status` (base/host/status.hpp) that says where and what to do.

#include <stdint.h>

namespace tmc {

enum class Error : uint16_t {
  kOk = 0,
  // 0x1xx: the answer is no. The call was right, what was asked does not hold.
  kBudgetExceeded = 0x100,  // flash or RAM is larger than --budget
  kDoesNotFit = 0x101,      // larger than the target's memory
  kMismatch = 0x102,        // outputs differ from the oracle's
  // 0x2xx: the call is wrong; its author mends it.
  kBadUsage = 0x200,  // unknown option, target, phase or name
  kBadInput = 0x201,  // data of the wrong shape, dtype or count
  kNotFound = 0x202,  // a file or folder that is not there
  // 0x3xx: the model file is wrong or asks for something we do not have.
  kMalformed = 0x300,         // truncated, out of bounds, cyclic, inconsistent
  kUnsupportedOp = 0x301,     // operators without an importer
  kUnsupportedType = 0x302,   // a dtype, quantisation or layout that no kernel takes
  kUnsupportedShape = 0x303,  // unknown, zero-size or absurd dimensions
  // 0x4xx: the machine is at fault.
  kIo = 0x400,           // a file cannot be read or written
  kToolMissing = 0x401,  // a compiler, emulator or oracle is not installed
  kToolFailed = 0x402,   // it ran and failed
  kTimeout = 0x403,      // it ran for too long
  // 0x5xx: tinymlc is at fault.
  kInternal = 0x500,  // a broken invariant
};

}  // namespace tmc
