// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/firmware/cycles.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <thread>

#include "tmc/base/host/files.hpp"

namespace tmc::firmware {
namespace {

namespace fs = std::filesystem;

// How many times slower an emulator is that lists every block it enters.
constexpr double kTraceSlowdown = 100;

using Progress = std::function<void(uint64_t instructions)>;

// A named pipe that a thread reads line by line: a trace is far too long for memory or disk. The writer opens it by its
// name; the reader ends when it is told that the writer is gone.
class LinePipe {
 public:
  static constexpr int kPollMs = 20;

  LinePipe(const fs::path& path, BlockTrace& trace, const Progress& progress) : trace_(trace), progress_(progress) {
    if (mkfifo(path.c_str(), 0600) != 0) return;
    end_ = open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (end_ >= 0) reader_ = std::thread([this] { read_lines(); });
  }
  LinePipe(const LinePipe&) = delete;
  LinePipe& operator=(const LinePipe&) = delete;
  ~LinePipe() {
    finish();
    if (end_ >= 0) close(end_);
  }

  bool ok() const { return end_ >= 0; }

  // Call when the writer has ended: returns when all that it wrote has been read.
  void finish() {
    writer_gone_ = true;
    if (reader_.joinable()) reader_.join();
  }

 private:
  void read_lines() {
    std::array<char, 65536> buffer{};
    std::string pending;
    while (true) {
      const bool last_look = writer_gone_;
      const ssize_t bytes = read(end_, buffer.data(), buffer.size());
      if (bytes > 0) {
        pending.append(buffer.data(), static_cast<std::size_t>(bytes));
        take_lines(pending);
      } else if (last_look) {
        return;
      } else {
        pollfd ready{end_, POLLIN, 0};
        // Before the writer has come, poll would report the hang-up at once.
        if (bytes == 0) std::this_thread::sleep_for(std::chrono::milliseconds(kPollMs));
        poll(&ready, 1, kPollMs);
      }
    }
  }

  void take_lines(std::string& pending) {
    std::size_t begin = 0;
    for (auto end = pending.find('\n'); end != pending.npos; end = pending.find('\n', begin)) {
      trace_.add_line(std::string_view(pending).substr(begin, end - begin));
      begin = end + 1;
    }
    pending.erase(0, begin);
    constexpr uint64_t kInstructionsPerReport = 1'000'000;
    if (progress_ && trace_.instructions() >= reported_ + kInstructionsPerReport) {
      reported_ = trace_.instructions();
      progress_(reported_);
    }
  }

  BlockTrace& trace_;
  const Progress& progress_;
  uint64_t reported_ = 0;
  int end_ = -1;
  std::atomic<bool> writer_gone_ = false;
  std::thread reader_;
};

}  // namespace

Result<Execution> estimate_execution(const Target& target, const Firmware& firmware, const SampleBytes& sample,
                                     const Progress& progress) {
  if (target.run.trace_arguments.empty() || !target.issue) {
    return error(Error::kBadUsage, "nothing here estimates cycles of {}", target.name);
  }
  TMC_ASSIGN(const Disassembly disassembly, disassemble(target, *firmware.count_elf));
  TMC_ASSIGN(const ScratchFolder folder, ScratchFolder::make());
  const fs::path pipe_path = folder.path() / "trace";
  BlockTrace trace(firmware.model.run_function);
  LinePipe pipe(pipe_path, trace, progress);
  if (!pipe.ok()) return error(Error::kIo, "cannot make a pipe: {}", std::strerror(errno)).in_file(pipe_path.string());

  Target traced = target;
  for (const std::string& argument : target.run.trace_arguments) {
    traced.run.command.push_back(argument == "{trace}" ? pipe_path.string() : argument);
  }
  const auto runs = run_samples(traced, firmware, std::span(&sample, 1), kTraceSlowdown);
  pipe.finish();
  if (!runs.ok())
    return Status(runs.status()).with_hint("leave out the estimate of cycles, which takes longest: --no-cycles");
  if (!trace.complete()) return error(Error::kInternal, "the emulator's trace does not show a run of the model");
  return execution_of(trace, disassembly, *target.issue);
}

}  // namespace tmc::firmware
