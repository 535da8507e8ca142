# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
# Compiler settings that hold for every target of the build.

option(TMC_SANITIZE "Build with the address and undefined-behaviour sanitizers" OFF)
option(TMC_SANITIZE_THREADS "Build with the thread sanitizer" OFF)
option(TMC_WERROR "Treat warnings as errors" ON)
# What most files take to compile is what they include. For builds that are made whole, not file by file.
option(TMC_UNITY "Compile several files of a library together" OFF)
option(TMC_MEMORY "Build the memory of the engine (docs/memory.md)" ON)
option(TMC_ENGINE "Build the engine, which runs model images in a process (docs/engine.md); needs TMC_MEMORY" ON)
if(NOT TMC_MEMORY)
  set(TMC_ENGINE OFF)
endif()
option(TMC_COMPILER "Build the compiler; without it, the engine, what writes its images and the tests of both alone" ON)
option(TMC_FUZZ "Instrument for libFuzzer and build the programs of fuzz/ (Clang only)" OFF)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

# Most of this code waits for files, and compiling it takes a third less at -O1. Modules whose loops take time say FAST.
set(CMAKE_CXX_FLAGS_RELEASE "-O1 -DNDEBUG")
# The other modules and their tests spend their time in being compiled, which the sanitizers make twice as long at -O1; what
# a fuzzer runs it runs for long. Half of what the sanitizers add are looks at pointers before they are followed: where one is
# null or leads nowhere, the address sanitizer stops anyway; where one may be misaligned is in kernels, which are FAST.
set(TMC_FAST_OPTIONS $<$<CONFIG:Release>:-O3>)
set(TMC_TEST_OPTIONS $<$<CONFIG:Debug>:-O0>)
set(TMC_SLOW_OPTIONS $<$<NOT:$<BOOL:${TMC_FUZZ}>>:${TMC_TEST_OPTIONS}>)
if(TMC_SANITIZE AND NOT TMC_FUZZ)
  list(APPEND TMC_TEST_OPTIONS -fno-sanitize=null,alignment,vptr,object-size)
  list(APPEND TMC_SLOW_OPTIONS -fno-sanitize=null,alignment,vptr,object-size)
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
# The engine's library and the Python module are made of the same objects as the programs. Nothing may be interposed, which
# would cost inlining; a precompiled header is read only by what is as independent of its place as itself, so programs are too.
if(NOT TMC_SANITIZE)
  add_compile_options(-fPIC)
endif()
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

find_program(TMC_CCACHE ccache)
if(TMC_CCACHE)
  # Paths below the checkout are hashed relative to it, so that every clone finds what another one compiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1
                                  "CCACHE_SLOPPINESS=pch_defines,time_macros"
                                  "CCACHE_PREFIX=${CMAKE_SOURCE_DIR}/scripts/timed"
                                  "TMC_COMPILE_TIMES=${CMAKE_BINARY_DIR}/compile_times.txt" "${TMC_CCACHE}")
endif()

# Links a program of the tests, with debug information, in a fraction of a second.
# GCC for another machine does not look for it.
find_program(TMC_MOLD mold)
if(TMC_MOLD AND NOT CMAKE_CROSSCOMPILING)
  add_link_options(-fuse-ld=mold)
endif()

add_library(tmc_flags INTERFACE)
target_compile_options(tmc_flags INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion
                                           $<$<BOOL:${TMC_WERROR}>:-Werror>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 takes inlined std::string moves and appends for overlapping or endless copies (GCC bugs 105651, 105329).
  target_compile_options(tmc_flags INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread
                                             -Wno-array-bounds)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND TMC_UNITY)
  # Files of one batch share a namespace, so that an alias in a function of one may be the name of another one's.
  target_compile_options(tmc_flags INTERFACE -Wno-shadow)
endif()
target_include_directories(tmc_flags INTERFACE "${CMAKE_SOURCE_DIR}/src")
if(TMC_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  # The sanitizers describe every variable and check by addresses: millions of relocations in a program whose place is not
  # fixed, which take most of the time of starting it, and tests start thousands.
  add_compile_options(-fno-pie)
  add_link_options(-no-pie)
endif()

# x86 without options multiplies and adds in two instructions that round; compilers for Arm would fuse them, and floats would
# come out otherwise there, and otherwise of each implementation.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
  add_compile_options(-ffp-contract=off)
endif()

if(TMC_SANITIZE_THREADS)
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
endif()

if(TMC_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Whether the engine is a shared library too; the sanitizers fix every address.
set(TMC_SHARED ${TMC_ENGINE})
if(TMC_SANITIZE OR TMC_SANITIZE_THREADS OR TMC_FUZZ)
  set(TMC_SHARED OFF)
endif()

option(TMC_SIM "Build the simulator of the STM32H743 (docs/simulator.md)" ON)
find_library(TMC_UNICORN unicorn)
if(TMC_SIM AND NOT TMC_UNICORN)
  message(STATUS "Unicorn is not installed (scripts/setup): the simulator is left out")
  set(TMC_SIM OFF)
endif()

find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(GTest REQUIRED)

# The outside headers that most files include take most of the time of compiling one: parsed once
# for the libraries, those that are optimised for speed, and the tests of either. What a file includes it still names itself.
file(WRITE "${CMAKE_BINARY_DIR}/precompiled.cpp" "")
set(TMC_PRECOMPILED <algorithm> <cmath> <cstdint> <filesystem> <functional> <map> <optional> <random> <span> <string>
                    <string_view> <variant> <vector> <fmt/format.h> <fmt/ranges.h>)
# Compiled as those that use it are: GCC reads one of another level of optimisation, and may crash on it.
function(tmc_precompile name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "OPTIONS;HEADERS;LINK")
  add_library(${name} OBJECT "${CMAKE_BINARY_DIR}/precompiled.cpp")
  target_link_libraries(${name} PRIVATE tmc_flags fmt::fmt ${arg_LINK})
  target_compile_options(${name} PRIVATE ${arg_OPTIONS})
  target_precompile_headers(${name} PRIVATE ${TMC_PRECOMPILED} ${arg_HEADERS})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # Else no two precompiled headers are alike, and ccache finds nothing that was compiled with another one.
    target_compile_options(${name} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
  endif()
endfunction()
tmc_precompile(tmc_precompiled OPTIONS ${TMC_SLOW_OPTIONS})
tmc_precompile(tmc_precompiled_fast OPTIONS ${TMC_FAST_OPTIONS})
tmc_precompile(tmc_precompiled_test OPTIONS ${TMC_TEST_OPTIONS} LINK GTest::gmock HEADERS <gmock/gmock.h> <gtest/gtest.h>)
tmc_precompile(tmc_precompiled_test_fast LINK GTest::gmock HEADERS <gmock/gmock.h> <gtest/gtest.h>)
