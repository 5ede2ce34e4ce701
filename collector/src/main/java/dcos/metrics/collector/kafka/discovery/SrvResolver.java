// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.discovery;

import dcos.metrics.collector.kafka.error.ErrorText;
import dcos.metrics.collector.settings.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks certain DNS servers, or the system's. The JDK brings a resolver that knows SRV records and
 * takes servers with ports. Thread-safe.
 */
final class SrvResolver implements okhttp3.Dns {
  private static final String FIRST_TIMEOUT_MS = "1000";
  private static final String TRIES = "2";

  private final List<Endpoint> servers;

  /**
   * @param servers empty for the system's
   */
  SrvResolver(List<Endpoint> servers) {
    this.servers = List.copyOf(servers);
  }

  private record Service(int priority, double turn, Endpoint target) {}

  /**
   * The targets of an SRV record: by priority, and within one at random by weight.
   *
   * @return at least one
   */
  List<Endpoint> services(String name) throws IOException {
    List<Service> services = new ArrayList<>();
    for (String text : query(name, "SRV")) {
      services.add(service(name, text));
    }
    if (services.isEmpty()) {
      throw new IOException("SRV " + name + " at " + where() + ": no such record");
    }
    services.sort(Comparator.comparingInt(Service::priority).thenComparingDouble(Service::turn));
    return services.stream().map(Service::target).toList();
  }

  private Service service(String name, String text) throws IOException {
    String[] fields = text.split(" ", -1);
    try {
      int weight = Integer.parseInt(fields[1]);
      int port = Integer.parseInt(fields[2]);
      String host =
          fields[3].endsWith(".") ? fields[3].substring(0, fields[3].length() - 1) : fields[3];
      return new Service(Integer.parseInt(fields[0]), turn(weight), new Endpoint(host, port));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new IOException("SRV " + name + " at " + where() + ": not a target: " + text, e);
    }
  }

  /** Smaller for greater weights, as a rule: the order is as if drawn by weight. */
  private static double turn(int weight) {
    double chance = 1 - ThreadLocalRandom.current().nextDouble();
    return weight == 0 ? Double.MAX_VALUE : -Math.log(chance) / weight;
  }

  /** The addresses of a host, which may be an address itself. */
  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    if (servers.isEmpty()) {
      return SYSTEM.lookup(host);
    }
    try {
      return List.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException _) {
      return ask(host);
    }
  }

  private List<InetAddress> ask(String host) throws UnknownHostException {
    List<InetAddress> addresses = new ArrayList<>();
    try {
      for (String type : List.of("A", "AAAA")) {
        for (String literal : query(host, type)) {
          addresses.add(
              InetAddress.getByAddress(host, InetAddress.ofLiteral(literal).getAddress()));
        }
      }
    } catch (IOException e) {
      if (addresses.isEmpty()) {
        throw unknown(String.valueOf(e.getMessage()), e);
      }
    }
    if (addresses.isEmpty()) {
      throw unknown("A " + host + " at " + where() + ": no such record", null);
    }
    return addresses;
  }

  private static UnknownHostException unknown(String message, @Nullable Throwable cause) {
    var exception = new UnknownHostException(message);
    exception.initCause(cause);
    return exception;
  }

  /** What the records of a type say, in the resolver's notation. */
  // The DNS provider answers with text alone, and its interface wants a Hashtable.
  @SuppressWarnings({"BanJNDI", "JdkObsolete"})
  private List<String> query(String name, String type) throws IOException {
    var environment = new Hashtable<String, String>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put(Context.PROVIDER_URL, url());
    environment.put("com.sun.jndi.dns.timeout.initial", FIRST_TIMEOUT_MS);
    environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
    List<String> found = new ArrayList<>();
    try {
      var context = new InitialDirContext(environment);
      try {
        Attribute attribute = context.getAttributes(name, new String[] {type}).get(type);
        if (attribute != null) {
          NamingEnumeration<?> values = attribute.getAll();
          while (values.hasMore()) {
            found.add(String.valueOf(values.next()));
          }
        }
      } finally {
        context.close();
      }
    } catch (NamingException e) {
      throw new IOException(type + " " + name + " at " + where() + ": " + ErrorText.of(e), e);
    }
    return found;
  }

  private String url() {
    return servers.isEmpty()
        ? "dns:"
        : servers.stream().map(server -> "dns://" + server).collect(Collectors.joining(" "));
  }

  private String where() {
    return servers.isEmpty()
        ? "the system's DNS"
        : servers.stream().map(Endpoint::toString).collect(Collectors.joining(","));
  }
}
