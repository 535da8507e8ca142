// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Why bytes are no image that can be run, and which of its records says so. Freestanding.

#include <stdint.h>

#include "tmc/image/format.hpp"

namespace tmc::image {

enum class Reason : uint8_t {
  kNone,
  kTooShort,     // for its header, or for what the header says
  kNotAligned,   // in memory
  kNotAnImage,   // other first bytes
  kOtherFormat,  // another major version
  kDamaged,      // header and tables have another checksum
  kPlace,        // a table lies outside the tables, or is not aligned
  kText,         // a name that does not end
  kIndex,        // a record refers to one that is not there
  kBounds,       // bytes outside what holds them
  kOrder,        // steps of a loop that stand apart
  kKernel,       // of a step: no such kernel is linked
  kKernelForm,   // one is, with other parameters, or that takes constants in another form
};

struct Fault {
  Reason reason = Reason::kNone;
  Table table = Table::kCount;  // kCount: the header
  uint32_t index = 0;           // of the table's record

  constexpr bool is_none() const { return reason == Reason::kNone; }
};

// For people, without a name or a full stop.
constexpr const char* text_of(Reason reason) {
  switch (reason) {
    case Reason::kNone:
      return "nothing is wrong";
    case Reason::kTooShort:
      return "it ends too early";
    case Reason::kNotAligned:
      return "it does not lie at a multiple of 64 bytes";
    case Reason::kNotAnImage:
      return "it is no model image";
    case Reason::kOtherFormat:
      return "it has another version of the format";
    case Reason::kDamaged:
      return "its tables have another checksum";
    case Reason::kPlace:
      return "a table lies outside the image";
    case Reason::kText:
      return "a name has no end";
    case Reason::kIndex:
      return "it refers to something that is not there";
    case Reason::kBounds:
      return "it reaches past what holds it";
    case Reason::kOrder:
      return "the steps of a loop stand apart";
    case Reason::kKernel:
      return "it needs a kernel that is not there";
    case Reason::kKernelForm:
      return "it was made for another version of a kernel";
  }
  return "";
}

constexpr const char* name_of(Table table) {
  constexpr const char* kNames[] = {"region", "buffer", "constant", "kernel", "loop",  "step",   "operand",
                                    "word",   "tensor", "extent",   "scale",  "input", "output", "text"};
  return table == Table::kCount ? "header" : kNames[static_cast<uint32_t>(table)];
}

}  // namespace tmc::image
