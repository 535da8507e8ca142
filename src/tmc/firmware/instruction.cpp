// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/firmware/instruction.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <vector>

#include "tmc/base/host/process.hpp"
#include "tmc/firmware/compile.hpp"

namespace tmc::firmware {
namespace {

constexpr std::size_t kFirstFloat = 16;

std::optional<unsigned> parse_number(std::string_view digits, int base = 10) {
  unsigned value = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (digits.empty() || failure != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

// The register that a word names; empty for one that names none.
Registers parse_register(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, unsigned>, 7> kNames = {
      {{"sb", 9}, {"sl", 10}, {"fp", 11}, {"ip", 12}, {"sp", 13}, {"lr", 14}, {"pc", 15}}};
  Registers registers;
  for (const auto& [name, number] : kNames) {
    if (word == name) registers.set(number);
  }
  if (registers.any() || word.size() < 2) return registers;
  const auto number = parse_number(word.substr(1));
  if (!number) return registers;
  if (word[0] == 'r' && *number < 16) registers.set(*number);
  if (word[0] == 's' && *number < 32) registers.set(kFirstFloat + *number);
  if (word[0] == 'd' && *number < 16) {
    const std::size_t single = kFirstFloat + std::size_t{2} * *number;
    registers.set(single);
    registers.set(single + 1);
  }
  return registers;
}

bool is_word(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

// Every register that the text names, a range such as "r4-r7" included.
Registers registers_in(std::string_view text) {
  Registers all;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    const Registers first = parse_register(text.substr(at, end - at));
    all |= first;
    if (first.any() && end < text.size() && text[end] == '-') {
      std::size_t last_end = end + 1;
      while (last_end < text.size() && is_word(text[last_end])) ++last_end;
      const Registers last = parse_register(text.substr(end + 1, last_end - end - 1));
      for (Registers next = first; last.any() && next.any() && !(next & last).any(); next <<= 1) all |= next;
      all |= last;
      end = last_end;
    }
    at = end;
  }
  return all;
}

// Splits at the commas outside brackets and braces.
std::vector<std::string_view> split_operands(std::string_view text) {
  std::vector<std::string_view> operands;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const char letter = at < text.size() ? text[at] : ',';
    if (letter == '[' || letter == '{') ++depth;
    if (letter == ']' || letter == '}') --depth;
    if (letter != ',' || depth > 0) continue;
    while (begin < at && text[begin] == ' ') ++begin;
    if (begin < at) operands.push_back(text.substr(begin, at - begin));
    begin = at + 1;
  }
  return operands;
}

bool starts_with_any(std::string_view name, std::initializer_list<std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [name](std::string_view prefix) { return name.starts_with(prefix); });
}

InstructionKind kind_of(std::string_view name) {
  if (starts_with_any(name, {"ldr", "ldm", "pop", "vldr", "vldm", "vpop"})) return InstructionKind::kLoad;
  if (starts_with_any(name, {"str", "stm", "push", "vstr", "vstm", "vpush"})) return InstructionKind::kStore;
  if (starts_with_any(name, {"sdiv", "udiv", "vdiv", "vsqrt"})) return InstructionKind::kDivide;
  if (starts_with_any(name, {"mul",  "mla",  "mls",   "smul", "smla", "smml", "smmul", "smls", "smua", "smus",
                             "umul", "umla", "umaal", "vmul", "vmla", "vmls", "vnmul", "vfma", "vfms", "vfnm"})) {
    return InstructionKind::kMultiply;
  }
  if (starts_with_any(name, {"cbz", "cbnz", "tbb", "tbh"})) return InstructionKind::kBranch;
  if (name[0] == 'b' && !starts_with_any(name, {"bic", "bfi", "bfc", "bkpt"})) return InstructionKind::kBranch;
  return InstructionKind::kAlu;
}

// How many of the leading operands are results.
std::size_t result_count(std::string_view name, InstructionKind kind) {
  if (kind == InstructionKind::kStore || kind == InstructionKind::kBranch) return 0;
  if (starts_with_any(name,
                      {"cmp", "cmn", "tst", "teq", "vcmp", "it", "nop", "bkpt", "udf", "dsb", "isb", "dmb", "wfi"})) {
    return 0;
  }
  if (starts_with_any(name, {"ldrd", "smull", "umull", "smlal", "smlsl", "umlal", "umaal"})) return 2;
  return 1;
}

// A result that the instruction also takes in.
bool reads_results(std::string_view name) {
  return starts_with_any(
      name, {"movt", "bfi", "bfc", "smlal", "smlsl", "umlal", "umaal", "vmla", "vmls", "vfma", "vfms", "vfnm"});
}

bool is_block_transfer(std::string_view name) {
  return starts_with_any(name, {"ldm", "stm", "push", "pop", "vldm", "vstm", "vpush", "vpop"});
}

Registers stack_pointer() {
  return parse_register("sp");
}

void decode_block_transfer(const std::vector<std::string_view>& operands, Instruction& instruction) {
  const Registers list = registers_in(operands.back());
  const bool implicit = operands.size() == 1;
  const Registers base = implicit ? stack_pointer() : registers_in(operands.front());
  instruction.words = std::max(1, static_cast<int>(list.count()));
  instruction.reads |= base;
  if (implicit || operands.front().find('!') != operands.front().npos) instruction.updates |= base;
  (instruction.kind == InstructionKind::kLoad ? instruction.writes : instruction.reads) |= list;
}

// "[r3, #1]!" and "[r1], #1" move the address on.
void decode_address(const std::vector<std::string_view>& operands, Instruction& instruction) {
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const std::string_view operand = operands[i];
    if (operand.front() != '[') continue;
    const bool post_indexed = operand.back() == ']' && i + 1 < operands.size();
    if (operand.back() == '!' || post_indexed) {
      instruction.updates |= registers_in(operand.substr(0, operand.find_first_of(",]")));
    }
  }
}

}  // namespace

Instruction decode_instruction(std::string_view mnemonic, std::string_view operand_text) {
  const std::string_view name = mnemonic.substr(0, mnemonic.find('.'));
  const auto operands = split_operands(operand_text);
  Instruction instruction;
  if (name.empty()) return instruction;
  instruction.kind = kind_of(name);
  if (operands.empty()) return instruction;
  if (is_block_transfer(name)) {
    decode_block_transfer(operands, instruction);
    return instruction;
  }
  const std::size_t results = std::min(result_count(name, instruction.kind), operands.size());
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (i < results) {
      instruction.writes |= registers_in(operands[i]);
    } else {
      instruction.reads |= registers_in(operands[i]);
    }
  }
  const bool accumulates = instruction.kind == InstructionKind::kMultiply && (operands.size() == 4 && results == 1);
  if (accumulates) {
    instruction.accumulators = registers_in(operands[3]);
    instruction.reads = registers_in(operands[1]) | registers_in(operands[2]);
  }
  if (reads_results(name)) {
    (instruction.kind == InstructionKind::kMultiply ? instruction.accumulators : instruction.reads) |=
        instruction.writes;
  }
  if (name == "bl" || name == "blx") instruction.writes |= parse_register("lr");
  if (starts_with_any(name, {"ldrd", "strd"})) instruction.words = 2;
  decode_address(operands, instruction);
  return instruction;
}

Disassembly parse_disassembly(std::string_view text) {
  Disassembly disassembly;
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    // "   ca:\tldr\tr1, [pc, #32]\t@ (f0 <tiny_run+0x30>)"
    const auto colon = line.find(":\t");
    if (colon == line.npos) continue;
    const auto first = line.find_first_not_of(' ');
    const auto address = parse_number(line.substr(first, colon - first), 16);
    if (!address) continue;
    line = line.substr(colon + 2);
    const std::string_view mnemonic = line.substr(0, line.find('\t'));
    if (mnemonic.starts_with('.')) continue;
    std::string_view operands = line.substr(std::min(line.size(), mnemonic.size() + 1));
    operands = operands.substr(0, operands.find_first_of("\t@;<"));
    disassembly.emplace(*address, decode_instruction(mnemonic, operands));
  }
  return disassembly;
}

Result<Disassembly> disassemble(const Target& target, const std::filesystem::path& elf) {
  const Command command{{target.toolchain->disassembler, "-d", "--no-show-raw-insn", elf.string()}, {}, kToolTimeoutS};
  TMC_ASSIGN(const Finished finished, run_checked(command));
  return parse_disassembly(finished.out);
}

}  // namespace tmc::firmware
