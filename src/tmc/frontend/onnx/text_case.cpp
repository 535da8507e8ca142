// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Upper and lower case of what UTF-8 holds in one byte and in two: ASCII, Latin, Greek, Cyrillic and Armenian letters
// whose other case has as many bytes. Others have none here.

#include <algorithm>
#include <array>

#include "tmc/base/host/texts.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/frontend/onnx/text.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {

using ir::ValueId;

namespace {

// Lower-case letters `first`, `first + step` up to `last`, and how far their upper case is.
struct Letters {
  int first, last, to_upper, step;
};
constexpr Letters kLetters[] = {
    {0xb5, 0xb5, 743, 1},   {0xe0, 0xf6, -32, 1},   {0xf8, 0xfe, -32, 1},   {0xff, 0xff, 121, 1},
    {0x101, 0x12f, -1, 2},  {0x133, 0x137, -1, 2},  {0x13a, 0x148, -1, 2},  {0x14b, 0x177, -1, 2},
    {0x17a, 0x17e, -1, 2},  {0x1f9, 0x21f, -1, 2},  {0x223, 0x233, -1, 2},  {0x3ac, 0x3ac, -38, 1},
    {0x3ad, 0x3af, -37, 1}, {0x3b1, 0x3c1, -32, 1}, {0x3c2, 0x3c2, -31, 1}, {0x3c3, 0x3cb, -32, 1},
    {0x3cc, 0x3cc, -64, 1}, {0x3cd, 0x3ce, -63, 1}, {0x430, 0x44f, -32, 1}, {0x450, 0x45f, -80, 1},
    {0x461, 0x481, -1, 2},  {0x48b, 0x4bf, -1, 2},  {0x4c2, 0x4ce, -1, 2},  {0x4cf, 0x4cf, -15, 1},
    {0x4d1, 0x52f, -1, 2},  {0x561, 0x586, -48, 1},
};

// Of a letter that has two bytes. Several small letters may have one capital, of which the last is the usual one.
int in_case(int code, bool upper) {
  int found = code;
  for (const Letters& letters : kLetters) {
    const int lower = upper ? code : code - letters.to_upper;
    if (lower < letters.first || lower > letters.last || (lower - letters.first) % letters.step != 0) continue;
    found = upper ? lower + letters.to_upper : lower;
  }
  return found;
}

uint8_t ascii_in_case(int byte, bool upper) {
  const int first = upper ? 'a' : 'A';
  const bool changes = byte >= first && byte < first + 26;
  return static_cast<uint8_t>(changes ? byte ^ 0x20 : byte);
}

constexpr int kFirstLead = 0xc2, kLastLead = 0xdf, kContinued = 0x80, kOfLead = 64;

// What stands for the letters of two bytes, in the order of their codes: both bytes of each.
std::array<std::vector<std::byte>, 2> pair_tables(bool upper) {
  std::array<std::vector<std::byte>, 2> tables;
  for (int lead = kFirstLead; lead <= kLastLead; ++lead) {
    for (int at = 0; at < kOfLead; ++at) {
      std::string bytes;
      append_utf8(static_cast<uint32_t>(in_case((lead & 0x1f) << 6 | at, upper)), bytes);
      for (size_t i = 0; i < 2; ++i) tables[i].push_back(static_cast<std::byte>(bytes[i]));
    }
  }
  return tables;
}

// The steps for strings at run time.
class CaseChange {
 public:
  CaseChange(ImportContext& context, std::string suffix, bool upper)
      : context_(context), suffix_(std::move(suffix)), upper_(upper) {}

  Result<ValueId> of_ascii(ValueId text) {
    std::vector<std::byte> table;
    for (int byte = 0; byte < 256; ++byte) table.push_back(std::byte{ascii_in_case(byte, upper_)});
    TMC_ASSIGN(const ValueId places, context_.append(suffix_ + "_codes", ops::Cast{DType::kI32}, {text}));
    return looked_up("_ascii", std::move(table), places);
  }

  // Each byte is the first of a pair, the second of one, or alone.
  Result<ValueId> of_pairs(ValueId text, ValueId ascii) {
    const Shape shape = context_.type(text).shape;
    const int last = shape.rank() - 1;
    TMC_ASSIGN(const ValueId codes, context_.append(suffix_ + "_bytes", ops::Cast{DType::kI32}, {text}));
    TMC_ASSIGN(const ValueId leads, part("_leads", codes, 0, shape[last] - 1));
    TMC_ASSIGN(const ValueId continued, part("_continued", codes, 1, shape[last] - 1));
    TMC_ASSIGN(const ValueId from, number("_first", kFirstLead));
    TMC_ASSIGN(const ValueId to, number("_last", kLastLead));
    TMC_ASSIGN(const ValueId is_from, append("_is_from", ops::GreaterOrEqual{}, {leads, from}));
    TMC_ASSIGN(const ValueId is_to, append("_is_to", ops::LessOrEqual{}, {leads, to}));
    TMC_ASSIGN(const ValueId is_pair, append("_is_pair", ops::LogicalAnd{}, {is_from, is_to}));
    TMC_ASSIGN(const ValueId of_lead, number("_of_lead", kOfLead));
    TMC_ASSIGN(const ValueId begins, append("_begins", ops::Mul{}, {leads, of_lead}));
    TMC_ASSIGN(const ValueId sums, append("_sums", ops::Add{}, {begins, continued}));
    TMC_ASSIGN(const ValueId offset, number("_offset", kFirstLead * kOfLead + kContinued));
    TMC_ASSIGN(const ValueId places, append("_places", ops::Sub{}, {sums, offset}));
    auto tables = pair_tables(upper_);
    TMC_ASSIGN(const ValueId new_leads, looked_up("_new_leads", std::move(tables[0]), places));
    TMC_ASSIGN(const ValueId new_continued, looked_up("_new_continued", std::move(tables[1]), places));
    Shape edge = shape;
    edge[last] = 1;
    TMC_ASSIGN(const ValueId no_byte, zeros("_no_byte", {DType::kU8, edge}));
    TMC_ASSIGN(const ValueId no_pair, zeros("_no_pair", {DType::kBool, edge}));
    const ops::Concat join{.axis = last};
    TMC_ASSIGN(const ValueId leads_pair, append("_leads_pair", join, {is_pair, no_pair}));
    TMC_ASSIGN(const ValueId ends_pair, append("_ends_pair", join, {no_pair, is_pair}));
    TMC_ASSIGN(const ValueId all_leads, append("_all_leads", join, {new_leads, no_byte}));
    TMC_ASSIGN(const ValueId all_ends, append("_all_ends", join, {no_byte, new_continued}));
    TMC_ASSIGN(const ValueId others, append("_others", ops::Where{}, {ends_pair, all_ends, ascii}));
    return append("", ops::Where{}, {leads_pair, all_leads, others});
  }

 private:
  Result<ValueId> append(const char* what, ops::AnyOp op, std::vector<ValueId> inputs) {
    return context_.append(suffix_ + what, std::move(op), std::move(inputs));
  }
  Result<ValueId> looked_up(const char* what, std::vector<std::byte> table, ValueId places) {
    const ops::TensorType type{DType::kU8, Shape::of(std::ssize(table))};
    const ValueId constant = context_.graph().add_constant(context_.first_output_name() + suffix_ + what + "_table",
                                                           type, ir::TensorData(std::move(table)));
    return append(what, ops::Lookup{0}, {constant, places});
  }
  Result<ValueId> part(const char* what, ValueId value, int64_t begin, int64_t count) {
    const Shape shape = context_.type(value).shape;
    ops::Slice slice = ops::Slice::whole(shape);
    slice.read(shape.rank() - 1, begin, count);
    return append(what, std::move(slice), {value});
  }
  Result<ValueId> number(const char* what, int64_t value) {
    return context_.graph().add_constant(context_.first_output_name() + suffix_ + what, {DType::kI32, {}},
                                         integer_data(DType::kI32, {&value, 1}));
  }
  Result<ValueId> zeros(const char* what, const ops::TensorType& type) {
    TMC_TRY(context_.budget().take_computed(type));
    return context_.graph().add_constant(
        context_.first_output_name() + suffix_ + what, type,
        ir::TensorData(std::vector<std::byte>(static_cast<size_t>(type.shape.elements()))));
  }

  ImportContext& context_;
  const std::string suffix_;
  const bool upper_;
};

}  // namespace

std::string in_case(const std::string& text, bool upper, bool ascii) {
  std::string changed;
  for (size_t i = 0; i < text.size(); ++i) {
    const int byte = static_cast<unsigned char>(text[i]);
    const bool is_pair = byte >= kFirstLead && byte <= kLastLead && i + 1 < text.size();
    if (ascii || !is_pair) {
      changed += static_cast<char>(ascii_in_case(byte, upper));
      continue;
    }
    const int next = static_cast<unsigned char>(text[++i]) & 0x3f;
    append_utf8(static_cast<uint32_t>(in_case((byte & 0x1f) << 6 | next, upper)), changed);
  }
  return changed;
}

Result<ValueId> strings_in_case(ImportContext& context, const std::string& suffix, ValueId text, bool upper,
                                bool ascii) {
  CaseChange change(context, suffix, upper);
  TMC_ASSIGN(const ValueId alone, change.of_ascii(text));
  if (ascii || context.type(text).shape.back() < 2) return alone;
  return change.of_pairs(text, alone);
}

}  // namespace tmc::frontend::onnx_format
