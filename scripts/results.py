# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Reads what tests left in JUnit files: pytest's, with a test in each case, and ctest's, each of whose cases is a run of a
GoogleTest program (cmake/suites.cmake), whose output says what its tests did (tests/main/main.cpp)."""
import re
import xml.etree.ElementTree as ElementTree
from typing import NamedTuple

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"

# A test may have left a line without its end, so that these do not begin one.
STEP = re.compile(r"\[ +(RUN|OK|FAILED|SKIPPED) +\] ([\w/]+\.[\w/]+)|\[ CPU seconds \] ([0-9.]+)")
ANNOUNCED = re.compile(r"\[=+\] Running (\d+) tests? from")
STATES = {"OK": PASSED, "FAILED": FAILED, "SKIPPED": SKIPPED}


class Test(NamedTuple):
    name: str
    state: str
    cpu_seconds: float | None


def state_of(case):
    if case.find("failure") is not None or case.find("error") is not None or case.get("status") == "fail":
        return FAILED
    return SKIPPED if case.find("skipped") is not None or case.get("status") in ("notrun", "disabled") else PASSED


def tests_of_program(case, output):
    """Those of a run of a test program. One that began and did not end, and those that were to come after it, failed."""
    program = case.get("name").split(".")[0]
    states, seconds, running = {}, {}, None
    for step, name, cpu_seconds in STEP.findall(output):
        if cpu_seconds:
            seconds.setdefault(running, float(cpu_seconds))
        elif step == "RUN":
            running = name
            states[name] = FAILED
        else:
            states[name] = STATES[step]
    announced = int(ANNOUNCED.search(output)[1])
    tests = [Test(f"{program}.{name}", state, seconds.get(name)) for name, state in states.items()]
    tests += [Test(f"{program}.{running}: one that was to come after it", FAILED, None)] * (announced - len(states))
    if state_of(case) == FAILED and all(test.state != FAILED for test in tests):
        tests.append(Test(f"{case.get('name')}: its end", FAILED, None))  # what it leaked, say
    return tests


def tests_of_case(case):
    output = case.findtext("system-out") or ""
    if ANNOUNCED.search(output):
        return tests_of_program(case, output)
    properties = {entry.get("name"): entry.get("value") for entry in case.iter("property")}
    cpu_seconds = properties.get("cpu_seconds")
    name = f"{case.get('classname')}.{case.get('name')}"
    return [Test(name, state_of(case), None if cpu_seconds is None else float(cpu_seconds))]


def tests_of(path):
    return [test for case in ElementTree.parse(path).getroot().iter("testcase") for test in tests_of_case(case)]
