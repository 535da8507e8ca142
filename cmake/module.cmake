# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0

# tmc_module(NAME [FAST] [DEPENDS module...] [LINK library...] [SOURCES generated.cpp...])
#
# Makes the library `tmc_NAME` from the .cpp files of this folder and of those below it that are no module of their own, and
# the test program `NAME_test` from the `*_test.cpp` files and the `testing/` folders beside them. DEPENDS names modules,
# LINK outside libraries, SOURCES generated files. FAST is for modules whose loops users wait for: optimised for speed, at a price in build time.
function(tmc_module name)
  cmake_parse_arguments(arg "FAST" "" "DEPENDS;LINK;SOURCES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  file(GLOB_RECURSE nested CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*/CMakeLists.txt")
  foreach(list IN LISTS nested)
    get_filename_component(folder "${list}" DIRECTORY)
    list(FILTER sources EXCLUDE REGEX "^${folder}/")
  endforeach()
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "(_test\\.cpp|/testing/[^/]*\\.cpp)$")
  list(FILTER sources EXCLUDE REGEX "(_test\\.cpp|/testing/[^/]*\\.cpp)$")
  list(APPEND sources ${arg_SOURCES})

  list(TRANSFORM arg_DEPENDS PREPEND tmc_)
  if(sources)
    add_library(tmc_${name} STATIC ${sources})
    target_link_libraries(tmc_${name} PUBLIC ${arg_DEPENDS} ${arg_LINK} PRIVATE tmc_flags)
    target_include_directories(tmc_${name} PUBLIC "${CMAKE_SOURCE_DIR}/src")
    tmc_batches(tmc_${name} ${sources})
    if(arg_FAST)
      target_compile_options(tmc_${name} PRIVATE ${TMC_FAST_OPTIONS})
      target_precompile_headers(tmc_${name} REUSE_FROM tmc_precompiled_fast)
    else()
      target_compile_options(tmc_${name} PRIVATE ${TMC_SLOW_OPTIONS})
      target_precompile_headers(tmc_${name} REUSE_FROM tmc_precompiled)
    endif()
  else()
    add_library(tmc_${name} INTERFACE)
    target_link_libraries(tmc_${name} INTERFACE ${arg_DEPENDS} ${arg_LINK})
    target_include_directories(tmc_${name} INTERFACE "${CMAKE_SOURCE_DIR}/src")
  endif()
  if(tests)
    add_executable(${name}_test ${tests})
    tmc_batches(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE tmc_${name} tmc_flags tmc_test_main)
    if(arg_FAST)
      target_precompile_headers(${name}_test REUSE_FROM tmc_precompiled_test_fast)
    else()
      target_compile_options(${name}_test PRIVATE ${TMC_TEST_OPTIONS})
      target_precompile_headers(${name}_test REUSE_FROM tmc_precompiled_test)
    endif()
    tmc_discover_suites(${name}_test ${name})
  endif()
endfunction()

# tmc_unity(NAME FILES_IN_ONE pattern...)
#
# Compiles the files of module NAME that match, small ones whose headers are large, together, so many at a time. They share
# one anonymous namespace then.
function(tmc_unity name files_in_one)
  if(TMC_UNITY)
    return()  # tmc_batches has done more
  endif()
  list(TRANSFORM ARGN PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
  file(GLOB files CONFIGURE_DEPENDS ${ARGN})
  list(FILTER files EXCLUDE REGEX "_test\\.cpp$")
  list(SORT files)
  set(index 0)
  foreach(file IN LISTS files)
    math(EXPR group "${index} / ${files_in_one}")
    set_source_files_properties("${file}" PROPERTIES UNITY_GROUP "${name}_${group}")
    math(EXPR index "${index} + 1")
  endforeach()
  set_target_properties(tmc_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()

# tmc_batches(TARGET file...)
#
# With TMC_UNITY, compiles the files of TARGET together, as many at a time as clash in no name (batches.py). Generated ones,
# which are tables of templates mostly, stay alone.
function(tmc_batches target)
  if(NOT TMC_UNITY)
    return()
  endif()
  list(FILTER ARGN EXCLUDE REGEX "^${CMAKE_BINARY_DIR}/")
  execute_process(COMMAND /usr/bin/python3 "${CMAKE_SOURCE_DIR}/cmake/batches.py" 2000 ${ARGN}
                  OUTPUT_VARIABLE lines OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  string(REPLACE "\n" ";" lines "${lines}")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^([0-9]+) (.*)$" line "${line}")
    set_source_files_properties("${CMAKE_MATCH_2}" PROPERTIES UNITY_GROUP "${CMAKE_MATCH_1}")
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()
