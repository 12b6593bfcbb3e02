"""Serves a GGUF model as an OpenAI-compatible server on a port of its own choice.

usage: serve.py MODEL.gguf CONTEXT

Prints one line, `ready URL`, and lives until its standard input ends: that is when whoever
started it is gone, however it went. One request at a time, one thread.
"""

import os
import sys

import xllamacpp

params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.n_ctx = int(sys.argv[2])
params.hostnames = ["127.0.0.1"]
params.port = 0
params.n_parallel = 1
params.cpuparams.n_threads = 1
params.cpuparams_batch.n_threads = 1
params.cache_ram_mib = 0
params.warmup = False

server = xllamacpp.Server(params)
print("ready", server.listening_address, flush=True)
sys.stdin.buffer.read()
# The server's threads are not asked: they may be in the middle of an answer.
os._exit(0)
