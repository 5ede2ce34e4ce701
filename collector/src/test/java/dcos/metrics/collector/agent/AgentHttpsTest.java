// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import static dcos.metrics.collector.settings.Options.AGENT_SCHEME;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dcos.metrics.collector.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentHttpsTest {
  private static final String PASSWORD = "changeit";

  @TempDir static Path folder;

  private static Path store;

  private final Polled polled = new Polled();

  @BeforeAll
  static void makeCertificate() throws Exception {
    store = folder.resolve("agent.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "agent",
                "-keyalg",
                "EC",
                "-dname",
                "CN=agent",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
  }

  private static TestAgent agent() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new TestAgent(server);
  }

  private static Settings.Agent settings(TestAgent agent) {
    return agent.settings().with(AGENT_SCHEME, "https").build().agent();
  }

  @Test
  void asksAnAgentWhoseCertificateTheTrustStoreKnows() throws Exception {
    System.setProperty("javax.net.ssl.trustStore", store.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
    try (TestAgent agent = agent();
        AgentPoller poller = polled.connected(settings(agent))) {
      poller.pollOnce();

      assertThat(poller.selfMetrics().lastErrors()).isEmpty();
      assertThat(polled.states).hasSize(1);
    } finally {
      System.clearProperty("javax.net.ssl.trustStore");
      System.clearProperty("javax.net.ssl.trustStorePassword");
    }
  }

  @Test
  void asksNoAgentThatItDoesNotKnow() throws Exception {
    try (TestAgent agent = agent();
        AgentPoller poller = polled.connected(settings(agent))) {
      poller.pollOnce();

      assertThat(poller.selfMetrics().lastErrors().get("/state"))
          .startsWith("got no TLS session (SSLHandshakeException: ")
          .contains("PKIX path building failed");
      assertThat(agent.asked()).isEmpty();
    }
  }

  @Test
  void namesAnAgentThatSpeaksTlsThoughItIsAskedWithoutIt() throws Exception {
    try (TestAgent agent = agent();
        AgentPoller poller = polled.connected(agent.settings().build().agent())) {
      poller.pollOnce();

      assertThat(poller.selfMetrics().lastErrors())
          .containsEntry("/state", "got TLS, must be HTTP");
    }
  }

  @Test
  void namesAnAgentThatSpeaksNoTlsThoughItIsAskedWithIt() throws Exception {
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        AgentPoller poller =
            polled.connected(
                TestAgent.settings(server.getLocalPort())
                    .with(AGENT_SCHEME, "https")
                    .build()
                    .agent())) {
      Thread.ofVirtual().start(() -> refuseAll(server));
      poller.pollOnce();

      assertThat(poller.selfMetrics().lastErrors().get("/state"))
          .startsWith("got no TLS session (SSLException: ")
          .endsWith("), must be TLS with a trusted certificate");
    }
  }

  /** As a server does that expects a line of HTTP. */
  private static void refuseAll(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.getInputStream().read(new byte[8192]);
        socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
      } catch (IOException _) {
        // The client has disconnected, or the test is over.
      }
    }
  }
}
