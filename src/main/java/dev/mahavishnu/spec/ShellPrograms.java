package dev.mahavishnu.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Programs that take code as an argument. For the shell's own commands this is complete; for others
 * it knows the common ones, as no list can know all.
 */
final class ShellPrograms {
  /** What a program takes its operands, the words that are no options, for. */
  private enum Operands {
    DATA,
    /** All words are code, options too. */
    CODE,
    /** All words name variables, unless they give one a value. */
    NAMES,
    /** The first is a script's file, the rest is data. */
    SCRIPT,
    /** The first is code, unless an option brought it. */
    FIRST_CODE,
    /** The first says where, the rest is code. */
    REST_CODE
  }

  /**
   * @param code letters of the options whose value is code
   * @param skip letters of the options that have another value
   */
  private record Program(String code, String skip, Operands operands) {}

  private static final Program CODE = new Program("", "", Operands.CODE);
  private static final Program NAMES = new Program("", "", Operands.NAMES);
  private static final Program SHELL = new Program("c", "oO", Operands.SCRIPT);
  private static final Program PYTHON = new Program("c", "WX", Operands.SCRIPT);
  private static final Program AWK = new Program("e", "Fvf", Operands.FIRST_CODE);
  private static final Program SQL = new Program("ec", "dDfFhHoLpPRtTuUv", Operands.DATA);

  private static final Map<String, Program> PROGRAMS =
      Map.ofEntries(
          Map.entry("eval", CODE),
          Map.entry("trap", CODE),
          Map.entry(".", CODE),
          Map.entry("source", CODE),
          Map.entry("let", CODE),
          Map.entry("alias", CODE),
          Map.entry("bind", CODE),
          Map.entry("complete", CODE),
          Map.entry("compgen", CODE),
          Map.entry("enable", CODE),
          Map.entry("mapfile", CODE),
          Map.entry("readarray", CODE),
          Map.entry("fc", CODE),
          Map.entry("parallel", CODE),
          Map.entry("watch", CODE),
          Map.entry("declare", CODE),
          Map.entry("typeset", CODE),
          Map.entry("unset", NAMES),
          Map.entry("read", NAMES),
          Map.entry("getopts", NAMES),
          Map.entry("export", NAMES),
          Map.entry("readonly", NAMES),
          Map.entry("local", NAMES),
          Map.entry("for", NAMES),
          Map.entry("select", NAMES),
          Map.entry("printf", new Program("v", "", Operands.DATA)),
          Map.entry("[", new Program("vR", "", Operands.DATA)),
          Map.entry("test", new Program("vR", "", Operands.DATA)),
          Map.entry("wait", new Program("p", "", Operands.DATA)),
          Map.entry("sh", SHELL),
          Map.entry("bash", SHELL),
          Map.entry("dash", SHELL),
          Map.entry("ash", SHELL),
          Map.entry("ksh", SHELL),
          Map.entry("mksh", SHELL),
          Map.entry("zsh", SHELL),
          Map.entry("fish", SHELL),
          Map.entry("su", new Program("c", "gGs", Operands.DATA)),
          Map.entry("python", PYTHON),
          Map.entry("python2", PYTHON),
          Map.entry("python3", PYTHON),
          Map.entry("pypy3", PYTHON),
          Map.entry("perl", new Program("eEmM", "I", Operands.SCRIPT)),
          Map.entry("ruby", new Program("er", "ICEK", Operands.SCRIPT)),
          Map.entry("node", new Program("ep", "rC", Operands.SCRIPT)),
          Map.entry("php", new Program("rBRE", "cdfz", Operands.SCRIPT)),
          Map.entry("lua", new Program("e", "l", Operands.SCRIPT)),
          Map.entry("Rscript", new Program("e", "", Operands.SCRIPT)),
          Map.entry("osascript", new Program("e", "ls", Operands.SCRIPT)),
          Map.entry("awk", AWK),
          Map.entry("gawk", AWK),
          Map.entry("mawk", AWK),
          Map.entry("nawk", AWK),
          Map.entry("sed", new Program("e", "fl", Operands.FIRST_CODE)),
          Map.entry("gsed", new Program("e", "fl", Operands.FIRST_CODE)),
          Map.entry("jq", new Program("", "fL", Operands.FIRST_CODE)),
          Map.entry("psql", SQL),
          Map.entry("mysql", SQL),
          Map.entry("mariadb", SQL),
          Map.entry("sqlite3", new Program("", "", Operands.REST_CODE)),
          Map.entry("duckdb", new Program("cs", "", Operands.REST_CODE)),
          Map.entry("ssh", new Program("", "BbcDEeFIiJLlmOoPpQRSWw", Operands.REST_CODE)));

  /** Options with long names whose value is code. */
  private static final Set<String> LONG =
      Set.of("--eval", "--command", "--execute", "--expression", "--print", "--run", "--source");

  /** Programs that run the command that follows; of the first set nothing else can come between. */
  private static final Set<String> STRICT =
      Set.of("command", "builtin", "exec", "time", "coproc", "nohup", "setsid");

  private static final Set<String> RUNNERS =
      Set.of(
          "sudo", "doas", "env", "nice", "ionice", "timeout", "stdbuf", "xargs", "find", "flock",
          "chroot", "unshare", "nsenter", "docker", "podman", "kubectl", "busybox", "strace", "su");

  private static final Pattern ASSIGNED =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*\\+?=.*", Pattern.DOTALL);

  private ShellPrograms() {}

  /**
   * Why an expression can't stand in an argument.
   *
   * @param words of the command before it, empty texts where they are not constant
   * @param before constant text before the expression in its own word
   */
  static Optional<ShellFault> refusal(List<String> words, String before) {
    boolean runner = STRICT.contains(words.getFirst()) || RUNNERS.contains(name(words.getFirst()));
    for (int i = 0; i < (runner ? words.size() : 1); i++) {
      Program program = PROGRAMS.get(name(words.get(i)));
      if (program != null) {
        Optional<ShellFault> found =
            new Arguments(name(words.get(i)), program).refusal(words, i + 1, before);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return runner && choosesCommand(words, before)
        ? Optional.of(ShellFault.COMMAND)
        : Optional.empty();
  }

  private static boolean choosesCommand(List<String> words, String before) {
    boolean first =
        words.stream().skip(1).allMatch(w -> w.startsWith("-") || ASSIGNED.matcher(w).matches());
    boolean free = before.isEmpty();
    boolean strict = STRICT.contains(words.getFirst());
    boolean value = !strict && (words.getLast().startsWith("-") || takesOperand(words.getFirst()));
    return first && free && !value;
  }

  /** Whether something else than the command comes first: a time, a folder, a subcommand. */
  private static boolean takesOperand(String runner) {
    return Set.of("timeout", "find", "flock", "chroot", "docker", "podman", "kubectl", "su")
        .contains(name(runner));
  }

  private static String name(String word) {
    return word.substring(word.lastIndexOf('/') + 1);
  }

  /** Goes through the arguments of one program as its option parser would. */
  private static final class Arguments {
    private final String name;
    private final Program program;
    private int operands;
    private boolean codeNext;
    private boolean valueNext;
    private boolean codeGiven;
    private boolean optionsEnded;

    Arguments(String name, Program program) {
      this.name = name;
      this.program = program;
    }

    Optional<ShellFault> refusal(List<String> words, int from, String before) {
      return switch (program.operands()) {
        case CODE -> Optional.of(ShellFault.code(name));
        case NAMES -> names(words, from, before);
        case DATA, SCRIPT, FIRST_CODE, REST_CODE -> {
          words.subList(from, words.size()).forEach(this::pass);
          yield verdict(before);
        }
      };
    }

    private Optional<ShellFault> names(List<String> words, int from, String before) {
      boolean list = (name.equals("for") || name.equals("select")) && words.size() > from;
      boolean arithmetic =
          words.stream().skip(from).anyMatch(w -> w.startsWith("-") && !w.equals("-r"));
      return list || (ASSIGNED.matcher(before).matches() && !arithmetic)
          ? Optional.empty()
          : Optional.of(ShellFault.name(name));
    }

    private void pass(String word) {
      if (codeNext || valueNext) {
        codeNext = false;
        valueNext = false;
      } else if (optionsEnded || !word.startsWith("-") || word.equals("-")) {
        operands++;
        optionsEnded |= program.operands() == Operands.SCRIPT;
      } else if (word.startsWith("--")) {
        optionsEnded = word.equals("--");
        codeNext = LONG.contains(word);
      } else {
        option(word);
      }
      codeGiven |= codeNext;
    }

    private void option(String word) {
      for (int i = 1; i < word.length(); i++) {
        char letter = word.charAt(i);
        boolean last = i == word.length() - 1;
        if (program.code().indexOf(letter) >= 0) {
          codeNext = last;
          codeGiven = true;
          return;
        }
        if (program.equals(PYTHON) && letter == 'm') {
          // What follows belongs to the module, options too.
          valueNext = last;
          optionsEnded = true;
          return;
        }
        if (program.skip().indexOf(letter) >= 0) {
          valueNext = last;
          codeGiven |= letter == 'f';
          return;
        }
      }
    }

    private Optional<ShellFault> verdict(String before) {
      if (codeNext) {
        return Optional.of(ShellFault.code(name));
      }
      if (valueNext) {
        return Optional.empty();
      }
      if (!optionsEnded && before.startsWith("-")) {
        return inOption(before) ? Optional.of(ShellFault.code(name)) : Optional.empty();
      }
      boolean free = before.isEmpty() && !optionsEnded;
      return switch (program.operands()) {
        case CODE, NAMES, DATA -> Optional.empty();
        case SCRIPT ->
            operands == 0 && free && !codeGiven
                ? Optional.of(ShellFault.script(name))
                : Optional.empty();
        case FIRST_CODE ->
            operands == 0 && !codeGiven ? Optional.of(ShellFault.code(name)) : Optional.empty();
        case REST_CODE ->
            operands > 0
                ? Optional.of(ShellFault.code(name))
                : free ? Optional.of(ShellFault.option(name)) : Optional.empty();
      };
    }

    private boolean inOption(String before) {
      if (before.startsWith("--")) {
        int equals = before.indexOf('=');
        return equals < 0 || LONG.contains(before.substring(0, equals));
      }
      pass(before);
      return codeGiven || before.length() == 1;
    }
  }
}
