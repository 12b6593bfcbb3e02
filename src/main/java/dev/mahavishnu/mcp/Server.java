package dev.mahavishnu.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Serves one client over two streams. */
public final class Server {
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private final Host host;
  private final Consent consent;
  private final JsonMapper mapper = Messages.mapper();
  // Never interrupted: a thread that is closes the files that it reads.
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Scheduler threads = Schedulers.fromExecutor(executor);

  public Server(Host host) {
    this.host = host;
    this.consent = new Consent(host);
  }

  /** Serves until the input ends. Only what belongs to the protocol is written. */
  public void serve(InputStream in, OutputStream out) throws IOException {
    McpJsonMapper json = new JacksonMcpJsonMapper(mapper);
    Wire wire = new Wire(json, in, out, threads);
    McpAsyncServer server =
        McpServer.async(wire)
            .jsonMapper(json)
            .serverInfo(
                McpSchema.Implementation.builder("mahavishnu", host.version())
                    .title("Mahavishnu")
                    .build())
            .instructions(host.instructions())
            .capabilities(
                McpSchema.ServerCapabilities.builder().tools(false).resources(false, false).build())
            .requestTimeout(Consent.PATIENCE)
            .tools(host.tools().stream().map(this::tool).toList())
            .resourceTemplates(host.shelf().templates().stream().map(this::template).toList())
            .build();
    wire.beforeList(() -> shelve(server));
    wire.read();
  }

  private AsyncToolSpecification tool(Tool tool) {
    boolean reads = tool.permission().isEmpty();
    McpSchema.Tool described =
        McpSchema.Tool.builder(tool.name(), map(tool.input()))
            .title(tool.title())
            .description(tool.description())
            .outputSchema(map(tool.output()))
            .annotations(
                McpSchema.ToolAnnotations.builder()
                    .title(tool.title())
                    .readOnlyHint(reads)
                    .destructiveHint(!reads)
                    .build())
            .build();
    return AsyncToolSpecification.builder()
        .tool(described)
        .callHandler((client, request) -> call(tool, client, request))
        .build();
  }

  private Mono<McpSchema.CallToolResult> call(
      Tool tool, McpAsyncServerExchange client, McpSchema.CallToolRequest request) {
    Map<String, Object> given = Optional.ofNullable(request.arguments()).orElse(Map.of());
    ObjectNode arguments = mapper.valueToTree(given);
    Asked call = new Asked(client, arguments, Optional.ofNullable(request.progressToken()));
    return Mono.fromCallable(() -> result(answer(tool, call, client)))
        .subscribeOn(threads)
        .doOnCancel(call::cancel);
  }

  private ToolResult answer(Tool tool, Call call, McpAsyncServerExchange client) {
    try {
      Optional<String> refusal = consent.refusal(tool, call, client);
      return refusal.isPresent() ? new ToolResult.Failed(refusal.get()) : tool.deed().of(call);
    } catch (RuntimeException e) {
      return new ToolResult.Failed(host.explain().of(e));
    }
  }

  private McpSchema.CallToolResult result(ToolResult result) {
    UnaryOperator<String> redact = host.redact().get();
    String text = Masking.text(redact, result.text());
    McpSchema.CallToolResult.Builder told =
        McpSchema.CallToolResult.builder()
            .content(List.of(McpSchema.TextContent.builder(text).build()))
            .isError(result instanceof ToolResult.Failed);
    Optional<ObjectNode> content =
        switch (result) {
          case ToolResult.Done done -> Optional.of(done.content());
          case ToolResult.Failed failed -> failed.content();
        };
    content.ifPresent(c -> told.structuredContent(map(new Masking(redact).of(c))));
    return told.build();
  }

  private Map<String, Object> map(JsonNode node) {
    return mapper.convertValue(node, MAP);
  }

  /** Registers what can be read now; until then the templates serve what is asked for. */
  private synchronized void shelve(McpAsyncServer server) {
    List<McpSchema.Resource> before = server.listResources().collectList().block();
    Optional.ofNullable(before)
        .orElse(List.of())
        .forEach(resource -> server.removeResource(resource.uri()).block());
    Set<String> known = new HashSet<>();
    UnaryOperator<String> redact = host.redact().get();
    host.shelf().list().stream()
        .filter(entry -> known.add(entry.uri()))
        .forEach(entry -> server.addResource(resource(entry, redact)).block());
  }

  private AsyncResourceSpecification resource(Shelf.Entry entry, UnaryOperator<String> redact) {
    McpSchema.Resource resource =
        McpSchema.Resource.builder(entry.uri(), entry.name())
            .description(Masking.text(redact, entry.description()))
            .mimeType(entry.type())
            .build();
    return new AsyncResourceSpecification(resource, (_, request) -> read(request, entry.type()));
  }

  private AsyncResourceTemplateSpecification template(Shelf.Entry entry) {
    McpSchema.ResourceTemplate template =
        McpSchema.ResourceTemplate.builder(entry.uri(), entry.name())
            .description(entry.description())
            .mimeType(entry.type())
            .build();
    return new AsyncResourceTemplateSpecification(
        template, (_, request) -> read(request, entry.type()));
  }

  private Mono<McpSchema.ReadResourceResult> read(
      McpSchema.ReadResourceRequest request, String type) {
    return Mono.fromCallable(() -> contents(request.uri(), type)).subscribeOn(threads);
  }

  private McpSchema.ReadResourceResult contents(String uri, String type) {
    String text;
    try {
      text = host.shelf().read(uri).orElseThrow(() -> McpError.RESOURCE_NOT_FOUND.apply(uri));
    } catch (McpError e) {
      throw e;
    } catch (RuntimeException e) {
      throw McpError.builder(McpSchema.ErrorCodes.INTERNAL_ERROR)
          .message(host.explain().of(e))
          .build();
    }
    McpSchema.ResourceContents contents =
        McpSchema.TextResourceContents.builder(uri, Masking.text(host.redact().get(), text))
            .mimeType(type)
            .build();
    return McpSchema.ReadResourceResult.builder(List.of(contents)).build();
  }
}
