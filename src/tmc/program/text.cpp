// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/text.hpp"

#include <algorithm>
#include <bit>

#include "tmc/program/names.hpp"

namespace tmc::program {
namespace {

using Row = std::vector<std::string>;

// Names come from model files: nothing in them may break a line or talk to the terminal.
std::string printable(std::string_view name) {
  std::string text(name);
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
  return text;
}

bool is_number(std::string_view cell) {
  return cell == "-" || (!cell.empty() && cell.find_first_not_of("0123456789") == std::string_view::npos);
}

// A title and cells. Columns as wide as their widest cell; those of numbers to the right.
std::string table(const std::vector<Row>& rows) {
  std::vector<size_t> widths(rows.front().size());
  std::vector<bool> numbers(rows.front().size(), true);
  for (size_t r = 0; r < rows.size(); ++r) {
    for (size_t i = 0; i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], rows[r][i].size());
      numbers[i] = numbers[i] && (r == 0 || is_number(rows[r][i]));
    }
  }
  std::string text;
  for (const Row& row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      line += numbers[i] ? fmt::format("  {:>{}}", row[i], widths[i]) : fmt::format("  {:<{}}", row[i], widths[i]);
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

std::string place_text(const Program& program, const Operand& operand) {
  switch (operand.kind) {
    case Operand::Kind::kConstant:
      return fmt::format("c{}", operand.index);
    case Operand::Kind::kBuffer:
      break;
    case Operand::Kind::kNone:
      return "-";
  }
  const Buffer& buffer = program.buffers[static_cast<size_t>(operand.index)];
  std::string text = fmt::format("b{}", operand.index);
  if (operand.byte_offset != 0) text += fmt::format("+{}", operand.byte_offset);
  if (buffer.offset != kOpen) text += fmt::format("@{}", buffer.offset + operand.byte_offset);
  if (operand.advance_bytes != 0) text += fmt::format("{:+}*t", operand.advance_bytes);
  return text;
}

std::string operands_text(const Program& program, const Step& step) {
  std::string text;
  for (size_t i = 0; i < step.operands.size(); ++i) {
    if (step.operands[i].kind == Operand::Kind::kNone) continue;
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", step.implementation->kernel->buffers[i].name,
                        place_text(program, step.operands[i]));
  }
  return text;
}

std::string params_text(const Step& step) {
  std::string text;
  size_t word = 0;
  for (const kernels::ParamInfo& info : step.implementation->kernel->params) {
    std::string values;
    for (int32_t i = 0; i < info.count; ++i, ++word) {
      const int32_t value = step.params[word];
      values += i == 0 ? "" : ",";
      values += info.is_float ? fmt::format("{}", std::bit_cast<float>(value)) : fmt::format("{}", value);
    }
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", info.name, values);
  }
  return text;
}

std::string steps_text(const Program& program) {
  std::vector<Row> rows = {{"step", "node", "op", "kernel", "macs", "operands | parameters"}};
  for (size_t i = 0; i < program.steps.size(); ++i) {
    const Step& step = program.steps[i];
    std::string part = step.stripe < 0 ? "" : fmt::format(", stripe {}", step.stripe);
    if (step.loop >= 0) part = fmt::format(", loop {} of {} trips", step.loop, trips_of(program, step));
    rows.push_back({fmt::format("{}", i), printable(step.name) + part, printable(step.op), step.implementation->label(),
                    fmt::format("{}", step.macs), operands_text(program, step) + " | " + params_text(step)});
  }
  return table(rows);
}

// Nothing where no step says why it has its implementation.
std::string choices_text(const Program& program) {
  std::vector<Row> rows = {{"step", "kernel", "why"}};
  for (size_t i = 0; i < program.steps.size(); ++i) {
    const Step& step = program.steps[i];
    if (step.choice.empty()) continue;
    rows.push_back({fmt::format("{}", i), step.implementation->label(), printable(step.choice)});
  }
  return rows.size() > 1 ? fmt::format("\n{}", table(rows)) : "";
}

std::string buffers_text(const Program& program) {
  std::vector<Row> rows = {{"buffer", "name", "kind", "region", "bytes", "begin", "end", "steps"}};
  const std::vector<Lifetime> lives = lifetimes(program);
  for (size_t i = 0; i < program.buffers.size(); ++i) {
    const Buffer& buffer = program.buffers[i];
    const bool placed = buffer.offset != kOpen;
    rows.push_back({fmt::format("b{}", i), printable(buffer.name), buffer_kind_name(buffer.kind),
                    fmt::format("{}", buffer.region), fmt::format("{}", buffer.bytes),
                    placed ? fmt::format("{}", buffer.offset) : "-",
                    placed ? fmt::format("{}", buffer.offset + buffer.bytes) : "-",
                    lives[i].last < lives[i].first ? "-" : fmt::format("{}..{}", lives[i].first, lives[i].last)});
  }
  return table(rows);
}

std::string notes_on(const Constant& constant) {
  return fmt::format("{}{}", constant.blob.is_table ? "table " : "", constant.pinned ? "pinned " : "");
}

std::string constants_text(const Program& program) {
  std::vector<Row> rows = {{"constant", "name", "dtype", "bytes", ""}};
  for (size_t i = 0; i < program.constants.size(); ++i) {
    const Constant& constant = program.constants[i];
    rows.push_back({fmt::format("c{}", i), printable(constant.name), dtype_name(constant.blob.dtype),
                    fmt::format("{}", constant.blob.bytes.size()), notes_on(constant)});
  }
  return table(rows);
}

// What a buffer is called in the map: by its number 0-9, then a-z, A-Z, and from there on again.
char map_letter(size_t buffer) {
  constexpr std::string_view kLetters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  return kLetters[buffer % kLetters.size()];
}

std::string map_text(const Program& program, int32_t region) {
  constexpr int64_t kColumns = 64;
  const int64_t arena_bytes = program.regions[static_cast<size_t>(region)].used_bytes;
  const int64_t column_bytes = std::max<int64_t>((arena_bytes + kColumns - 1) / kColumns, 1);
  const std::vector<Lifetime> lives = lifetimes(program);
  std::string text = fmt::format(
      "'{}' over time, {} byte{} a column; where buffers share bytes, the one with the greater number\n",
      printable(program.regions[static_cast<size_t>(region)].name), column_bytes, column_bytes == 1 ? "" : "s");
  for (int32_t step = 0; step < std::ssize(program.steps); ++step) {
    std::string line(static_cast<size_t>((arena_bytes + column_bytes - 1) / column_bytes), '.');
    for (size_t i = 0; i < program.buffers.size(); ++i) {
      const Buffer& buffer = program.buffers[i];
      if (buffer.region != region || lives[i].first > step || lives[i].last < step) continue;
      for (int64_t c = buffer.offset / column_bytes; c * column_bytes < buffer.offset + buffer.bytes; ++c) {
        line[static_cast<size_t>(c)] = map_letter(i);
      }
    }
    text += fmt::format("  {:>4} |{}|\n", step, line);
  }
  return text;
}

std::string ports_text(const Program& program, const char* title, const std::vector<int32_t>& ports) {
  std::string text = fmt::format("{}:", title);
  for (const int32_t port : ports) {
    const Tensor& tensor = program.tensors[static_cast<size_t>(port)];
    text += fmt::format(" '{}' {}", printable(tensor.name), dtype_name(tensor.dtype));
    text +=
        fmt::format(" {} in b{}", tensor.shape.rank() == 0 ? "scalar" : fmt::format("{}", fmt::join(tensor.shape, "x")),
                    tensor.buffer);
  }
  return text + "\n";
}

}  // namespace

std::string plan_text(const Program& program) {
  const PlanInfo& plan = program.plan;
  std::string text = fmt::format("{}, lower bound {} bytes, ", printable(plan.method), plan.lower_bound_bytes);
  text += plan.optimal ? "optimal" : fmt::format("gap {} bytes", program.arena_bytes() - plan.lower_bound_bytes);
  if (plan.reordered) text += ", steps reordered";
  if (plan.views > 0) text += fmt::format(", {} cop{} spared", plan.views, plan.views == 1 ? "y" : "ies");
  if (plan.striped_nodes > 0) {
    text += fmt::format(", {} nodes in stripes, moving {} bytes a run", plan.striped_nodes, plan.moved_bytes);
  }
  return text;
}

std::string to_text(const Program& program) {
  std::string text = fmt::format("program '{}' for {}{}\n", printable(program.name), printable(program.target),
                                 program.keep_inputs ? ", keeps its inputs" : "");
  for (const Region& region : program.regions) {
    text += fmt::format("region '{}': {} bytes used\n", printable(region.name), region.used_bytes);
  }
  if (!program.plan.method.empty()) text += fmt::format("plan: {}\n", plan_text(program));
  text += ports_text(program, "inputs", program.inputs) + ports_text(program, "outputs", program.outputs);
  text += fmt::format("\n{}{}\n{}\n{}", steps_text(program), choices_text(program), buffers_text(program),
                      constants_text(program));
  for (int32_t region = 0; is_placed(program) && region < std::ssize(program.regions); ++region) {
    text += fmt::format("\n{}", map_text(program, region));
  }
  return text;
}

}  // namespace tmc::program
