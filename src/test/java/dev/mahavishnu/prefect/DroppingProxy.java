package dev.mahavishnu.prefect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a server that can be cut. */
public final class DroppingProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final URI target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile boolean shut;

  public DroppingProxy(URI target) throws IOException {
    this.target = target;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort() + target.getPath());
  }

  /** How often somebody came. */
  public int accepted() {
    return accepted.get();
  }

  /** Cuts every connection there is; while shut, those to come too. */
  public void cut(boolean staysShut) {
    shut = staysShut;
    open.forEach(DroppingProxy::end);
    open.clear();
  }

  public void reopen() {
    shut = false;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket from = listening.accept();
        accepted.incrementAndGet();
        if (shut) {
          end(from);
          continue;
        }
        Socket to = new Socket(target.getHost(), target.getPort());
        open.add(from);
        open.add(to);
        Thread.ofVirtual().start(() -> pump(from, to));
        Thread.ofVirtual().start(() -> pump(to, from));
      } catch (IOException e) {
        if (!listening.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException _) {
      // Cut.
    }
  }

  private static void end(Socket socket) {
    try {
      // Discards what is on its way, as a reset does.
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException _) {
      // It is closed.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut(true);
  }
}
