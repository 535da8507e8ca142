# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0

# tmc_embed(OUT file.cpp FUNCTION namespace::name ROOT folder GLOB pattern... [EXCLUDE regex])
#
# Writes a source file that defines `std::span<const tmc::EmbeddedFile> FUNCTION()` (base/host/embedded.hpp): the text
# files under ROOT that match, sorted by path, each path relative to ROOT. A file that is added, removed or changed is
# seen by the next build. Pass OUT to tmc_module(... SOURCES).
function(tmc_embed)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "OUT;FUNCTION;ROOT;EXCLUDE" "GLOB")
  list(TRANSFORM arg_GLOB PREPEND "${arg_ROOT}/")
  file(GLOB_RECURSE files RELATIVE "${arg_ROOT}" CONFIGURE_DEPENDS ${arg_GLOB})
  if(arg_EXCLUDE)
    list(FILTER files EXCLUDE REGEX "${arg_EXCLUDE}")
  endif()
  list(SORT files)
  set(paths ${files})
  list(TRANSFORM paths PREPEND "${arg_ROOT}/")
  set(script "${CMAKE_SOURCE_DIR}/cmake/embed_script.cmake")
  set(list "${arg_OUT}.list.cmake")
  file(CONFIGURE OUTPUT "${list}" @ONLY
       CONTENT "set(out [==[@arg_OUT@]==])\nset(function [==[@arg_FUNCTION@]==])\nset(root [==[@arg_ROOT@]==])\nset(files [==[@files@]==])\n")
  add_custom_command(
    OUTPUT "${arg_OUT}"
    COMMAND "${CMAKE_COMMAND}" "-DLIST=${list}" -P "${script}"
    DEPENDS ${paths} "${list}" "${script}"
    COMMENT "Embedding the files of ${arg_ROOT}"
    VERBATIM)
endfunction()
