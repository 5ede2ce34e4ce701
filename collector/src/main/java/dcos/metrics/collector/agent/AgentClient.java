// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import dcos.metrics.collector.settings.Option;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.collector.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Opens the answer to a query: the agent's over HTTP, or the test file that replaces it.
 *
 * <p>Asked on the caller's thread, one connection kept alive from query to query. The agent is this
 * node: no proxy, and redirects are failures, so that a credential goes nowhere else. https is
 * checked against the JDK's trust store. {@link #close} may come from any thread and ends a query
 * that is under way.
 */
final class AgentClient implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final Settings.Agent settings;
  private final String userAgent;
  private final @Nullable HttpUrl base;
  private final Duration limit;
  private final OkHttpClient client;
  // Written by the asking thread, cancelled by close().
  private volatile @Nullable Call current;
  private volatile boolean closed;

  /**
   * @param ip of the agent; may be empty where every query has its test file
   * @param limit how long one answer is waited for
   */
  AgentClient(Settings.Agent settings, String version, Optional<String> ip, Duration limit) {
    this.settings = settings;
    this.userAgent = "metrics-collector/" + version;
    this.base = ip.map(address -> url(settings, address)).orElse(null);
    this.limit = limit;
    this.client =
        new OkHttpClient.Builder()
            .connectTimeout(CONNECT_TIMEOUT)
            // The limit of each call bounds both; two clocks would race for the error.
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectionSpecs(List.of(security(settings)))
            .connectionPool(new ConnectionPool(1, 5, TimeUnit.SECONDS))
            .fastFallback(false) // it would connect on threads of its own
            .followRedirects(false)
            .followSslRedirects(false)
            .proxy(Proxy.NO_PROXY)
            .build();
  }

  /** Not both: TLS that nobody asks for loads some hundred classes and all root certificates. */
  private static ConnectionSpec security(Settings.Agent settings) {
    return settings.scheme().equals("https") ? ConnectionSpec.MODERN_TLS : ConnectionSpec.CLEARTEXT;
  }

  /** The option that names a file to be read instead of asking, if there is one. */
  Optional<Option<?>> fileOption(AgentEndpoint endpoint) {
    return file(settings, endpoint)
        .map(
            _ ->
                switch (endpoint) {
                  case STATE -> Options.AGENT_TEST_STATE_FILE;
                  case SYSTEM -> Options.AGENT_TEST_SYSTEM_FILE;
                  case CONTAINERS -> Options.AGENT_TEST_CONTAINERS_FILE;
                });
  }

  /** Where the answer to a query comes from: a URL or a file. */
  String where(AgentEndpoint endpoint) {
    return file(settings, endpoint).map(Path::toString).orElseGet(() -> url(endpoint).toString());
  }

  /**
   * Opens the answer, to be closed.
   *
   * @throws NoAnswerException if no byte of an answer came
   * @throws UnusableAnswerException if the answer, or what was read of its body later, is not
   *     usable
   * @throws CredentialRefusedException if the agent answers 401
   */
  InputStream open(AgentEndpoint endpoint) throws IOException {
    Optional<Path> file = file(settings, endpoint);
    return file.isPresent() ? Files.newInputStream(file.get()) : ask(endpoint);
  }

  @Override
  public void close() {
    closed = true;
    Call asked = current;
    if (asked != null) {
      asked.cancel();
    }
    client.connectionPool().evictAll();
  }

  private InputStream ask(AgentEndpoint endpoint) throws IOException {
    Request.Builder request =
        new Request.Builder()
            .url(url(endpoint))
            .header("User-Agent", userAgent)
            .header("Accept", "application/json")
            // On one node, compressing costs both sides more than it saves. Answers that are
            // compressed all the same are read: see AnswerBody.
            .header("Accept-Encoding", "identity");
    settings
        .credential()
        .ifPresent(secret -> request.header("Authorization", "token=" + secret.value()));
    Call call = client.newCall(request.build());
    current = call;
    if (closed) {
      call.cancel(); // close() may have come too early to see it
    }
    CallDeadline waiting = new CallDeadline(call, limit);
    Response response = execute(call, waiting);
    try {
      UnusableHttpAnswer.requireUsable(response, url(endpoint), settings.credential());
    } catch (IOException e) {
      response.close();
      throw e;
    }
    InputStream body = waiting.limited(response.body().byteStream());
    return UnusableHttpAnswer.body(body, settings.credential());
  }

  private Response execute(Call call, CallDeadline waiting) throws IOException {
    try {
      return waiting.spend(call::execute);
    } catch (IOException e) {
      throw closed || e instanceof NoAnswerException
          ? e
          : UnusableHttpAnswer.failed(e, settings.credential());
    }
  }

  private HttpUrl url(AgentEndpoint endpoint) {
    if (base == null) {
      throw new IllegalStateException("no address to ask for " + endpoint.path());
    }
    return base.newBuilder().encodedPath(endpoint.path()).build();
  }

  private static HttpUrl url(Settings.Agent settings, String ip) {
    return new HttpUrl.Builder().scheme(settings.scheme()).host(ip).port(settings.port()).build();
  }

  private static Optional<Path> file(Settings.Agent settings, AgentEndpoint endpoint) {
    return switch (endpoint) {
      case STATE -> settings.testStateFile();
      case SYSTEM -> settings.testSystemFile();
      case CONTAINERS -> settings.testContainersFile();
    };
  }
}
