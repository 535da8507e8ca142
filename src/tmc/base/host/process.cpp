// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/base/host/process.hpp"

#include <fcntl.h>
#include <fmt/ranges.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

namespace tmc {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kPollInterval = std::chrono::milliseconds(5);
constexpr auto kGraceAfterTerm = std::chrono::seconds(2);

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    close();
    number_ = std::exchange(other.number_, -1);
    return *this;
  }
  ~Descriptor() { close(); }

  int number() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_ = -1;
};

struct Pipe {
  Descriptor read, write;

  bool open() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    read = Descriptor(ends[0]);
    write = Descriptor(ends[1]);
    return true;
  }
};

class FileActions {
 public:
  FileActions() { posix_spawn_file_actions_init(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }

  posix_spawn_file_actions_t* get() { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

Status spawn(const Command& command, const Pipe& out, const Pipe& err, pid_t& child) {
  FileActions actions;
  posix_spawn_file_actions_addopen(actions.get(), STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(actions.get(), out.write.number(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(actions.get(), err.write.number(), STDERR_FILENO);
  if (!command.directory.empty()) posix_spawn_file_actions_addchdir_np(actions.get(), command.directory.c_str());

  std::vector<char*> arguments;
  for (const std::string& argument : command.arguments) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  const int failure = posix_spawnp(&child, arguments[0], actions.get(), nullptr, arguments.data(), environ);
  if (failure == 0) return {};
  if (failure == ENOENT && (command.directory.empty() || std::filesystem::is_directory(command.directory))) {
    return error(Error::kToolMissing, "there is no program '{}'", command.arguments[0])
        .with_hint("install it (scripts/setup installs all that tinymlc uses) or put its folder into PATH");
  }
  return error(Error::kIo, "cannot start '{}': {}", command.arguments[0], std::strerror(failure));
}

// Collects what both pipes bring until both are closed or the deadline passes; false in the latter case.
bool drain(Pipe& out, Pipe& err, Finished& finished, Clock::time_point deadline, const OnOutput& on_output) {
  std::array<pollfd, 2> ends = {{{out.read.number(), POLLIN, 0}, {err.read.number(), POLLIN, 0}}};
  const std::array<std::string*, 2> texts = {&finished.out, &finished.err};
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return false;
    poll(ends.data(), ends.size(), static_cast<int>(std::min<long long>(left, 1000)));
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (ends[i].revents == 0) continue;
      std::array<char, 4096> buffer{};
      const ssize_t bytes = read(ends[i].fd, buffer.data(), buffer.size());
      if (bytes > 0) {
        const std::string_view text(buffer.data(), static_cast<std::size_t>(bytes));
        texts[i]->append(text);
        if (i == 0 && on_output) on_output(text);
      } else if (bytes == 0 || errno != EINTR) {
        ends[i].fd = -1;
        ends[i].revents = 0;
      }
    }
  }
  return true;
}

bool wait_until(pid_t child, int& status, Clock::time_point deadline) {
  while (true) {
    if (waitpid(child, &status, WNOHANG) == child) return true;
    if (Clock::now() >= deadline) return false;
    std::this_thread::sleep_for(kPollInterval);
  }
}

// Asks first, so that a compiler can remove its temporary files.
void end(pid_t child) {
  int status = 0;
  kill(child, SIGTERM);
  if (wait_until(child, status, Clock::now() + kGraceAfterTerm)) return;
  kill(child, SIGKILL);
  waitpid(child, &status, 0);
}

// Compilers mark the line with "error:"; linkers and interpreters say what is wrong in their last line, which gcc
// follows by one of its own.
std::string_view telling_line(std::string_view text) {
  std::string_view last;
  while (!text.empty()) {
    const auto end_of_line = text.find('\n');
    const std::string_view line = text.substr(0, end_of_line);
    text.remove_prefix(end_of_line == text.npos ? text.size() : end_of_line + 1);
    if (line.empty() || line.starts_with("collect2:")) continue;
    if (line.find("error:") != line.npos) return line;
    last = line;
  }
  return last;
}

}  // namespace

std::string Command::text() const {
  return fmt::format("{}", fmt::join(arguments, " "));
}

Result<Finished> run_process(const Command& command, const OnOutput& on_output) {
  Pipe out;
  Pipe err;
  if (!out.open() || !err.open()) return error(Error::kIo, "cannot open a pipe: {}", std::strerror(errno));
  pid_t child = -1;
  TMC_TRY(spawn(command, out, err, child));
  out.write.close();
  err.write.close();

  const bool limited = command.timeout_s > 0;
  const auto limit = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(command.timeout_s));
  const auto deadline = Clock::now() + (limited ? limit : std::chrono::hours(24));
  Finished finished;
  int status = 0;
  if (!drain(out, err, finished, deadline, on_output) || !wait_until(child, status, deadline)) {
    end(child);
    return error(Error::kTimeout, "'{}' did not finish in {} s", command.arguments[0], command.timeout_s);
  }
  finished.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return finished;
}

Result<Finished> run_checked(const Command& command) {
  TMC_ASSIGN(Finished finished, run_process(command));
  if (finished.exit_code != 0) return tool_failure(command, finished);
  return finished;
}

Status tool_failure(const Command& command, const Finished& finished) {
  const std::string_view line = telling_line(finished.err.empty() ? finished.out : finished.err);
  return error(Error::kToolFailed, "'{}' failed with exit code {}: {}", command.arguments[0], finished.exit_code,
               line.empty() ? "it said nothing" : line);
}

}  // namespace tmc
