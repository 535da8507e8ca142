// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/firmware/text_run.hpp"

#include <cstring>

#include "tmc/firmware/emulator.hpp"

namespace tmc::firmware {
namespace {

// "NAME NUMBER NAME NUMBER ...", as the harness writes it, into the numbers.
bool read_words(const std::string& line, std::initializer_list<std::pair<std::string_view, std::uint64_t*>> wanted) {
  std::istringstream words(line);
  for (const auto& [name, number] : wanted) {
    std::string word;
    words >> word >> *number;
    if (!words || word != name) return false;
  }
  return true;
}

Status parse_line(const std::string& line, TextRun& run, bool& ended) {
  std::uint64_t number = 0;
  TokenCost token;
  if (read_words(line, {{"token", &number}, {"step", &token.step}, {"text", &token.text}})) {
    run.tokens.push_back(token);
    return {};
  }
  if (read_words(line, {{"prompt", &number}, {"instructions", &run.prompt_instructions}})) {
    run.prompt_tokens = static_cast<std::uint32_t>(number);
    return {};
  }
  if (read_words(line, {{"end", &number}, {"stack", &run.stack_bytes}})) {
    run.code = static_cast<std::uint32_t>(number);
    ended = true;
    return {};
  }
  return error(Error::kInternal, "the harness wrote a report that is not understood: '{}'", line);
}

}  // namespace

Result<TextRun> run_text(const Target& target, const Firmware& firmware, std::string_view prompt, std::uint32_t steps,
                         const OnOutput& give) {
  if (!firmware.count_elf) return error(Error::kInternal, "the counting harness was not linked");
  TMC_ASSIGN(const ScratchFolder folder, ScratchFolder::make());
  std::string inputs(sizeof steps, '\0');
  std::memcpy(inputs.data(), &steps, sizeof steps);
  inputs += prompt;
  const double limit_s = time_limit_s(target, firmware, steps, 1);
  Status ran = run_emulator(target, *firmware.count_elf, inputs, folder.path(), limit_s, give);
  TextRun run;
  bool ended = false;
  const std::filesystem::path report = folder.path() / "report.txt";
  const Status read = for_each_line(report, [&](const std::string& line) { return parse_line(line, run, ended); });
  if (!ran.ok()) {
    return error(ran.code(), "{}; {} of {} tokens had been read", ran.message(), run.tokens.size(), steps)
        .with_hint("what was written until then is right; run it again, with --steps for a shorter text");
  }
  TMC_TRY(read);
  if (!ended) return error(Error::kInternal, "the harness ended its report after {} tokens", run.tokens.size());
  return run;
}

}  // namespace tmc::firmware
