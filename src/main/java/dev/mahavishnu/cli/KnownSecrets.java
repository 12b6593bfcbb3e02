package dev.mahavishnu.cli;

import dev.mahavishnu.secret.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells a redactor all that may be secret in this place, again whenever there may be more. */
final class KnownSecrets {
  /** How expressions name a secret. */
  private static final Pattern USE = Pattern.compile("secrets\\.([A-Za-z_][A-Za-z0-9_]{0,99})");

  /** How a flow declares them, in a line or in several. */
  private static final Pattern DECLARED =
      Pattern.compile(
          "(?m)(?:^|[{,])[ \\t]*\"?secrets\"?[ \\t]*:\\s*(\\[[^\\]]*]|-[^\\n"
              + "]*(?:\\n"
              + "[ \\t]*-[^\\n"
              + "]*)*)");

  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  private final Workbench bench;
  private final Redactor redactor = new Redactor();

  KnownSecrets(Workbench bench) {
    this.bench = bench;
  }

  /** Knows what is there now; what it ever knew it keeps. */
  synchronized Redactor redactor() {
    redactor.add(bench.secrets().known(declared()));
    key().ifPresent(key -> redactor.add(List.of(key)));
    redactor.add(bench.prefect().secrets());
    return redactor;
  }

  /** The key of the model, also while the model is not used. */
  private Optional<String> key() {
    Optional<String> inForce = bench.model().settings().flatMap(s -> s.apiKey());
    try {
      return inForce.or(
          () ->
              bench
                  .configuration()
                  .model()
                  .apiKey()
                  .map(
                      k ->
                          k.read(
                              ModelConfiguration.API_KEY.key(), bench.env(), bench.workspace())));
    } catch (CommandFailure _) {
      return Optional.empty();
    }
  }

  /** Found in the texts, not by reading the flows: one with a mistake declares secrets too. */
  private Set<String> declared() {
    Set<String> names = new TreeSet<>();
    for (Flows.Text flow : texts()) {
      USE.matcher(flow.text()).results().forEach(use -> names.add(use.group(1)));
      Matcher declared = DECLARED.matcher(flow.text());
      while (declared.find()) {
        WORD.matcher(declared.group(1)).results().forEach(word -> names.add(word.group()));
      }
    }
    return names;
  }

  private List<Flows.Text> texts() {
    try {
      return new ArrayList<>(bench.flows().texts());
    } catch (CommandFailure _) {
      return List.of();
    }
  }
}
