package dev.mahavishnu.engine;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.Work;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What an attempt may know. Safe for several threads. */
public interface AttemptContext {
  RunId run();

  TaskKey task();

  /** From 1. */
  int attempt();

  /** The task's work; texts in it may hold expressions. */
  Work work();

  /** Declared type of what the task's attempts output. */
  ValueType outputType();

  /**
   * Evaluates every expression in a value: a text that is one expression becomes its value with its
   * type, mixed text becomes text, lists and objects are walked.
   *
   * @throws TaskException when an expression can't be evaluated; not retryable
   */
  JsonNode value(JsonNode templated) throws TaskException;

  /** Evaluates a template to text: numbers and booleans as JSON writes them, null as nothing. */
  String text(String template) throws TaskException;

  /** Evaluates one bare expression. */
  JsonNode expression(String source) throws TaskException;

  /** The task's {@code env}, evaluated; does not hold the process's own environment. */
  Map<String, String> environment() throws TaskException;

  /** What the flow's files are relative to; {@code file:} of a python task is one of them. */
  Path flowFolder();

  /** The folder the task works in; exists. */
  Path workingDir() throws TaskException;

  /** A folder of this attempt alone, private to the user, for its files; exists. */
  Path folder();

  /** Same for every attempt of this task run, in every process: what external systems dedupe by. */
  String idempotencyKey();

  /** Value for {@code MAHAVISHNU_ATTEMPT} in the environment of the attempt's processes. */
  String mark();

  /** Appends one line to the task run's log, redacted; never blocks for long and never fails. */
  void log(Stream stream, String line);

  /** Where a line of a log came from. */
  enum Stream {
    STDOUT,
    STDERR,
    /** Said by Mahavishnu itself. */
    SYSTEM,
    /** How far the task says it is, as {@link dev.mahavishnu.run.Progress} reads it. */
    PROGRESS
  }
}
