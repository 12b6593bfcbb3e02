package dev.mahavishnu.spec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a task does: one record a kind. Kinds that a jar adds are {@link Custom}. */
public sealed interface Work {
  /** The {@code type} in a spec. */
  String type();

  /**
   * Whether an attempt only computes, so that running it twice can't be told from running it once.
   */
  default boolean pure() {
    return false;
  }

  /**
   * A POSIX shell script, or a program with arguments. Exactly one of the two is set.
   *
   * @param command script text; an expression in it stands for a quoted environment value
   * @param argv program and arguments, each a template
   */
  record Shell(Optional<String> command, List<String> argv) implements Work {
    public Shell {
      argv = List.copyOf(argv);
    }

    @Override
    public String type() {
      return "shell";
    }
  }

  /**
   * A Python file or inline script: {@code inputs} is a dict in its globals, {@code result} is its
   * output. Exactly one of {@code file} and {@code script} is set.
   */
  record Python(Optional<String> file, Optional<String> script, List<NamedValue> inputs)
      implements Work {
    public Python {
      inputs = List.copyOf(inputs);
    }

    @Override
    public String type() {
      return "python";
    }
  }

  /**
   * One HTTP request. Its output is {@code {status, headers, body}}, the body as JSON where it is
   * JSON.
   *
   * @param url a template
   * @param body a text is sent as it is, anything else as JSON
   * @param expected statuses that are a success; empty: 200 to 299
   * @param maxBytes largest response body accepted
   */
  record Http(
      String method,
      String url,
      List<NamedValue> headers,
      Optional<JsonNode> body,
      List<Integer> expected,
      long maxBytes)
      implements Work {
    public Http {
      headers = List.copyOf(headers);
      expected = List.copyOf(expected);
    }

    @Override
    public String type() {
      return "http";
    }
  }

  /** A value, computed. */
  record Compute(JsonNode value) implements Work {
    @Override
    public String type() {
      return "compute";
    }

    @Override
    public boolean pure() {
      return true;
    }
  }

  /**
   * Another flow as a task. Exactly one of {@code flow} and {@code spec} is set.
   *
   * @param flow name of a flow of the workspace
   * @param spec a flow made at run time: an expression that gives one, or the flow itself
   */
  record Subflow(Optional<String> flow, Optional<JsonNode> spec, List<NamedValue> parameters)
      implements Work {
    public Subflow {
      parameters = List.copyOf(parameters);
    }

    @Override
    public String type() {
      return "flow";
    }

    @Override
    public boolean pure() {
      return true;
    }
  }

  /**
   * Waits until a person approves or denies.
   *
   * @param message a template, shown to who decides
   * @param expires after this long the task fails
   */
  record Approval(String message, Optional<Duration> expires) implements Work {
    @Override
    public String type() {
      return "approval";
    }

    @Override
    public boolean pure() {
      return true;
    }
  }

  /** A kind that a jar brings, found by its type through {@link TaskKind}. */
  record Custom(String type, ObjectNode fields) implements Work {}
}
