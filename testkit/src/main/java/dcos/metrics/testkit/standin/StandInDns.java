// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit.standin;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A small DNS server on 127.0.0.1, UDP and TCP on the same port, that knows the SRV, A and AAAA
 * records it is told and answers NXDOMAIN to every other name. Remembers what it was asked.
 * Thread-safe.
 */
public final class StandInDns implements AutoCloseable {
  private static final int PORT_TRIES = 50;

  private final Map<String, List<DnsAnswer>> records = new ConcurrentHashMap<>();
  private final List<Query> queries = new CopyOnWriteArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean silent;
  private volatile boolean truncating;

  // Both guarded by this.
  private @Nullable DatagramSocket udp;
  private @Nullable ServerSocket tcp;

  /**
   * What was asked.
   *
   * @param name in lower case, without the last dot
   * @param type such as SRV, A or AAAA; of others the number
   * @param transport udp or tcp
   */
  public record Query(String name, String type, String transport) {}

  /** A server that answers; it knows nothing yet. */
  public static StandInDns started() {
    var dns = new StandInDns();
    dns.start();
    return dns;
  }

  /** Begins to listen. */
  public synchronized void start() {
    if (udp != null) {
      return;
    }
    bind();
    DatagramSocket datagrams = udp;
    ServerSocket streams = tcp;
    if (datagrams == null || streams == null) {
      throw new IllegalStateException("no port is free for both UDP and TCP");
    }
    Thread.ofVirtual().name("stand-in-dns-udp").start(() -> serve(datagrams));
    Thread.ofVirtual().name("stand-in-dns-tcp").start(() -> accept(streams));
  }

  /** The port it listens on, for UDP and for TCP; only after {@link #start}. */
  public synchronized int port() {
    if (udp == null) {
      throw new IllegalStateException("not started");
    }
    return udp.getLocalPort();
  }

  /** As {@code 127.0.0.1:port}, the way the collector's {@code dns-servers} option takes it. */
  public String endpoint() {
    return "127.0.0.1:" + port();
  }

  /** Adds an SRV record. */
  public void srv(String name, int priority, int weight, int port, String target) {
    add(name, new DnsAnswer.Srv(priority, weight, port, normal(target)));
  }

  /** Adds an A record, or an AAAA record for an address of version six. */
  public void a(String name, String address) {
    add(name, new DnsAnswer.Address(InetAddress.ofLiteral(address)));
  }

  /** From now on answers nothing at all, or does again. */
  public void silent(boolean silent) {
    this.silent = silent;
  }

  /** From now on cuts every UDP answer, so that it must be asked for by TCP; or stops doing so. */
  public void truncating(boolean truncating) {
    this.truncating = truncating;
  }

  /** Everything that was asked so far, in order. */
  public List<Query> queries() {
    return List.copyOf(queries);
  }

  /** Stops listening. Idempotent. */
  @Override
  public synchronized void close() {
    try {
      if (udp != null) {
        udp.close();
      }
      if (tcp != null) {
        tcp.close();
      }
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      udp = null;
      tcp = null;
    }
  }

  private synchronized void bind() {
    InetAddress local = InetAddress.ofLiteral("127.0.0.1");
    for (int i = 0; i < PORT_TRIES; i++) {
      try {
        udp = new DatagramSocket(0, local);
      } catch (SocketException e) {
        throw new UncheckedIOException(e);
      }
      try {
        tcp = new ServerSocket();
        tcp.bind(new InetSocketAddress(local, udp.getLocalPort()));
        return;
      } catch (IOException _) { // Taken for TCP: another port.
        close();
      }
    }
  }

  private void serve(DatagramSocket socket) {
    var packet = new DatagramPacket(new byte[4096], 4096);
    try {
      while (true) {
        packet.setLength(4096);
        socket.receive(packet);
        DnsMessage.Question question = DnsMessage.read(packet.getData(), packet.getLength());
        byte[] answer = answer(question, "udp");
        if (!silent) {
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException _) { // Closed.
      socket.close();
    }
  }

  private void accept(ServerSocket server) {
    try {
      while (true) {
        Socket connection = server.accept();
        connections.add(connection);
        Thread.ofVirtual().name("stand-in-dns-connection").start(() -> serve(connection));
      }
    } catch (IOException _) { // Closed.
      connections.clear();
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      var in = new DataInputStream(connection.getInputStream());
      var out = new DataOutputStream(connection.getOutputStream());
      while (true) {
        byte[] message = in.readNBytes(in.readUnsignedShort());
        byte[] answer = answer(DnsMessage.read(message, message.length), "tcp");
        if (!silent) {
          out.writeShort(answer.length);
          out.write(answer);
          out.flush();
        }
      }
    } catch (EOFException _) { // The client has what it wants.
      connections.remove(connection);
    } catch (IOException _) { // Cut by either side.
      connections.remove(connection);
    }
  }

  private byte[] answer(DnsMessage.Question question, String transport) {
    queries.add(new Query(question.name(), question.typeName(), transport));
    List<DnsAnswer> known = records.get(question.name());
    if (known == null) {
      return DnsMessage.noSuchName(question);
    }
    if (truncating && transport.equals("udp")) {
      return DnsMessage.truncated(question);
    }
    return DnsMessage.answer(
        question, known.stream().filter(answer -> answer.type() == question.type()).toList());
  }

  private void add(String name, DnsAnswer answer) {
    records.computeIfAbsent(normal(name), _ -> new CopyOnWriteArrayList<>()).add(answer);
  }

  private static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
