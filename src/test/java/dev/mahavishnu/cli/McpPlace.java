package dev.mahavishnu.cli;

import dev.mahavishnu.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A workspace that {@code mcp serve} serves, and how a client starts it there. */
record McpPlace(Path folder) {
  static final String HELLO =
      """
      flow: hello
      description: Greets
      parameters:
        - {name: name, type: string, default: you}
      tasks:
        - {id: greet, type: shell, command: 'echo "Hello, ${{ params.name }}"'}
      outputs:
        - {name: said, value: "${{ tasks.greet.output }}"}
      """;

  static final String SLOW =
      """
      flow: slow
      tasks:
        - {id: first, type: shell, command: 'echo first'}
        - {id: long, type: shell, command: 'echo $$ > pid; test -f enough || sleep 60', depends_on: [first]}
      """;

  static final String FAILS =
      """
      flow: fails
      tasks:
        - {id: bad, type: shell, command: 'echo the disk is full >&2; exit 3'}
        - {id: next, type: compute, value: 1, depends_on: [bad]}
      """;

  static final String ASKS =
      """
      flow: asks
      tasks:
        - {id: ask, type: approval, message: Deploy to production?}
        - {id: deploy, type: shell, command: 'echo deployed >> deployed', depends_on: [ask]}
      """;

  static McpPlace in(Path folder, String... flows) throws IOException {
    Files.createDirectories(folder.resolve("flows"));
    for (String flow : flows) {
      String name = flow.lines().findFirst().orElseThrow().replace("flow: ", "");
      Files.writeString(folder.resolve("flows").resolve(name + ".yaml"), flow);
    }
    return new McpPlace(folder);
  }

  static String java() {
    return ChildJvm.program().getFirst();
  }

  /** What stands after the JVM on the command line. */
  List<String> arguments(String... more) {
    List<String> program = ChildJvm.program();
    List<String> words = new ArrayList<>(program.subList(1, program.size()));
    words.addAll(List.of("-C", folder.toString(), "mcp", "serve"));
    words.addAll(List.of(more));
    return words;
  }

  Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>();
    variables.put("LC_ALL", "C.UTF-8");
    variables.put("HOME", folder.toString());
    variables.put("MAHAVISHNU_HOME", folder.resolve("none").toString());
    variables.put("MAHAVISHNU_LLM__PROVIDER", "offline");
    return variables;
  }

  /** The runs there, as the command line lists them. */
  List<String> states() {
    return new CommandLineOf(folder)
        .run("run", "list", "--output", "json").lines().stream()
            .map(line -> line.replaceAll(".*\"state\":\"([A-Z]+)\".*", "$1"))
            .toList();
  }
}
