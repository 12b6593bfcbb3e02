package dev.mahavishnu.cli;

import dev.mahavishnu.mcp.Call;
import dev.mahavishnu.mcp.ToolResult;
import dev.mahavishnu.run.Evidence;
import dev.mahavishnu.run.EvidenceReader;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.view.EvidenceJson;
import dev.mahavishnu.view.EvidenceView;
import java.time.Instant;
import java.time.ZoneId;

/** Why a run is in its state, as {@code why} says it in the shell. */
final class McpEvidence {
  private final Workbench bench;
  private final KnownSecrets secrets;

  McpEvidence(Workbench bench, KnownSecrets secrets) {
    this.bench = bench;
    this.secrets = secrets;
  }

  ToolResult of(Call call) {
    RunId run = new Runs(bench).find(new McpWords(call.arguments()).text("run"));
    Evidence evidence =
        new EvidenceReader(bench.store().history(), secrets.redactor()::redact)
            .read(run)
            .orElseThrow(() -> CommandFailure.usage("run " + run + " has just been deleted"));
    Instant now = bench.env().clock().instant();
    EvidenceView view = new EvidenceView(McpFlows.PLAIN, McpFlows.WIDTH, ZoneId.systemDefault());
    return new ToolResult.Done(
        String.join("\n", view.lines(evidence, now)), EvidenceJson.of(evidence, now));
  }
}
