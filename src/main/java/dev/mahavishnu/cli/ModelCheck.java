package dev.mahavishnu.cli;

import dev.mahavishnu.cli.Doctor.Finding;
import dev.mahavishnu.llm.Prompts;
import dev.mahavishnu.llm.provider.ModelSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the model that is configured can be asked. */
final class ModelCheck {
  /** A check is no place to wait in for as long as for an answer. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Workbench bench;

  ModelCheck(Workbench bench) {
    this.bench = bench;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(model());
    List<Path> own = new Prompts(bench.workspace().root()).overridden();
    if (!own.isEmpty()) {
      findings.add(
          Finding.note(
              "prompts of the workspace stand for those of the program: "
                  + own.stream()
                      .map(file -> Workspace.shown(file, bench.env().cwd()))
                      .collect(Collectors.joining(", "))));
    }
    return findings;
  }

  private Finding model() {
    ModelInForce model = bench.model();
    if (model.fault().isPresent()) {
      return Finding.bad(ExitCode.CONFIGURATION, model.fault().get());
    }
    return model
        .settings()
        .map(this::asked)
        .orElseGet(() -> Finding.good("sentences are read offline; " + model.why()));
  }

  private Finding asked(ModelSettings settings) {
    String where = settings.name() + " at " + settings.shownUrl();
    List<String> models;
    try {
      models = new SessionModels(bench).list(quick(settings));
    } catch (CommandFailure e) {
      return Finding.bad(e.exitCode(), where + ": " + e.getMessage());
    }
    if (!models.isEmpty() && !models.contains(settings.model())) {
      return Finding.note(
          where + " answers, but does not list that model" + Hints.like(settings.model(), models));
    }
    return Finding.good(
        where
            + " answers, and lists "
            + models.size()
            + (models.size() == 1 ? " model" : " models"));
  }

  private static ModelSettings quick(ModelSettings s) {
    Duration timeout = s.timeout().compareTo(LONGEST) < 0 ? s.timeout() : LONGEST;
    return new ModelSettings(
        s.provider(),
        s.baseUrl(),
        s.model(),
        s.apiKey(),
        s.temperature(),
        timeout,
        s.maxOutputTokens(),
        s.budget(),
        s.price());
  }
}
