// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/stripes.hpp"

#include <algorithm>
#include <map>

#include "tmc/kernels/contract/copy.hpp"
#include "tmc/program/edit.hpp"
#include "tmc/program/layers.hpp"
#include "tmc/storage/last_writer.hpp"
#include "tmc/storage/rows.hpp"
#include "tmc/storage/striped_output.hpp"
#include "tmc/storage/uses.hpp"

namespace tmc::storage {
namespace {

using kernels::Role;
using program::Buffer;
using program::Operand;
using program::Program;
using program::Step;

bool is_used(const Program& program, int32_t buffer) {
  const auto uses_it = [buffer](const Operand& operand) {
    return operand.kind == Operand::Kind::kBuffer && operand.index == buffer;
  };
  return std::ranges::find(program.tensors, buffer, &program::Tensor::buffer) != program.tensors.end() ||
         std::ranges::any_of(program.steps,
                             [&](const Step& step) { return std::ranges::any_of(step.operands, uses_it); });
}

class Striping {
 public:
  Striping(const Program& program, const Stripes& stripes, std::span<const std::string> isa)
      : program_(program), stripes_(stripes), isa_(isa) {}

  std::optional<Program> run() {
    if (!find_forms() || !find_outputs()) return std::nullopt;
    find_ends();
    find_places();
    for (int32_t stripe = 0; stripe < stripe_count_; ++stripe) {
      for (int32_t s = 0; s < count(); ++s) {
        if (!add_step(s, stripe)) return std::nullopt;
      }
    }
    return assemble();
  }

 private:
  int32_t count() const { return stripes_.last - stripes_.first + 1; }
  const Step& step(int32_t s) const { return program_.steps[static_cast<size_t>(stripes_.first + s)]; }
  const RowForm& form(int32_t s) const { return forms_[static_cast<size_t>(s)]; }
  StripedOutput& output(int32_t s) { return outputs_[static_cast<size_t>(s)]; }
  int32_t end(int32_t s, int32_t stripe) { return stripe < 0 ? 0 : output(s).ends[static_cast<size_t>(stripe)]; }

  bool find_forms() {
    for (int32_t s = 0; s < count(); ++s) {
      auto form = step(s).stripe < 0 ? RowForm::of(program_, step(s)) : std::nullopt;
      if (!form) return false;
      forms_.push_back(std::move(*form));
    }
    const int32_t rows = forms_.back().output_rows();
    stripe_count_ = (rows + stripes_.rows - 1) / stripes_.rows;
    return stripe_count_ > 1;
  }

  // The step of the group that writes a buffer; -1: none.
  int32_t producer(int32_t buffer) const {
    const auto found = std::ranges::find(outputs_, buffer, &StripedOutput::buffer);
    return found == outputs_.end() ? -1 : static_cast<int32_t>(found - outputs_.begin());
  }

  bool find_outputs() {
    for (int32_t s = 0; s < count(); ++s) {
      const Operand& written = step(s).operands[form(s).output()];
      const int64_t bytes = program_.buffers[static_cast<size_t>(written.index)].bytes;
      const bool fills_buffer = written.byte_offset == 0 && operand_extent(program_, written).size() == bytes;
      if (!fills_buffer || writers(written.index) != 1 || producer(written.index) >= 0) return false;
      for (size_t i = 0; i < step(s).operands.size(); ++i) {
        if (!add_reader(s, i)) return false;
      }
      outputs_.push_back({.buffer = written.index, .readers = {}, .ends = {}});
    }
    for (StripedOutput& each : outputs_) each.is_whole = is_read_outside(each);
    return true;
  }

  int64_t writers(int32_t buffer) const {
    int64_t count = 0;
    for (const Step& each : program_.steps) {
      for (size_t i = 0; i < each.operands.size(); ++i) {
        const bool writes = each.implementation->kernel->buffers[i].role != Role::kInput;
        if (writes && each.operands[i].kind == Operand::Kind::kBuffer && each.operands[i].index == buffer) ++count;
      }
    }
    return count;
  }

  // False: a part of what a step of the group writes is read, or not row by row.
  bool add_reader(int32_t s, size_t operand) {
    const Operand& read = step(s).operands[operand];
    if (read.kind != Operand::Kind::kBuffer || step(s).implementation->kernel->buffers[operand].role != Role::kInput)
      return true;
    const int32_t from = producer(read.index);
    if (from < 0) return true;
    const int64_t bytes = program_.buffers[static_cast<size_t>(read.index)].bytes;
    const bool reads_rows = form(s).has_rows(operand) && form(s).row_bytes(operand) == form(from).output_row_bytes();
    if (!reads_rows || operand_extent(program_, read).size() != bytes) return false;
    output(from).readers.push_back({s, operand});
    return true;
  }

  bool is_read_outside(const StripedOutput& each) const {
    const auto is_port = [&](int32_t port) {
      return program_.tensors[static_cast<size_t>(port)].buffer == each.buffer;
    };
    if (std::ranges::any_of(program_.outputs, is_port)) return true;
    for (int32_t s = stripes_.last + 1; s < std::ssize(program_.steps); ++s) {
      for (const Operand& operand : program_.steps[static_cast<size_t>(s)].operands) {
        if (operand.kind == Operand::Kind::kBuffer && operand.index == each.buffer) return true;
      }
    }
    return each.readers.empty();
  }

  // Which rows every step has computed after each stripe: those that its readers need by then.
  void find_ends() {
    for (int32_t stripe = 0; stripe < stripe_count_; ++stripe) {
      for (int32_t s = count() - 1; s >= 0; --s) {
        const int32_t rows = form(s).output_rows();
        const bool is_last = stripe == stripe_count_ - 1;
        int32_t needed = 0;
        if (s == count() - 1) needed = std::min(rows, stripes_.rows * (stripe + 1));
        if (s < count() - 1 && output(s).readers.empty()) {
          needed = static_cast<int32_t>(int64_t{rows} * (stripe + 1) / stripe_count_);
        }
        for (const StripeReader& reader : output(s).readers) {
          const int32_t read = end(reader.step, stripe);
          if (read > 0) needed = std::max(needed, form(reader.step).input_rows(reader.operand, {0, read}).end);
        }
        if (is_last && output(s).is_whole) needed = rows;
        output(s).ends.push_back(std::max(needed, end(s, stripe - 1)));
      }
    }
  }

  // The first row that this or a later stripe reads; rows are not let go before they are there.
  int32_t first_needed(int32_t s, int32_t stripe) {
    int32_t first = end(s, stripe - 1);
    for (const StripeReader& reader : output(s).readers) {
      const int32_t next = end(reader.step, stripe - 1);
      if (next == end(reader.step, stripe_count_ - 1)) continue;
      first = std::min(first, form(reader.step).input_rows(reader.operand, {next, next + 1}).begin);
    }
    return first;
  }

  void find_places() {
    for (int32_t s = 0; s < count(); ++s) {
      StripedOutput& each = output(s);
      if (each.is_whole) continue;
      for (int32_t stripe = 0; stripe < stripe_count_; ++stripe) {
        each.line_rows = std::max(each.line_rows, end(s, stripe) - first_needed(s, stripe));
      }
      each.shares_with = in_place_reader(s);
    }
    for (int32_t s = 0; s < count(); ++s) lay_over(s);
  }

  // Puts the rows of step `s` over those that it reads, where these are not needed any more.
  void lay_over(int32_t s) {
    for (int32_t from = 0; from < s; ++from) {
      if (output(from).readers.size() != 1 || output(from).readers.front().step != s) continue;
      const std::vector<int64_t> begins = begins_over(s, from, output(from).readers.front().operand);
      if (begins.empty()) continue;
      output(s).lies_over = from;
      output(s).begins_over = begins;
      return;
    }
  }

  // Whether the step's rows have a line buffer that no other step's lie in.
  bool has_own_line(int32_t s) {
    return !output(s).is_whole && output(s).shares_with < 0 && output(s).lies_over < 0 &&
           std::ranges::find(outputs_, s, &StripedOutput::shares_with) == outputs_.end();
  }

  // Where, for each stripe, the rows of `s` may begin in the line buffer of `from`; empty where they may not lie there.
  std::vector<int64_t> begins_over(int32_t s, int32_t from, size_t operand) {
    if (!has_own_line(s) || !has_own_line(from)) return {};
    const int64_t row_bytes = form(from).output_row_bytes();
    std::vector<int64_t> begins;
    int32_t line_begin = 0;
    for (int32_t stripe = 0; stripe < stripe_count_; ++stripe) {
      if (end(from, stripe) - line_begin > output(from).line_rows) line_begin = first_needed(from, stripe);
      const Rows rows{end(s, stripe - 1), end(s, stripe)};
      const int32_t kept = stripe + 1 < stripe_count_ ? first_needed(from, stripe + 1) : end(from, stripe);
      begins.push_back((form(s).input_rows(operand, rows).begin - line_begin) * row_bytes);
      if (rows.count() == 0) continue;
      const auto rule = step(s).implementation->overlap(form(s).params(rows), static_cast<int>(operand));
      const bool may_begin_there = (rule.kind == kernels::Overlap::Kind::kForward && rule.slack_bytes >= 0) ||
                                   rule.kind == kernels::Overlap::Kind::kSameBegin;
      const int64_t written_end = begins.back() + rows.count() * form(s).output_row_bytes();
      const bool is_read_later = stripe + 1 < stripe_count_ && first_needed(s, stripe + 1) < rows.end;
      if (!may_begin_there || written_end > (kept - line_begin) * row_bytes || is_read_later) return {};
    }
    return begins;
  }

  // The one reader of a line buffer, where it can write its rows over those that it reads.
  int32_t in_place_reader(int32_t s) {
    if (output(s).readers.size() != 1) return -1;
    const StripeReader& reader = output(s).readers.front();
    const RowForm& reading = form(reader.step);
    const bool is_taken = std::ranges::find(outputs_, reader.step, &StripedOutput::shares_with) != outputs_.end();
    if (is_taken || !reading.keeps_rows(reader.operand)) return -1;
    for (int32_t stripe = 0; stripe < stripe_count_; ++stripe) {
      const Rows rows{end(reader.step, stripe - 1), end(reader.step, stripe)};
      if (rows.count() == 0) continue;
      const auto rule =
          step(reader.step).implementation->overlap(reading.params(rows), static_cast<int>(reader.operand));
      if (rule.kind == kernels::Overlap::Kind::kNever || rule.slack_bytes < 0) return -1;
    }
    return reader.step;
  }

  // The step whose output's buffer holds the rows that step `s` writes.
  int32_t holder(int32_t s) {
    while (output(s).shares_with >= 0) s = output(s).shares_with;
    return s;
  }

  Operand rows_of(int32_t buffer, int64_t row_bytes, const Rows& rows) {
    const Operand operand{Operand::Kind::kBuffer, buffer, rows.begin * row_bytes, rows.count() * row_bytes};
    is_aligned_ = is_aligned_ && operand.byte_offset % program::kAlignBytes == 0;
    return operand;
  }

  Operand output_rows(int32_t s, const Rows& rows) {
    if (output(s).lies_over >= 0) {
      Operand over = rows_of(output(output(s).lies_over).buffer, form(s).output_row_bytes(),
                             {rows.begin - output(s).line_begin, rows.end - output(s).line_begin});
      over.byte_offset += output(s).begins_over[static_cast<size_t>(stripe_)];
      is_aligned_ = is_aligned_ && over.byte_offset % program::kAlignBytes == 0;
      return over;
    }
    const int32_t at = holder(s);
    const int32_t begin = output(at).is_whole ? 0 : output(at).line_begin;
    return rows_of(output(at).buffer, form(at).output_row_bytes(), {rows.begin - begin, rows.end - begin});
  }

  Operand input_rows(int32_t s, size_t operand, const Rows& rows) {
    Operand read = step(s).operands[operand];
    if (!form(s).has_rows(operand)) return read;
    const Rows needed = form(s).input_rows(operand, rows);
    const int32_t from = producer(read.index);
    if (from >= 0) return output_rows(from, needed);
    const int64_t byte_offset = read.byte_offset;
    read = rows_of(read.index, form(s).row_bytes(operand), needed);
    read.byte_offset += byte_offset;
    return read;
  }

  // Before a line buffer takes the rows of a stripe, those that are still needed move to its beginning.
  void make_room(int32_t s, int32_t stripe) {
    StripedOutput& each = output(s);
    if (end(s, stripe) - each.line_begin <= each.line_rows) return;
    const Rows kept{first_needed(s, stripe), end(s, stripe - 1)};
    if (kept.count() > 0) {
      const int64_t row_bytes = form(s).output_row_bytes();
      const auto bytes = static_cast<int32_t>(kept.count() * row_bytes);
      std::vector<int32_t> params = kernels::to_words(kernels::Copy::Params{1, bytes, bytes, bytes});
      Step move{.name = step(s).name,
                .op = program::kMoveRows,
                .implementation = move_implementation(params),
                .params = std::move(params),
                .operands = {output_rows(s, kept), rows_of(each.buffer, row_bytes, {0, kept.count()})},
                .choice = "keeps rows for the next stripe",
                .stripe = stripe};
      steps_.push_back(std::move(move));
      moved_bytes_ += bytes;
    }
    each.line_begin = kept.begin;
  }

  // The cheapest that moves rows to lower addresses, whether or not they overlap.
  const kernels::ImplementationInfo* move_implementation(kernels::Words params) const {
    const kernels::ImplementationInfo* best = kernels::find_implementation("portable", kernels::Copy::kName);
    for (const std::string& isa : isa_) {
      for (const kernels::ImplementationInfo* implementation : kernels::implementations_of(*best->kernel, isa)) {
        const kernels::Overlap rule = implementation->overlap(params, 0);
        const bool moves_up = rule.kind == kernels::Overlap::Kind::kForward && rule.slack_bytes >= 0;
        const bool is_cheaper = implementation->instructions(params) < best->instructions(params);
        if (moves_up && implementation->applies(params) && is_cheaper) best = implementation;
      }
    }
    return best;
  }

  bool add_step(int32_t s, int32_t stripe) {
    const Rows rows{end(s, stripe - 1), end(s, stripe)};
    if (rows.count() == 0) return true;
    stripe_ = stripe;
    if (output(s).lies_over >= 0) {
      output(s).line_begin = rows.begin;
    } else if (!output(s).is_whole && output(s).shares_with < 0) {
      make_room(s, stripe);
    }
    // Rows that lie where a later step's will need its line buffer's room before that step runs.
    if (const int32_t at = holder(s); at != s && !output(at).is_whole) make_room(at, stripe);
    Step part = step(s);
    part.params = form(s).params(rows);
    part.stripe = stripe;
    const int64_t all = form(s).output_rows();
    part.macs = part.macs * rows.end / all - part.macs * rows.begin / all;
    if (!part.implementation->applies(part.params)) return false;
    for (size_t i = 0; i < part.operands.size(); ++i) {
      const Role role = part.implementation->kernel->buffers[i].role;
      if (role == Role::kOutput) part.operands[i] = output_rows(s, rows);
      if (role == Role::kInput && part.operands[i].kind == Operand::Kind::kBuffer) {
        part.operands[i] = input_rows(s, i, rows);
      }
      if (role == Role::kScratch) part.operands[i] = scratch(part.implementation->scratch_bytes(part.params));
    }
    last_step_[s] = static_cast<int32_t>(steps_.size());
    steps_.push_back(std::move(part));
    return is_aligned_;
  }

  // All steps of the group use one buffer in turn.
  Operand scratch(int64_t bytes) {
    if (bytes == 0) return {};
    scratch_bytes_ = std::max(scratch_bytes_, bytes);
    return {Operand::Kind::kBuffer, static_cast<int32_t>(program_.buffers.size()), 0, bytes};
  }

  Program assemble() {
    Program striped = program_;
    const auto first = striped.steps.begin() + stripes_.first;
    striped.steps.erase(first, first + count());
    const auto added = static_cast<int32_t>(steps_.size());
    striped.steps.insert(striped.steps.begin() + stripes_.first, std::make_move_iterator(steps_.begin()),
                         std::make_move_iterator(steps_.end()));
    if (scratch_bytes_ > 0) {
      striped.buffers.push_back({.name = step(count() - 1).name + ".stripes.scratch",
                                 .kind = Buffer::Kind::kScratch,
                                 .bytes = scratch_bytes_});
    }
    program::remove_tensors(striped, [&](const program::Tensor& tensor) {
      const int32_t from = producer(tensor.buffer);
      return from >= 0 && !output(from).is_whole;
    });
    for (program::Tensor& tensor : striped.tensors) {
      const int32_t writer = tensor.step < stripes_.first || tensor.step > stripes_.last
                                 ? tensor.step
                                 : last_writer(program_, tensor, tensor.step);
      tensor.step = writer < stripes_.first  ? writer
                    : writer > stripes_.last ? writer - count() + added
                                             : stripes_.first + last_step_.at(writer - stripes_.first);
    }
    for (int32_t s = 0; s < count(); ++s) {
      if (output(s).is_whole) continue;
      Buffer& line = striped.buffers[static_cast<size_t>(output(s).buffer)];
      line.bytes = output(s).line_rows * form(s).output_row_bytes();
      line.name += ".rows";
    }
    program::remove_buffers(striped, [&](int32_t buffer) { return !is_used(striped, buffer); });
    striped.plan.striped_nodes += count();
    striped.plan.moved_bytes += moved_bytes_;
    return striped;
  }

  const Program& program_;
  Stripes stripes_;
  std::span<const std::string> isa_;
  int32_t stripe_count_ = 0;
  int32_t stripe_ = 0;  // that is being made
  std::vector<RowForm> forms_;
  std::vector<StripedOutput> outputs_;
  std::vector<Step> steps_;
  std::map<int32_t, int32_t> last_step_;  // of each step of the group, among steps_
  int64_t scratch_bytes_ = 0;
  int64_t moved_bytes_ = 0;
  bool is_aligned_ = true;
};

}  // namespace

std::optional<Program> with_stripes(const Program& program, const Stripes& stripes, std::span<const std::string> isa) {
  return Striping(program, stripes, isa).run();
}

}  // namespace tmc::storage
