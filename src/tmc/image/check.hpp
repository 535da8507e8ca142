// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Holds every record of an image that was opened to what a run relies on: indices of records that are there, names that
// end, ranges within what holds them. In time that grows with the tables; no memory. What a kernel makes of its Params
// is not looked at here: a host compares that with the operands too (backend/image/read.hpp), and a device takes images
// that it has reason to trust. Freestanding.

#include "tmc/base/dtype.hpp"
#include "tmc/image/image.hpp"

namespace tmc::image {

namespace detail {

class Check {
 public:
  explicit Check(const Image& image) : image_(image) {}

  Fault run() {
    const Records<char> text = image_.text();
    if (text.count == 0 || text[text.count - 1] != 0) return {Reason::kText, Table::kText};
    const auto is_tensor = [&](uint32_t index) { return in_table(index, image_.tensors().count); };
    Fault fault = header();
    each(
        Table::kRegions, image_.regions(), [&](const Region& r) { return name(r.name); }, fault);
    each(
        Table::kBuffers, image_.buffers(), [&](const Buffer& b) { return buffer(b); }, fault);
    each(
        Table::kConstants, image_.constants(), [&](const Constant& c) { return constant(c); }, fault);
    each(
        Table::kKernels, image_.kernels(), [&](const Kernel& k) { return name(k.name); }, fault);
    each(
        Table::kLoops, image_.loops(), [](const Loop& l) { return in_bounds(l.trips != 0); }, fault);
    if (fault.is_none()) fault = steps();
    each(
        Table::kTensors, image_.tensors(), [&](const Tensor& t) { return tensor(t); }, fault);
    each(Table::kInputs, image_.inputs(), is_tensor, fault);
    each(Table::kOutputs, image_.outputs(), is_tensor, fault);
    return fault;
  }

 private:
  // The first record that does not hold, where nothing was at fault before.
  template <typename T, typename Rule>
  static void each(Table table, Records<T> records, Rule rule, Fault& fault) {
    for (uint32_t i = 0; i < records.count && fault.is_none(); ++i) {
      if (const Reason reason = rule(records[i]); reason != Reason::kNone) fault = {reason, table, i};
    }
  }

  static Reason in_table(uint32_t index, uint32_t count) { return index < count ? Reason::kNone : Reason::kIndex; }
  static Reason known(uint8_t dtype) { return in_table(dtype, static_cast<uint32_t>(DType::kBool) + 1); }
  static Reason in_bounds(bool holds) { return holds ? Reason::kNone : Reason::kBounds; }
  static Reason first_of(Reason a, Reason b) { return a != Reason::kNone ? a : b; }
  // Names end, since the text does.
  Reason name(uint32_t at) const { return in_table(at, image_.text().count); }

  Fault header() const {
    const Header& h = image_.header();
    Reason reason = first_of(name(h.model_name), name(h.target_name));
    if (h.state_buffer != kAbsent) reason = first_of(reason, in_table(h.state_buffer, image_.buffers().count));
    if (h.initial_state != kAbsent) {
      reason = first_of(reason, in_table(h.initial_state, image_.constants().count));
      if (reason == Reason::kNone && h.state_buffer == kAbsent) reason = Reason::kIndex;
      // A constant is as long as the buffer that begins as it.
      if (reason == Reason::kNone) {
        const uint32_t state_bytes = image_.buffers()[h.state_buffer].bytes;
        reason = in_bounds(image_.constants()[h.initial_state].bytes == state_bytes);
      }
    }
    return {reason};
  }

  Reason buffer(const Buffer& b) const {
    if (b.region >= image_.regions().count || b.kind > kLastBufferKind) return Reason::kIndex;
    const bool is_aligned = b.offset % 16 == 0;
    const bool is_within = uint64_t{b.offset} + b.bytes <= image_.regions()[b.region].bytes;
    return first_of(name(b.name), in_bounds(is_aligned && is_within));
  }

  Reason constant(const Constant& c) const {
    const bool is_within = uint64_t{c.offset} + c.bytes <= image_.constants_bytes();
    return first_of(first_of(name(c.name), known(c.dtype)),
                    in_bounds(c.offset % kConstantAlignBytes == 0 && is_within));
  }

  // The steps of a loop stand together, and loops come in their order.
  Fault steps() const {
    uint32_t loops = 0;
    for (uint32_t i = 0; i < image_.steps().count; ++i) {
      const Step& step = image_.steps()[i];
      const bool goes_on = i > 0 && image_.steps()[i - 1].loop == step.loop;
      if (step.loop != kAbsent && !goes_on && step.loop != loops++) return {Reason::kOrder, Table::kSteps, i};
      if (const Reason reason = this->step(step); reason != Reason::kNone) return {reason, Table::kSteps, i};
      const uint32_t trips = step.loop == kAbsent ? 1 : image_.loops()[step.loop].trips;
      for (uint32_t j = 0; j < image_.kernels()[step.kernel].buffers; ++j) {
        const uint32_t at = step.first_operand + j;
        const Reason reason = operand(image_.operands()[at], trips);
        if (reason != Reason::kNone) return {reason, Table::kOperands, at};
      }
    }
    return {};
  }

  Reason step(const Step& s) const {
    if (s.kernel >= image_.kernels().count) return Reason::kIndex;
    if (s.loop != kAbsent && s.loop >= image_.loops().count) return Reason::kIndex;
    const Kernel& kernel = image_.kernels()[s.kernel];
    const bool is_within = uint64_t{s.first_word} + kernel.words <= image_.words().count &&
                           uint64_t{s.first_operand} + kernel.buffers <= image_.operands().count;
    return first_of(first_of(name(s.name), name(s.op)), is_within ? Reason::kNone : Reason::kIndex);
  }

  Reason operand(const Operand& o, uint32_t trips) const {
    switch (static_cast<OperandKind>(o.kind)) {
      case OperandKind::kNone:
        return Reason::kNone;
      case OperandKind::kConstant:
        return in_table(o.index, image_.constants().count);
      case OperandKind::kBuffer:
        break;
      default:
        return Reason::kIndex;
    }
    if (o.index >= image_.buffers().count) return Reason::kIndex;
    const auto bytes = int64_t{image_.buffers()[o.index].bytes};
    const auto first = int64_t{o.byte_offset};
    const int64_t last = first + int64_t{o.advance_bytes} * (int64_t{trips} - 1);  // cannot overflow
    const int64_t lowest = first < last ? first : last;
    return in_bounds(first <= bytes && last <= bytes && lowest >= 0 && lowest + o.bytes <= bytes);
  }

  Reason tensor(const Tensor& t) const {
    Reason reason = first_of(name(t.name), known(t.dtype));
    if (t.channels_last_of != kAbsent) reason = first_of(reason, name(t.channels_last_of));
    if (t.step != kAbsent) reason = first_of(reason, in_table(t.step, image_.steps().count));
    reason = first_of(reason, in_table(t.buffer, image_.buffers().count));
    const bool has_records = uint64_t{t.first_extent} + t.rank <= image_.extents().count &&
                             uint64_t{t.first_scale} + t.scales <= image_.scales().count;
    if (reason != Reason::kNone || !has_records) return first_of(reason, Reason::kIndex);
    return in_bounds(t.byte_offset <= image_.buffers()[t.buffer].bytes);
  }

  const Image& image_;
};

}  // namespace detail

// kText, kIndex, kBounds, kOrder of the first record that does not hold.
inline Fault check(const Image& image) {
  return detail::Check(image).run();
}

}  // namespace tmc::image
