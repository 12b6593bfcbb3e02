package dev.mahavishnu.spec;

import static dev.mahavishnu.spec.Shape.Templates.ALLOWED;
import static dev.mahavishnu.spec.Shapes.DURATION;
import static dev.mahavishnu.spec.Shapes.MAX_NAME;
import static dev.mahavishnu.spec.Shapes.PATH;
import static dev.mahavishnu.spec.Shapes.SCRIPT;
import static dev.mahavishnu.spec.Shapes.TEMPLATE;
import static dev.mahavishnu.spec.Shapes.field;
import static dev.mahavishnu.spec.Shapes.form;
import static dev.mahavishnu.spec.Shapes.list;
import static dev.mahavishnu.spec.Shapes.named;
import static dev.mahavishnu.spec.Shapes.needed;

import dev.mahavishnu.spec.Shape.Choice;
import dev.mahavishnu.spec.Shape.Either;
import dev.mahavishnu.spec.Shape.Nested;
import dev.mahavishnu.spec.Shape.Rule;
import dev.mahavishnu.spec.Shape.Struct;
import dev.mahavishnu.spec.Shape.Text;
import dev.mahavishnu.spec.Shape.Value;
import dev.mahavishnu.spec.Shape.Whole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of the built-in task kinds. */
final class KindShapes {
  private KindShapes() {}

  static Map<String, Struct> builtIn() {
    Map<String, Struct> kinds = new LinkedHashMap<>();
    kinds.put(
        "shell",
        new Struct(
            "a shell task",
            List.of(
                field(
                    "command",
                    SCRIPT,
                    "A POSIX shell script. An expression stands as a bare word or in double"
                        + " quotes."),
                field(
                    "argv",
                    list(new Text(0, 100_000, Optional.empty(), ALLOWED), 1, 1_000),
                    "A program and its arguments, run without a shell.")),
            Rule.OneOf.of("command", "argv")));
    kinds.put(
        "python",
        new Struct(
            "a python task",
            List.of(
                field("file", PATH, "A Python file beside the spec."),
                field(
                    "script",
                    SCRIPT,
                    "Python code. Values reach it as the dict `inputs`; what it leaves in `result`"
                        + " is the output."),
                field(
                    "inputs",
                    list(named("an input", Forms.KEY), 0, 1_000),
                    "Values for the dict `inputs`.")),
            Rule.OneOf.of("file", "script")));
    kinds.put("http", http());
    kinds.put(
        "compute",
        new Struct(
            "a compute task",
            List.of(needed("value", new Value(), "The output, with expressions."))));
    kinds.put(
        "flow",
        new Struct(
            "a flow task",
            List.of(
                field("flow", form(Forms.FLOW_NAME, MAX_NAME), "Name of a flow of the workspace."),
                field(
                    "spec",
                    new Either(TEMPLATE, new Nested()),
                    "A flow, or an expression that gives one."),
                field(
                    "parameters",
                    list(named("a parameter", Forms.IDENTIFIER), 0, 1_000),
                    "Values for its parameters.")),
            Rule.OneOf.of("flow", "spec")));
    kinds.put(
        "approval",
        new Struct(
            "an approval task",
            List.of(
                needed("message", TEMPLATE, "Shown to who decides."),
                field("expires", DURATION, "After this long without an answer the task fails."))));
    return kinds;
  }

  private static Struct http() {
    return new Struct(
        "an http task",
        List.of(
            field(
                "method",
                new Choice(List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")),
                "GET by default."),
            needed("url", TEMPLATE, "Where to."),
            field(
                "headers",
                list(named("a header", Forms.HEADER), 0, 100),
                "Headers of the request."),
            field("body", new Value(), "A text is sent as it is, anything else as JSON."),
            field(
                "expected",
                list(new Whole(100, 599), 0, 100),
                "Statuses that are a success, 200 to 299 by default."),
            field(
                "max_bytes",
                new Either(form(Forms.BYTES, 20), new Whole(1, 1_000_000_000_000L)),
                "Largest body of a response, 10MB by default.")));
  }
}
