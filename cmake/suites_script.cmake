# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
# Run by tmc_discover_suites (suites.cmake) whenever a test program is built: asks it for its tests. EMULATOR is the
# command, if any, that runs it.
set(most_tests 20)

execute_process(COMMAND ${EMULATOR} "${PROGRAM}" --gtest_list_tests WORKING_DIRECTORY "${FOLDER}" TIMEOUT 60 OUTPUT_VARIABLE output
                COMMAND_ERROR_IS_FATAL ANY)
# Behind a name may stand what its parameter is, whose bytes CMake would take for its own.
string(REGEX REPLACE " *#[^\n]*" "" output "${output}")
string(REPLACE "\n" ";" lines "${output}")

set(command "")
foreach(word IN LISTS EMULATOR PROGRAM)
  string(APPEND command " [==[${word}]==]")
endforeach()

set(text "")
function(add name filter)
  string(APPEND text "add_test([==[${name}]==]${command} [==[--gtest_filter=${filter}]==])\n")
  string(APPEND text "set_tests_properties([==[${name}]==] PROPERTIES WORKING_DIRECTORY [==[${FOLDER}]==] TIMEOUT 600)\n")
  set(text "${text}" PARENT_SCOPE)
endfunction()

set(suite "")
set(filter "")
foreach(line IN LISTS lines ITEMS "end.")
  if(line MATCHES "^  (.+)$")
    set(test "${CMAKE_MATCH_1}")
    if(count EQUAL most_tests)
      math(EXPR part "${part} + 1")
      add("${PREFIX}.${suite}#${part}" "${filter}")
      set(filter "")
      set(count 0)
    endif()
    string(APPEND filter "${suite}.${test}:")
    math(EXPR count "${count} + 1")
  elseif(line MATCHES "^(.+)\\.$")
    set(next "${CMAKE_MATCH_1}")
    if(filter AND part)
      math(EXPR part "${part} + 1")
      add("${PREFIX}.${suite}#${part}" "${filter}")
    elseif(filter)
      add("${PREFIX}.${suite}" "${suite}.*")
    endif()
    set(suite "${next}")
    set(filter "")
    set(count 0)
    set(part 0)
  endif()
endforeach()
file(WRITE "${LIST}" "${text}")
