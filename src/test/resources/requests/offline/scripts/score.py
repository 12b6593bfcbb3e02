# Named by an expected flow; never run.
