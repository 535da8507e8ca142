// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The bytes of a model image: a placed Program and its constants in one file, which a device reads where it lies and a
// host maps. Freestanding. docs/model-image.md describes it for people.
//
//   Header | tables, each an array of one of the records below | padding | constants
//
// Numbers are little-endian; offsets count bytes from the image's begin, which is 64-byte aligned in memory. Records
// refer to others by their index. A reader takes images of its own kMajor with any minor version: a later minor version
// adds tables behind those that there are, and nothing else.

#include <stdint.h>

namespace tmc::image {

constexpr uint8_t kMagic[8] = {'t', 'i', 'n', 'y', 'm', 'l', 'c', 0x1a};
constexpr uint16_t kMajor = 2;
constexpr uint16_t kMinor = 0;
constexpr uint32_t kImageAlignBytes = 64;     // of the image, and of where its constants begin
constexpr uint32_t kConstantAlignBytes = 16;  // of each of them
constexpr uint32_t kAbsent = 0xffffffff;      // an index of nothing

// Where the records of a table lie: a multiple of 4, so many of them.
struct Place {
  uint32_t offset;
  uint32_t count;
};

// In the order in which the header has their places.
enum class Table : uint32_t {
  kRegions,
  kBuffers,
  kConstants,
  kKernels,
  kLoops,
  kSteps,
  kOperands,
  kWords,  // int32_t: the Params of steps
  kTensors,
  kExtents,  // int32_t: of tensors
  kScales,   // Scale: of tensors
  kInputs,   // uint32_t: tensors in the model's order
  kOutputs,
  kText,  // bytes: names, each ended by a zero
  kCount
};
constexpr uint32_t kTables = static_cast<uint32_t>(Table::kCount);

struct Header {
  uint8_t magic[8];
  uint16_t major, minor;
  uint32_t header_bytes;             // of this record in the version that wrote it
  uint32_t file_bytes;               // of the whole image
  uint32_t constants_offset;         // where the tables end, padding included
  uint32_t tables_crc32;             // of all before the constants, with zeros here
  uint32_t model_name, target_name;  // into kText
  uint32_t state_buffer;             // that lasts from one run to the next, or kAbsent
  uint32_t initial_state;            // the constant that it begins as; kAbsent: zeros
  uint32_t flags;                    // kKeepsInputs
  uint8_t constants_sha256[32];
  Place tables[kTables];
};
constexpr uint32_t kKeepsInputs = 1;

struct Region {
  uint32_t name;  // of the target's memory, into kText
  uint32_t bytes;
};

struct Buffer {
  uint32_t name;
  uint32_t kind;  // program::Buffer::Kind, at most kLastBufferKind
  uint32_t region;
  uint32_t offset;  // within the region, a multiple of 16
  uint32_t bytes;
};

constexpr uint32_t kLastBufferKind = 4;

struct Constant {
  uint32_t name;
  uint32_t offset;  // within the constants, a multiple of 16
  uint32_t bytes;
  uint8_t dtype;     // tmc::DType
  uint8_t is_table;  // of a function, not of tensor data
  uint8_t is_pinned;
  uint8_t unused;
};

struct Kernel {
  uint32_t name;  // "armv7em/conv2d_s8"
  uint16_t words;
  uint16_t buffers;
  uint32_t form;  // of its contract and of what it makes of constants (program/kernel_form.hpp)
};

struct Loop {
  uint32_t trips;
};

struct Step {
  uint32_t kernel;
  uint32_t first_word;     // so many as the kernel has
  uint32_t first_operand;  // so many as the kernel has buffers
  uint32_t loop;           // kAbsent: runs once
  uint32_t name, op;       // into kText
  uint32_t stripe;         // kAbsent: the whole node
  uint32_t macs_low, macs_high;
};

enum class OperandKind : uint32_t { kNone, kBuffer, kConstant };

struct Operand {
  uint32_t kind;
  uint32_t index;
  uint32_t byte_offset;   // into the buffer, of the first trip
  uint32_t bytes;         // that it covers in all trips; 0: to the buffer's end
  int32_t advance_bytes;  // further with each trip
};

struct Scale {
  float scale;
  int32_t zero_point;
};

struct Tensor {
  uint32_t name;
  uint32_t channels_last_of;  // a name, or kAbsent
  uint32_t buffer;
  uint32_t byte_offset;
  uint32_t step;  // that completes it; kAbsent: an input
  uint32_t first_extent;
  uint32_t first_scale;
  uint32_t scales;  // 0: not quantised
  uint8_t dtype;
  uint8_t rank;
  int8_t axis;  // of the scales; -1: one for all
  uint8_t unused;
};

}  // namespace tmc::image
