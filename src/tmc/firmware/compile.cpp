// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/firmware/compile.hpp"

#include <algorithm>
#include <atomic>
#include <string_view>
#include <thread>

namespace tmc::firmware {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kCompilersAtOnce = 2;

Status compile(const std::string& compiler, const CompileJob& job) {
  Command command{{compiler}, {}, kToolTimeoutS};
  command.arguments.insert(command.arguments.end(), job.flags.begin(), job.flags.end());
  for (const std::string& argument : {std::string("-c"), job.source.string(), std::string("-o"), job.object.string()}) {
    command.arguments.push_back(argument);
  }
  auto finished = run_checked(command);
  if (!finished.ok()) return std::move(finished).status().in_file(job.source.string());
  return {};
}

// GNU ld says: region `FLASH' overflowed by 904640 bytes
Status overflow(std::string_view said) {
  constexpr std::string_view kBefore = "region `";
  constexpr std::string_view kBetween = "' overflowed by ";
  const auto at = said.find(kBetween);
  if (at == said.npos) return {};
  const auto name = said.rfind(kBefore, at);
  if (name == said.npos) return {};
  const std::string_view region = said.substr(name + kBefore.size(), at - name - kBefore.size());
  const std::string_view bytes = said.substr(at + kBetween.size());
  return error(Error::kDoesNotFit, "memory region {} is too small by {} bytes", region,
               bytes.substr(0, bytes.find(' ')));
}

bool is_source(const fs::path& path) {
  return path.extension() == ".cpp" || path.extension() == ".S" || path.extension() == ".s";
}

}  // namespace

Result<std::vector<fs::path>> sources_in(const fs::path& folder) {
  std::error_code failure;
  std::vector<fs::path> sources;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
    if (is_source(entry->path())) sources.push_back(entry->path());
  }
  if (failure) return error(Error::kNotFound, "cannot list it: {}", failure.message()).in_file(folder.string());
  std::sort(sources.begin(), sources.end());
  return sources;
}

Status compile_all(const std::string& compiler, const std::vector<CompileJob>& jobs) {
  std::vector<Status> statuses(jobs.size());
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> failed = false;
  const auto work = [&] {
    while (!failed) {
      const std::size_t index = next++;
      if (index >= jobs.size()) return;
      statuses[index] = compile(compiler, jobs[index]);
      if (!statuses[index].ok()) failed = true;
    }
  };
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < kCompilersAtOnce; ++i) threads.emplace_back(work);
  }
  for (Status& status : statuses) {
    if (!status.ok()) return std::move(status);
  }
  return {};
}

Status run_linker(const Command& command) {
  TMC_ASSIGN(const Finished finished, run_process(command));
  if (finished.exit_code == 0) return {};
  if (auto status = overflow(finished.err); !status.ok()) return status;
  return tool_failure(command, finished);
}

}  // namespace tmc::firmware
