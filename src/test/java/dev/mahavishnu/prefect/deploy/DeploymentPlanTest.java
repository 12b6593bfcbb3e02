package dev.mahavishnu.prefect.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.prefect.Schedules.Schedule;
import dev.mahavishnu.prefect.ServerSchedule;
import dev.mahavishnu.prefect.WorkPools.WorkPool;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.ReadResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is to change, without any server. */
final class DeploymentPlanTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final PlannedTriggers NO_TRIGGERS = new PlannedTriggers(List.of(), Map.of());
  private static final ServerSchedule DAILY =
      new ServerSchedule.Cron("0 6 * * *", Optional.of("UTC"), true);

  private static FlowSource flow(String more) {
    String text =
        """
        flow: f
        description: Does it
        parameters:
          - {name: n, type: integer, default: 3}
          - {name: x, type: number, default: 1.50}
        tasks: [{id: t, type: compute, value: 1}]
        """
            + more;
    ReadResult result = new FlowReader(new Expressions()).read("f.yaml", text, Path.of("/nowhere"));
    return ((ReadResult.Valid) result).source();
  }

  private static Wanted wanted(String more, Said said) {
    FlowSource source = flow(more);
    return new Wanted(
        "d", source.flow(), Bundle.of(source, _ -> Optional.empty()), said, Optional.of("usual"));
  }

  private static Said said(String pool, List<ServerSchedule> schedules) {
    return new Said(
        Optional.of(pool),
        Optional.empty(),
        JSON.createObjectNode(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        schedules,
        Optional.empty());
  }

  private static Optional<WorkPool> pool(String type) {
    return Optional.of(
        new WorkPool(
            UUID.randomUUID(),
            "p",
            type,
            "",
            false,
            Optional.empty(),
            "READY",
            JSON.createObjectNode(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  /** A deployment as it stands after what was wanted was applied. */
  private static Deployment applied(Wanted wanted, List<Schedule> schedules, String parameters) {
    return new Deployment(
        UUID.randomUUID(),
        UUID.randomUUID(),
        wanted.name(),
        wanted.version(),
        wanted.flow().description(),
        false,
        schedules,
        Optional.empty(),
        JSON.missingNode(),
        JSON.createObjectNode(),
        JSON.readTree(parameters),
        JSON.readTree(ParameterSchema.of(wanted.flow()).toString()),
        true,
        List.of(),
        Map.of(),
        "p",
        "default",
        wanted.entrypoint(),
        "",
        JSON.readTree(wanted.bundle().pullSteps().toString()),
        "NOT_READY",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Schedule schedule(String slug, ServerSchedule when, boolean active) {
    return new Schedule(UUID.randomUUID(), when, active, JSON.missingNode(), slug);
  }

  private static DeploymentPlan plan(Optional<Deployment> has, Wanted wanted) {
    return DeploymentPlan.between(has, pool("mahavishnu"), NO_TRIGGERS, wanted);
  }

  private static List<String> lines(DeploymentPlan plan) {
    List<String> lines = new ArrayList<>(plan.problems());
    plan.lines().forEach(line -> lines.add(sign(line) + line.text()));
    return lines;
  }

  private static String sign(ChangeLine line) {
    return switch (line.sign()) {
      case COMES -> "+";
      case GOES -> "-";
      case CHANGES -> "~";
    };
  }

  @Test
  void what_was_applied_needs_no_change() {
    Wanted wanted =
        wanted("schedules: [{cron: '0 6 * * *'}, {every: 30m}]\n", said("p", List.of()));
    ServerSchedule half =
        new ServerSchedule.Every(
            Duration.ofMinutes(30),
            Optional.of(Instant.parse("2020-01-01T00:00:00Z")),
            Optional.of("UTC"));
    List<Schedule> schedules =
        List.of(schedule("flow-1", DAILY, true), schedule("flow-2", half, true));
    assertThat(lines(plan(Optional.of(applied(wanted, schedules, "{}")), wanted))).isEmpty();
    assertThat(plan(Optional.of(applied(wanted, schedules, "{}")), wanted).isNothing()).isTrue();
  }

  @Test
  void a_new_deployment_goes_into_the_usual_pool_unless_one_is_said() {
    Wanted nothing = wanted("", Said.NOTHING);
    assertThat(lines(plan(Optional.empty(), nothing.placed(Optional.empty()))))
        .contains("+deployment f/d", "+  work pool: usual");
    Wanted said = wanted("", said("p", List.of()));
    assertThat(lines(plan(Optional.empty(), said.placed(Optional.empty()))))
        .contains("+  work pool: p");
    Optional<Deployment> has = Optional.of(applied(said, List.of(), "{}"));
    assertThat(lines(plan(has, nothing.placed(has)))).isEmpty();
  }

  @Test
  void schedules_given_by_options_count_instead_of_the_flows_and_stay_until_others_are_said() {
    String own = "schedules: [{cron: '0 6 * * *'}]\n";
    Wanted byOption = wanted(own, said("p", List.of(DAILY)));
    Schedule ofFlow = schedule("flow-1", DAILY, true);
    Schedule ofOption = schedule("option-1", DAILY, true);
    Schedule mine = schedule("mine", DAILY, false);
    assertThat(lines(plan(Optional.of(applied(byOption, List.of(ofFlow, mine), "{}")), byOption)))
        .containsExactly(
            "~deployment f/d",
            "-  schedule flow-1: cron 0 6 * * * (UTC)",
            "+  schedule option-1: cron 0 6 * * * (UTC)");

    Wanted byFlow = wanted(own, Said.NOTHING);
    assertThat(lines(plan(Optional.of(applied(byFlow, List.of(ofOption, mine), "{}")), byFlow)))
        .containsExactly(
            "~deployment f/d",
            "-  schedule option-1: cron 0 6 * * * (UTC)",
            "+  schedule flow-1: cron 0 6 * * * (UTC)");

    Wanted byNone = wanted("", Said.NOTHING);
    assertThat(lines(plan(Optional.of(applied(byNone, List.of(ofOption, mine), "{}")), byNone)))
        .isEmpty();
    assertThat(lines(plan(Optional.of(applied(byNone, List.of(ofFlow, mine), "{}")), byNone)))
        .containsExactly("~deployment f/d", "-  schedule flow-1: cron 0 6 * * * (UTC)");
  }

  @Test
  void values_for_parameters_that_are_gone_go_too_and_wrong_ones_are_told() {
    Wanted wanted = wanted("", said("p", List.of()));
    assertThat(
            lines(plan(Optional.of(applied(wanted, List.of(), "{\"n\": 1, \"old\": 2}")), wanted)))
        .containsExactly("~deployment f/d", "-  parameter old: 2");
    assertThat(lines(plan(Optional.of(applied(wanted, List.of(), "{\"n\": \"x\"}")), wanted)))
        .containsExactly("parameter `n`: expected integer, got \"x\"");
  }

  @Test
  void a_pool_of_others_is_refused() {
    DeploymentPlan plan =
        DeploymentPlan.between(
            Optional.empty(), pool("process"), NO_TRIGGERS, wanted("", said("p", List.of())));
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.problems().getFirst()).contains("`p` is of type `process`");
  }

  @Test
  void what_starts_by_itself_has_all_its_parameters() {
    String must = "schedules: [{every: 1h}]\nsecrets: []\n";
    FlowSource source =
        ((ReadResult.Valid)
                new FlowReader(new Expressions())
                    .read(
                        "f.yaml",
                        "flow: f\nparameters: [{name: day, type: date}]\n"
                            + "tasks: [{id: t, type: compute, value: 1}]\n"
                            + must,
                        Path.of("/nowhere")))
            .source();
    ObjectNode day = JSON.createObjectNode().put("day", "2026-11-24");
    Bundle bundle = Bundle.of(source, _ -> Optional.empty());
    Said nothing = said("p", List.of());
    Said given =
        new Said(
                Optional.empty(),
                Optional.empty(),
                day,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty())
            .over(nothing);
    Wanted open = new Wanted("d", source.flow(), bundle, nothing, Optional.empty());
    assertThat(plan(Optional.empty(), open).problems().getFirst())
        .contains("give --param day=VALUE");
    Wanted filled = new Wanted("d", source.flow(), bundle, given, Optional.empty());
    assertThat(plan(Optional.empty(), filled).problems()).isEmpty();
  }

  @Test
  void what_a_server_tells_in_another_form_is_the_same() {
    Wanted wanted = wanted("", said("p", List.of()));
    Deployment has = applied(wanted, List.of(), "{}");
    JsonNode schema =
        JSON.readTree(ParameterSchema.of(wanted.flow()).toString().replace("1.50", "1.5"));
    assertThat(has.parameterOpenapiSchema()).isEqualTo(schema);
  }
}
