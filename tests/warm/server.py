# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs the oracles' scripts in processes that have their packages: importing them takes longer than most models do.
server.py SOCKET serves what tests/warm/python asks for, on a socket that it has from whoever starts it, until its input ends."""
import marshal
import os
import pathlib
import runpy
import select
import signal
import socket
import sys
import traceback

import numpy  # noqa: F401, pylint: disable=unused-import
import onnx  # noqa: F401, pylint: disable=unused-import
import onnxruntime  # noqa: F401, pylint: disable=unused-import
from ai_edge_litert import interpreter  # noqa: F401, pylint: disable=unused-import


def run(arguments, folder, environment, streams):
    """As a Python of its own would; returns its exit code."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = arguments
    sys.path[0] = str(pathlib.Path(arguments[0]).parent)
    try:
        runpy.run_path(arguments[0], run_name="__main__")
        code = 0
    except SystemExit as end:
        code = end.code or 0
        if not isinstance(code, int):
            print(code, file=sys.stderr)
            code = 1
    except BaseException:  # pylint: disable=broad-exception-caught
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def serve(connection):
    """In a process of its own, which outlives the script however that ends: it may crash, or become another program."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, streams, _, _ = socket.recv_fds(connection, 1, 3)
    request = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    child = os.fork()
    if child == 0:
        os._exit(run(*marshal.loads(request), streams) & 255)
    _, status = os.waitpid(child, 0)
    connection.sendall(bytes([os.waitstatus_to_exitcode(status) & 255]))


def main(number):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that serve
    with socket.socket(fileno=number) as server:
        while sys.stdin not in select.select([server, sys.stdin], [], [])[0]:
            connection, _ = server.accept()
            if os.fork() == 0:
                server.close()
                serve(connection)
                os._exit(0)
            connection.close()


main(int(sys.argv[1]))
