// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a kernel is. Freestanding.
//
// clang-format off
// A contract (kernels/contract/NAME.hpp, with others of its family) is a struct named after kName in CamelCase:
//
//   struct AddS8 {
//     static constexpr const char* kName = "add_s8";
//     static constexpr Access kAccess = Access::kElements;
//     TMC_PARAMS(int32_t elements; ...)                // members of struct Params, of int32_t, float or arrays of them
//     struct Buffers { const int8_t* a; ...; };        // data pointers only
//     static constexpr BufferInfo kBuffers[] = {...};  // names and roles of the members in order
//   };
//
// An implementation is code for a contract, a struct in namespace tmc::kernels::ISA. kernels/ISA/NAME.hpp holds one of its name or
// several: every struct that is no template is one, the others being called after it or after their own names.
//
//   struct AddS8 : ImplementationOf<kernels::AddS8> {  // below; what it says already is left out
//     static constexpr bool applies(const Params&);                 // where it may be used at all
//     static constexpr int64_t scratch_bytes(const Params&);        // of Buffers::scratch, 16-byte aligned; 0 without
//     static constexpr Overlap overlap(const Params&, int buffer);  // how far the output may run into that input
//     static constexpr double instructions(const Params&);          // estimate, by which `select` chooses
//     static constexpr bool kIsNear = true;                         // float: rounds in its own way; without it, gives the bits
//     static void run(Params, Buffers);                             // inline: constant Params specialise it
//   };
// clang-format on
//
// The pointers' types are the operands' dtypes, which `select` and the verifier of programs hold steps to
// (kernels/host/buffer_types.hpp). Tensors are 16-byte aligned. An implementation neither reads nor writes outside its
// tensors. The portable implementation is the reference for bits; every other implementation gives the same, but for
// float ones that are near (kIsNear): what they give is as near to the exact result as the tests of the contract ask.
// What is host-side about an implementation is in kernels/ISA/host/NAME.hpp: how its constants are packed, and what its
// work is linear in.

#include <stddef.h>
#include <stdint.h>

// Declares struct Params with these members, and their text, of which the host makes a table (host/params.hpp).
#define TMC_PARAMS(...) TMC_EXPANDED_PARAMS(__VA_ARGS__)
#define TMC_EXPANDED_PARAMS(...) \
  struct Params {                \
    __VA_ARGS__                  \
  };                             \
  static constexpr const char* kParamsText = #__VA_ARGS__;

namespace tmc::kernels {

// An element of one byte, i8 or u8, where a contract takes both.
enum class Byte : uint8_t {};

enum class Role : uint8_t { kInput, kConstant, kOutput, kScratch };

struct BufferInfo {
  const char* name;
  Role role;
};

// Which elements of the inputs go into an element of the output, and so which members of Params say how large tensors
// are: what the sizes of operands (program/extents.hpp) and stripes of rows (storage/rows.hpp) follow from. A kernel of
// another access pattern takes a line here and a case in both.
enum class Access : uint8_t {
  kUnknown,
  kElements,         // the one at its place; elements
  kRows,             // the one at its place in rows that may lie apart; rows, row_bytes, input_stride, output_stride
  kPixels,           // a pixel's bytes; elements, pixel_bytes, pixel_channels
  kBroadcast,        // the one at its place, or broadcast there; extents, and NAME_strides of every input
  kWindow,           // those under a window; detail/window_params.hpp
  kPlanarWindow,     // the same of an image that lies plane by plane
  kQuantizedWindow,  // the same of an image that quantize_dynamic made; float output
  kQuantizing,       // a whole batch item, which is quantised at run time; batch, elements
  kDense,            // a whole batch item; batch, inputs, outputs
  kChannelRows,      // a row of its own; batch, channels, depth
  kMatrices,         // a row of a and a column of b; batch, rows, inner, columns, a_strides, b_strides
  kAxis,             // those along an axis; outer, depth, inner, and chosen where the output has fewer of them
  kReduction,        // those along several axes; kept, kept_strides, reduced, reduced_strides
  kStrides,          // one, anywhere; extents, input_strides, output_strides, first, element_bytes
  kGates,            // the sums of its gates and its states; rows, hidden, gates, states
  kTrees,            // a whole row; batch, features, targets
  kPadding,          // one, or the constant around them; extents, before, after, element_bytes
  kLookup,   // one, at indices; elements, extents, data_strides, index_strides, looked_up, depths, depth_strides
  kScatter,  // any; elements, and as kLookup, of updates, with output_strides
  kWhole,    // any; NAME_elements of every tensor, or elements
  kSaid,     // any, of custom operators and the tests' kernels; input_bytes, output_bytes
};

// Where an output may lie when it shares bytes with an input, beside not sharing any.
//   kForward:  the implementation runs over both from low to high addresses. Safe where output_begin <= input_begin +
//   slack_bytes. kBackward: it runs from high to low. Safe where output_end >= input_end - slack_bytes.
//   kSameBegin: every output byte is written after the input at its address was read. Safe where output_begin ==
//   input_begin.
// A slack is negative where the output must stay that far ahead. In place is forward with a slack of zero or more.
struct Overlap {
  enum class Kind : uint8_t { kNever, kForward, kBackward, kSameBegin } kind = Kind::kNever;
  int32_t slack_bytes = 0;
};
constexpr Overlap kNoOverlap{};
constexpr Overlap kInPlace{Overlap::Kind::kForward, 0};

// What holds of an implementation unless it says otherwise: it may be used anywhere, takes no scratch, and its output
// lies apart from its inputs.
template <typename ContractOf>
struct ImplementationOf {
  using Contract = ContractOf;
  using Params = typename Contract::Params;
  using Buffers = typename Contract::Buffers;

  static constexpr bool applies(const Params&) { return true; }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  static constexpr Overlap overlap(const Params&, int) { return kNoOverlap; }
};

}  // namespace tmc::kernels
