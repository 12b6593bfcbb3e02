"""Runs a command in a session of its own until standard input ends, however the other end of it died."""
import os
import signal
import subprocess
import sys
import threading

server = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, start_new_session=True)


def leave_with_the_server():
    os._exit(server.wait() & 0xFF)


threading.Thread(target=leave_with_the_server, daemon=True).start()
sys.stdin.buffer.read()
for sign in (signal.SIGTERM, signal.SIGKILL):
    try:
        os.killpg(server.pid, sign)
        server.wait(10)
        break
    except ProcessLookupError:
        break
    except subprocess.TimeoutExpired:
        pass
