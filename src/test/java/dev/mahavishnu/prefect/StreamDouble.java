package dev.mahavishnu.prefect;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * A server of streams that does what a real one does when it is ill: it takes websockets and lets
 * them in or not, and answers other calls by what a test says.
 */
final class StreamDouble implements AutoCloseable {
  private static final int TEXT = 1;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final ServerSocket server;
  private final boolean letsIn;
  private final IntFunction<String> answers;
  private final AtomicInteger calls = new AtomicInteger();
  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger ended = new AtomicInteger();
  final List<String> heard = new CopyOnWriteArrayList<>();

  /**
   * @param answers the status line's end and the body of the n-th call, {@code 200 OK|[]}
   */
  StreamDouble(boolean letsIn, IntFunction<String> answers) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.letsIn = letsIn;
    this.answers = answers;
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/api");
  }

  int calls() {
    return calls.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      List<String> head = head(in);
      if (head.stream().anyMatch(l -> l.startsWith("sec-websocket-key:"))) {
        stream(in, socket.getOutputStream(), head);
      } else {
        in.readNBytes(Integer.parseInt(value(head, "content-length:", "0")));
        String[] answer = answers.apply(calls.incrementAndGet()).split("\\|", 2);
        write(
            socket.getOutputStream(),
            ("HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
                    + "Connection: close\r\n\r\n%s")
                .formatted(answer[0], answer[1].length(), answer[1])
                .getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException gone) {
      // As clients do.
    }
  }

  private static List<String> head(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString()
        .lines()
        .map(
            l ->
                l.substring(0, l.indexOf(':') + 1).toLowerCase(java.util.Locale.ROOT)
                    + l.substring(l.indexOf(':') + 1))
        .toList();
  }

  private static String value(List<String> head, String name, String otherwise) {
    return head.stream()
        .filter(l -> l.startsWith(name))
        .map(l -> l.substring(name.length()).strip())
        .findFirst()
        .orElse(otherwise);
  }

  private void stream(DataInputStream in, OutputStream out, List<String> head) throws IOException {
    String key = value(head, "sec-websocket-key:", "") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    String accept = Base64.getEncoder().encodeToString(sha1(key));
    write(
        out,
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Protocol: prefect\r\nSec-WebSocket-Accept: "
                + accept
                + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    opened.incrementAndGet();
    try {
      while (true) {
        frame(in, out);
      }
    } finally {
      ended.incrementAndGet();
    }
  }

  private void frame(DataInputStream in, OutputStream out) throws IOException {
    int kind = in.readUnsignedByte() & 15;
    int length = in.readUnsignedByte() & 127;
    if (length == 126) {
      length = in.readUnsignedShort();
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    if (kind == TEXT) {
      String text = new String(payload, StandardCharsets.UTF_8);
      heard.add(text);
      if (letsIn && text.contains("\"auth\"")) {
        send(out, TEXT, "{\"type\": \"auth_success\"}".getBytes(StandardCharsets.UTF_8));
      }
    } else if (kind == PING) {
      send(out, PONG, payload);
    }
  }

  private static void send(OutputStream out, int kind, byte[] payload) throws IOException {
    byte[] frame = new byte[payload.length + 2];
    frame[0] = (byte) (128 | kind);
    frame[1] = (byte) payload.length;
    System.arraycopy(payload, 0, frame, 2, payload.length);
    write(out, frame);
  }

  private static void write(OutputStream out, byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  private static byte[] sha1(String text) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
