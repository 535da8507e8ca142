// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/firmware/build.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "tmc/base/host/files.hpp"
#include "tmc/firmware/board_files.hpp"
#include "tmc/firmware/compile.hpp"

namespace tmc::firmware {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStepHook = "-DTMC_STEP_HOOK";

// The folders of one build.
struct Layout {
  explicit Layout(const fs::path& work)
      : boards(work / "boards"), glue(work / "glue"), steps_glue(work / "glue-steps"), objects(work / "objects") {}

  fs::path boards;      // the embedded sources, written out
  fs::path glue;        // tmc_model.hpp, tmc_placement.ld and tmc_arenas.ld
  fs::path steps_glue;  // tmc_model.hpp with the dumps
  fs::path objects;
};

Status make_folder(const fs::path& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure) return error(Error::kIo, "cannot make it: {}", failure.message()).in_file(folder.string());
  return {};
}

Status write_boards(const fs::path& folder) {
  for (const EmbeddedFile& file : board_files()) {
    const fs::path path = folder / file.path;
    TMC_TRY(make_folder(path.parent_path()));
    TMC_TRY(write_file(path, file.text));
  }
  return {};
}

Status write_glue(const Layout& layout, const Firmware& firmware, const BuildRequest& request) {
  TMC_TRY(make_folder(layout.glue));
  TMC_TRY(make_folder(layout.steps_glue));
  TMC_TRY(write_file(layout.glue / "tmc_placement.ld", placement_script(request.pin_region)));
  TMC_TRY(write_file(layout.glue / "tmc_arenas.ld", arena_script(firmware.arena_regions)));
  TMC_TRY(write_file(layout.glue / "tmc_model.hpp", model_glue(firmware.model, {}, request.keeps_state)));
  if (request.text) TMC_TRY(write_file(layout.glue / "tmc_text.hpp", text_glue(firmware.model)));
  return write_file(layout.steps_glue / "tmc_model.hpp",
                    model_glue(firmware.model, firmware.dumps, request.keeps_state));
}

Result<ModelHeader> read_model_header(const fs::path& generated) {
  const fs::path path = generated / "model.h";
  TMC_ASSIGN(const std::string text, read_file(path));
  auto header = parse_model_header(text);
  if (!header.ok()) return std::move(header).status().in_file(path.string());
  return header;
}

Status check_request(const Target& target, const BuildRequest& request) {
  if (!target.board || !target.toolchain) {
    return error(Error::kBadUsage, "target {} is no board: there is no firmware to build for it", target.name);
  }
  if ((request.count || request.steps) && target.run.method != RunMethod::kEmulator) {
    return error(Error::kBadUsage, "nothing here can run an image for {}", target.name);
  }
  return {};
}

// One arena finds its region; of several the plan says where they lie.
Result<std::vector<std::string>> place_arenas(const Target& target, const ModelHeader& model,
                                              const std::vector<std::string>& wanted) {
  if (!wanted.empty() && wanted.size() != model.arena_bytes.size()) {
    return error(Error::kBadUsage, "the model has {} arenas, {} regions are named", model.arena_bytes.size(),
                 wanted.size());
  }
  if (wanted.empty() && model.arena_bytes.size() > 1) {
    return error(Error::kBadUsage, "the model has {} arenas, and no regions are named", model.arena_bytes.size());
  }
  std::vector<std::string> regions;
  for (std::size_t i = 0; i < model.arena_bytes.size(); ++i) {
    TMC_ASSIGN(regions.emplace_back(), place_arena(target, model.arena_bytes[i], wanted.empty() ? "" : wanted[i]));
  }
  return regions;
}

// Compiles and links the images of one request.
class Builder {
 public:
  Builder(const Target& target, const BuildRequest& request)
      : target_(target),
        request_(request),
        layout_(request.work),
        model_flags_(target.toolchain->optimize_flags(request.optimize)),
        board_(layout_.boards / target.name),
        common_(layout_.boards / "common") {
    model_flags_.push_back("-I" + request.generated.string());
  }

  const Layout& layout() const { return layout_; }

  Status compile() {
    const std::vector<std::string> board_flags = board_compile_flags(layout_.glue);
    TMC_TRY(add_folder(request_.generated, "model", model_flags_, model_));
    for (const std::string& folder : target_.startup) TMC_TRY(add_folder(common_ / folder, folder, board_flags, core_));
    TMC_TRY(add_folder(board_, "board", board_flags, core_));
    const std::string suffix = request_.text ? "_text" : "";
    TMC_TRY(add_folder(common_ / ("firmware" + suffix), "firmware", board_flags, firmware_main_));
    if (request_.count) {
      TMC_TRY(add_folder(common_ / "harness", "harness", board_flags, harness_));
      TMC_TRY(add_folder(board_ / "harness", "board_harness", board_flags, harness_));
      TMC_TRY(add_folder(common_ / (request_.text ? "harness_text" : "harness_count"), "harness_main", board_flags,
                         harness_));
    }
    if (request_.steps) TMC_TRY(add_steps());
    return compile_all(target_.toolchain->compiler, jobs_);
  }

  Result<fs::path> link_firmware() { return link("firmware.elf", {model_, core_, firmware_main_}); }
  Result<fs::path> link_count() { return link("count.elf", {model_, core_, harness_}); }
  Result<fs::path> link_steps() { return link("steps.elf", {steps_model_, core_, steps_harness_}); }

 private:
  using Objects = std::vector<fs::path>;

  std::vector<std::string> board_compile_flags(const fs::path& glue) const {
    std::vector<std::string> flags = target_.toolchain->size;
    for (const std::string& folder : target_.startup) flags.push_back("-I" + (common_ / folder).string());
    for (const fs::path& folder : {common_ / "harness", glue, request_.generated}) {
      flags.push_back("-I" + folder.string());
    }
    return flags;
  }

  // Adds a job for each source in `folder` itself; `objects` receives what they will make.
  Status add_folder(const fs::path& folder, const std::string& prefix, const std::vector<std::string>& flags,
                    Objects& objects) {
    TMC_ASSIGN(const std::vector<fs::path> sources, sources_in(folder));
    for (const fs::path& source : sources) {
      objects.push_back(add_job(source, prefix, flags));
    }
    return {};
  }

  fs::path add_job(const fs::path& source, const std::string& prefix, const std::vector<std::string>& flags) {
    fs::path object = layout_.objects / fmt::format("{}-{}.o", prefix, source.filename().string());
    CompileJob job{source, object, target_.toolchain->flags};
    job.flags.insert(job.flags.end(), flags.begin(), flags.end());
    jobs_.push_back(std::move(job));
    return object;
  }

  // Only model.cpp calls the hook; weights and the rest are the objects of the other images.
  Status add_steps() {
    std::vector<std::string> hooked = model_flags_;
    hooked.emplace_back(kStepHook);
    for (const fs::path& object : model_) {
      if (object.filename() != "model-model.cpp.o") steps_model_.push_back(object);
    }
    steps_model_.push_back(add_job(request_.generated / "model.cpp", "steps", hooked));
    const std::vector<std::string> flags = board_compile_flags(layout_.steps_glue);
    TMC_TRY(add_folder(common_ / "harness", "steps_harness", flags, steps_harness_));
    TMC_TRY(add_folder(board_ / "harness", "steps_board_harness", flags, steps_harness_));
    return add_folder(common_ / "harness_steps", "harness_steps", flags, steps_harness_);
  }

  Result<fs::path> link(const std::string& name, const std::vector<Objects>& groups) const {
    const fs::path image = request_.work / name;
    Command command;
    command.timeout_s = kToolTimeoutS;
    auto& arguments = command.arguments;
    arguments.push_back(target_.toolchain->compiler);
    const auto append = [&arguments](const auto& more) { arguments.insert(arguments.end(), more.begin(), more.end()); };
    append(target_.toolchain->flags);
    for (const Objects& objects : groups) append(objects);
    for (const std::string& folder : target_.startup) arguments.push_back("-L" + (common_ / folder).string());
    for (const fs::path& folder : {layout_.glue, board_}) arguments.push_back("-L" + folder.string());
    arguments.push_back("-T" + (board_ / target_.board->linker_script).string());
    arguments.push_back(fmt::format("-Wl,--gc-sections,--defsym=tmc_stack_bytes={}", target_.board->stack_bytes));
    append(std::vector<std::string>{"-o", image.string()});
    append(target_.toolchain->link_flags);
    TMC_TRY(run_linker(command));
    return image;
  }

  const Target& target_;
  const BuildRequest& request_;
  Layout layout_;
  std::vector<std::string> model_flags_;
  fs::path board_;
  fs::path common_;
  std::vector<CompileJob> jobs_;
  Objects model_, steps_model_, core_, firmware_main_, harness_, steps_harness_;
};

Status check_image(const ElfImage& image, const fs::path& path) {
  const std::vector<std::string> forbidden = forbidden_symbols(image);
  if (forbidden.empty()) return {};
  return error(Error::kInternal, "the image holds what bare metal must not: {}", fmt::join(forbidden, ", "))
      .in_file(path.string());
}

}  // namespace

Result<Firmware> build_firmware(const Target& target, const BuildRequest& request) {
  TMC_TRY(check_request(target, request));
  Firmware firmware;
  TMC_ASSIGN(firmware.model, read_model_header(request.generated));
  TMC_ASSIGN(firmware.arena_regions, place_arenas(target, firmware.model, request.arena_regions));
  firmware.dumps = request.dumps;

  Builder builder(target, request);
  TMC_TRY(make_folder(builder.layout().objects));
  TMC_TRY(write_boards(builder.layout().boards));
  TMC_TRY(write_glue(builder.layout(), firmware, request));
  TMC_TRY(builder.compile());
  TMC_ASSIGN(firmware.firmware_elf, builder.link_firmware());
  TMC_ASSIGN(const ElfImage image, read_elf(firmware.firmware_elf));
  TMC_TRY(check_image(image, firmware.firmware_elf));
  TMC_ASSIGN(firmware.footprint, footprint_of(image, target));
  if (request.count) {
    TMC_ASSIGN(firmware.count_elf, builder.link_count());
  }
  if (request.steps) {
    TMC_ASSIGN(firmware.steps_elf, builder.link_steps());
  }
  return firmware;
}

}  // namespace tmc::firmware
