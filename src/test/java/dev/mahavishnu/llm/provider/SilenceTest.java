package dev.mahavishnu.llm.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.llm.Call;
import dev.mahavishnu.llm.Reply;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.plan.Usage;
import dev.mahavishnu.secret.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that fall silent or break off, and people who do not wait. */
@Timeout(60)
class SilenceTest {
  private static final Call CALL =
      new Call(List.of(new Call.User("hello")), Optional.empty(), List.of());

  private final CompletableFuture<Runnable> stop = new CompletableFuture<>();
  private final List<Usage> costs = new ArrayList<>();
  private final CountDownLatch spoke = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ServerSocket listening;

  SilenceTest() throws IOException {
    listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stopListening() throws IOException {
    listening.close();
  }

  /** Answers the first request with these bytes, and then does nothing, or closes. */
  private void server(String bytes, boolean breaks) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (Socket socket = listening.accept()) {
                InputStream in = socket.getInputStream();
                readRequest(in);
                OutputStream out = socket.getOutputStream();
                out.write(bytes.getBytes(UTF_8));
                out.flush();
                if (breaks) {
                  return;
                }
                while (in.read() >= 0) {
                  // until the other side goes
                }
                closed.countDown();
              } catch (SocketException _) {
                closed.countDown();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private static void readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new SocketException("the other side left before it asked");
      }
      head.append((char) next);
    }
    String text = head.toString();
    int at = text.toLowerCase(java.util.Locale.ROOT).indexOf("content-length:");
    int length = Integer.parseInt(text.substring(at + 15, text.indexOf('\r', at)).strip());
    in.readNBytes(length);
  }

  private static String chunked(Provider provider, String events) {
    return "HTTP/1.1 200 OK\r\nContent-Type: "
        + Shapes.contentType(provider)
        + "\r\nTransfer-Encoding: chunked\r\n\r\n"
        + Integer.toHexString(events.getBytes(UTF_8).length)
        + "\r\n"
        + events
        + "\r\n";
  }

  private final class Waiting implements Progress {
    @Override
    public void says(String more) {
      spoke.countDown();
    }

    @Override
    public void notes(String line) {
      spoke.countDown();
    }

    @Override
    public void costs(Usage usage) {
      costs.add(usage);
    }

    @Override
    public Hold onStop(Runnable it) {
      stop.complete(it);
      return () -> {};
    }
  }

  private Reply answer(Provider provider, Duration timeout) {
    ModelSettings settings =
        new ModelSettings(
            provider,
            Optional.of(URI.create("http://127.0.0.1:" + listening.getLocalPort())),
            "m",
            Optional.of("key-0123456789-abcdefghij"),
            Optional.empty(),
            timeout,
            100,
            Optional.empty(),
            Optional.empty());
    return new ModelChat(
            settings,
            new Redactor(),
            new Meter(Optional.empty()),
            Map.of(),
            new ModelChat.Clocks(
                InstantSource.system(), System::nanoTime, new Random(1), Patience.Pause::really))
        .answer(CALL, new Waiting());
  }

  private CompletableFuture<Reply> answering(Provider provider) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> reply.complete(answer(provider, Duration.ofMinutes(5))));
    return reply;
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void stoppingInTheMiddleOfAnAnswerEndsItAndTheConnection(Provider provider) throws Exception {
    server(chunked(provider, Shapes.start(provider, "twelve chars")), false);
    CompletableFuture<Reply> reply = answering(provider);
    assertThat(spoke.await(30, SECONDS)).isTrue();

    stop.get(30, SECONDS).run();

    assertThat(reply.get(30, SECONDS)).isEqualTo(new Reply.Stopped());
    assertThat(closed.await(30, SECONDS)).isTrue();
    assertThat(costs).hasSize(1);
    assertThat(costs.getFirst().output()).isEqualTo(3);
  }

  @Test
  void stoppingBeforeTheFirstByteEndsItAndTheConnection() throws Exception {
    server("", false);
    CompletableFuture<Reply> reply = answering(Provider.OPENAI);

    stop.get(30, SECONDS).run();

    assertThat(reply.get(30, SECONDS)).isEqualTo(new Reply.Stopped());
  }

  @Test
  void stoppingBetweenTwoTriesEndsIt() throws Exception {
    server("HTTP/1.1 429 Too Many\r\nRetry-After: 29\r\nContent-Length: 2\r\n\r\n{}", true);
    CompletableFuture<Reply> reply = answering(Provider.OPENAI);
    assertThat(spoke.await(30, SECONDS)).isTrue();

    stop.get(30, SECONDS).run();

    assertThat(reply.get(20, SECONDS)).isEqualTo(new Reply.Stopped());
  }

  @Test
  void whoIsStoppedAtOnceSendsNothing() {
    ModelSettings settings = ModelSettings.of(Provider.OPENAI, "m", Optional.of("k"));
    Progress stopped =
        new Progress() {
          @Override
          public Hold onStop(Runnable it) {
            it.run();
            return () -> {};
          }
        };

    assertThat(
            new ModelChat(settings, new Redactor(), new Meter(Optional.empty()), Map.of())
                .answer(CALL, stopped))
        .isEqualTo(new Reply.Stopped());
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aConnectionThatBreaksInTheMiddleIsACutAnswer(Provider provider) {
    server(chunked(provider, Shapes.start(provider, "half")), true);

    assertThat(answer(provider, Duration.ofSeconds(30)))
        .isInstanceOfSatisfying(
            Reply.Cut.class, cut -> assertThat(cut.why()).contains("broke in the middle"));
  }

  @Test
  void aServerThatSaysNothingIsNotWaitedForForever() {
    server("", false);

    assertThat(answer(Provider.OPENAI, Duration.ofMillis(300)))
        .isInstanceOfSatisfying(
            Reply.Failed.class,
            failed -> assertThat(failed.why()).contains("said nothing", "llm.timeout"));
  }

  @Test
  void aServerThatFallsSilentInTheMiddleHasCutItsAnswer() {
    server(chunked(Provider.OPENAI, Shapes.start(Provider.OPENAI, "half")), false);

    assertThat(answer(Provider.OPENAI, Duration.ofMillis(1500)))
        .isInstanceOfSatisfying(
            Reply.Cut.class, cut -> assertThat(cut.why()).contains("fell silent"));
  }

  @Test
  void theThreadsOfCallsDoNotKeepAProgramRunning() {
    server(chunked(Provider.OPENAI, Shapes.whole(Provider.OPENAI, "yes")) + "0\r\n\r\n", false);

    assertThat(answer(Provider.OPENAI, Duration.ofSeconds(30))).isEqualTo(new Reply.Whole("yes"));

    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("HttpClient"))
        .isNotEmpty()
        .allMatch(Thread::isDaemon);
  }
}
