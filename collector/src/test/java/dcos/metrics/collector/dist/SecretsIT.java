// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.recording.EventReader;
import dcos.metrics.collector.testing.CollectorProcess;
import dcos.metrics.testkit.broker.LocalBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plants secrets wherever they can be given, and looks for them in everything that comes out. */
class SecretsIT {
  /** In every planted secret. */
  private static final String PLANTED = "pl4nted";

  private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
  private static final String OAUTH = "org.apache.kafka.common.security.oauthbearer.";
  private static final String TOKEN_URL =
      "http://u:pl4nted-user@127.0.0.1:1/x?client_secret=pl4nted-query";

  @TempDir private Path temp;

  /** A start that is refused. */
  record Refused(String name, Map<String, String> environment, List<String> arguments) {
    static Refused of(String name, String... variables) {
      Map<String, String> environment = new TreeMap<>();
      for (int i = 0; i < variables.length; i += 2) {
        environment.put(variables[i], variables[i + 1]);
      }
      return new Refused(name, environment, List.of());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Refused> refused() {
    return Stream.of(
        login("quote in the password", PLAIN + " required username=\"u\" password=\"a\"pl4nted\";"),
        login("no control flag", PLAIN + " \"pl4nted\" username=\"u\";"),
        login("no semicolon", PLAIN + " required username=\"u\" password=\"pl4nted\""),
        login("no module", "pl4nted"),
        login("misspelt option", PLAIN + " required username=\"u\" pl4nted=\"pl4nted\";"),
        Refused.of(
            "URL for tokens",
            "KAFKA_OVERRIDE_SECURITY_PROTOCOL",
            "SASL_PLAINTEXT",
            "KAFKA_OVERRIDE_SASL_MECHANISM",
            "OAUTHBEARER",
            "KAFKA_OVERRIDE_SASL_LOGIN_CALLBACK_HANDLER_CLASS",
            OAUTH + "OAuthBearerLoginCallbackHandler",
            "KAFKA_OVERRIDE_SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL",
            TOKEN_URL,
            "KAFKA_OVERRIDE_SASL_JAAS_CONFIG",
            OAUTH + "OAuthBearerLoginModule required clientSecret=\"pl4nted\";"),
        Refused.of(
            "certificates that are none",
            "KAFKA_OVERRIDE_SECURITY_PROTOCOL",
            "SSL",
            "KAFKA_OVERRIDE_SSL_TRUSTSTORE_TYPE",
            "PEM",
            "KAFKA_OVERRIDE_SSL_TRUSTSTORE_CERTIFICATES",
            "pl4nted"),
        Refused.of(
            "password of a store that is none",
            "KAFKA_OVERRIDE_SECURITY_PROTOCOL",
            "SSL",
            "KAFKA_OVERRIDE_SSL_TRUSTSTORE_LOCATION",
            "/etc/hostname",
            "KAFKA_OVERRIDE_SSL_TRUSTSTORE_PASSWORD",
            "pl4nted"),
        Refused.of("value of another type", "KAFKA_OVERRIDE_BUFFER_MEMORY", "password=pl4nted"),
        Refused.of("brokers with a user", "KAFKA_BROKERS", "http://u:pl4nted@h:9092"),
        Refused.of("endpoint with a user", "LISTEN_ENDPOINT", "u:pl4nted@127.0.0.1:0"),
        Refused.of("credential of two lines", "AUTH_CREDENTIAL", "pl4nted\nx"),
        Refused.of("token of two lines", "HTTP_TOKEN", "pl4nted\nx"),
        Refused.of("property without a name", "KAFKA_PROPERTY", "pl4nted"),
        Refused.of("override without a name", "KAFKA_OVERRIDE_", "pl4nted"),
        new Refused("word", Map.of(), List.of("http://u:pl4nted@h")),
        new Refused("word after a secret", Map.of(), List.of("-http-token=a", "pl4nted")));
  }

  private static Refused login(String name, String jaas) {
    return Refused.of(
        name,
        "KAFKA_OVERRIDE_SECURITY_PROTOCOL",
        "SASL_PLAINTEXT",
        "KAFKA_OVERRIDE_SASL_MECHANISM",
        "PLAIN",
        "KAFKA_OVERRIDE_SASL_JAAS_CONFIG",
        jaas);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aRefusedStartPrintsOneLineWithoutTheSecret(Refused refused) throws Exception {
    try (var collector =
        CollectorProcess.packaged()
            .environment("AGENT_POLLING", "false")
            .environment("KAFKA_BROKERS", "127.0.0.1:1")
            .environment("KAFKA_VERBOSE", "false")
            .environment(refused.environment())
            .arguments(refused.arguments().toArray(String[]::new))
            .start()) {
      assertThat(collector.awaitExit()).isEqualTo(2);
      assertThat(collector.output()).isEmpty();
      assertThat(collector.lines()).singleElement().asString().doesNotContain(PLANTED);
    }
  }

  @Test
  void aWrongPasswordIsInNothingThatComesOut() throws Exception {
    try (LocalBroker broker =
            LocalBroker.builder()
                .listener("SASL_PLAINTEXT")
                .property("sasl.enabled.mechanisms", "PLAIN")
                .property(
                    "listener.name.sasl_plaintext.plain.sasl.jaas.config",
                    PLAIN + " required user_collector=\"other\";")
                .start();
        var collector =
            running()
                .environment("KAFKA_BROKERS", broker.bootstrap("SASL_PLAINTEXT"))
                .environment("KAFKA_OVERRIDE_SECURITY_PROTOCOL", "SASL_PLAINTEXT")
                .environment("KAFKA_OVERRIDE_SASL_MECHANISM", "PLAIN")
                .environment(
                    "KAFKA_OVERRIDE_SASL_JAAS_CONFIG",
                    PLAIN + " required username=\"collector\" password=\"pl4nted-password\";")
                .start()) {
      assertHidesSecrets(collector, "Authentication failed");
    }
  }

  @Test
  void aUrlForTokensThatDoesNotAnswerIsInNothingThatComesOut() throws Exception {
    try (var collector =
        running()
            .environment(
                "COLLECTOR_JVM_FLAGS",
                "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + TOKEN_URL)
            .environment("KAFKA_OVERRIDE_SECURITY_PROTOCOL", "SASL_PLAINTEXT")
            .environment("KAFKA_OVERRIDE_SASL_MECHANISM", "OAUTHBEARER")
            .environment(
                "KAFKA_OVERRIDE_SASL_LOGIN_CALLBACK_HANDLER_CLASS",
                OAUTH + "OAuthBearerLoginCallbackHandler")
            .environment(
                "KAFKA_OVERRIDE_SASL_OAUTHBEARER_JWT_VALIDATOR_CLASS", OAUTH + "ClientJwtValidator")
            .environment("KAFKA_OVERRIDE_SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL", TOKEN_URL)
            .environment(
                "KAFKA_OVERRIDE_SASL_JAAS_CONFIG",
                OAUTH
                    + "OAuthBearerLoginModule required clientId=\"pl4nted-id\""
                    + " clientSecret=\"pl4nted-secret\";")
            .start()) {
      assertHidesSecrets(collector, "Kafka takes no messages.*Connection refused");
    }
  }

  @Test
  void theCommandForTheAgentsAddressGetsAndRepeatsNoSecret() throws Exception {
    Path script = temp.resolve("address");
    for (String variables : new String[] {"env | grep pl4nted", "env | tr '\\n' ' '"}) {
      Files.writeString(script, variables + " >&2\nexit 3\n");
      try (var collector =
          running()
              .environment("AGENT_POLLING", "true")
              .environment("AGENT_IP_COMMAND", "/bin/sh " + script + " http://u:pl4nted@h")
              .environment("COLLECTOR_JVM_FLAGS", "-Dx=pl4nted-flag")
              .start()) {
        assertThat(collector.awaitExit()).isEqualTo(1);
        assertThat(collector.lines()).anyMatch(line -> line.contains("failed with exit code 3"));
        assertThat(String.join("\n", collector.lines())).doesNotContain(PLANTED);
      }
    }
  }

  /** With secrets that do no harm, some under misspelt names, and everything that tells of them. */
  private CollectorProcess.Builder running() {
    return CollectorProcess.packaged()
        .environment("AGENT_POLLING", "false")
        .environment("AGENT_IP_COMMAND", "/bin/echo 127.0.0.1")
        .environment("AGENT_PORT", "1")
        .environment("AUTH_CREDENTIAL", "pl4nted-credential")
        .environment("HTTP_TOKEN", "pl4nted-token")
        .environment("HTTP_ENDPOINT", "127.0.0.1:0")
        .environment("KAFKA_BROKERS", "127.0.0.1:1")
        .environment("KAFKA_VERBOSE", "true")
        .environment("KAFKA_PRODUCE_PERIOD_MS", "100")
        .environment("KAFKA_OVERRIDE_SSL_KYSTORE_PASSWRD", "pl4nted-misspelt")
        .environment("KAFKA_OVERRIDE_SSL_KEY_PASSWORD", "pl4nted-key")
        .environment("KAFKA_OVERRIDE_SASL_OAUTHBEARER_JWKS_ENDPOINT_URL", TOKEN_URL)
        .environment("KAFKA_PROPERTY", "x_y=pl4nted-property")
        .environment("RECORD_INPUT_LOG", "true")
        .environment("RECORD_OUTPUT_LOG", "true")
        .environment("RECORD_DIR", temp.resolve("recordings").toString())
        .environment("SHUTDOWN_TIMEOUT", "1");
  }

  private void assertHidesSecrets(CollectorProcess collector, String failure) throws Exception {
    EveryCodec.send(collector.port(), "web");
    String http =
        "http://127.0.0.1:" + collector.awaitLine("serving HTTP port=").replaceFirst(".*=", "");
    String events = events(http + "/events");
    collector.awaitLine(failure);
    List<String> all = new ArrayList<>();
    all.add(events);
    for (String page : List.of("/health", "/metrics", "/ledger")) {
      all.add(read(http + page));
    }
    int exit = collector.terminate();
    all.addAll(collector.lines());
    all.addAll(collector.output());
    all.addAll(recorded());
    String found = String.join("\n", all);

    // What is looked through is there: settings, the client's own log, pages and events.
    assertThat(exit).isOne();
    assertThat(found)
        .contains("KAFKA_OVERRIDE_SSL_KYSTORE_PASSWRD=********")
        .contains("ProducerConfig values")
        .contains("\"records\"");
    assertThat(events).contains("KAFKA_OVERRIDE_SSL_KYSTORE_PASSWRD=********");
    assertThat(recorded()).anyMatch(line -> line.startsWith("KafkaChanged["));
    assertThat(found.lines().filter(line -> line.contains(PLANTED))).isEmpty();
  }

  /** The beginning of the stream of events: its snapshot has the settings. */
  private static String events(String url) throws IOException {
    URLConnection connection = URI.create(url).toURL().openConnection();
    connection.setRequestProperty("Authorization", "Bearer pl4nted-token");
    connection.setReadTimeout(30_000);
    var read = new ByteArrayOutputStream();
    try (InputStream in = connection.getInputStream()) {
      byte[] buffer = new byte[8192];
      while (!read.toString(StandardCharsets.ISO_8859_1).contains("SHUTDOWN_TIMEOUT=1")) {
        int length = in.read(buffer);
        assertThat(length).isPositive();
        read.write(buffer, 0, length);
      }
    }
    return read.toString(StandardCharsets.ISO_8859_1);
  }

  private static String read(String url) throws IOException {
    try (InputStream in = URI.create(url).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Each event of the recordings, as a line. */
  private List<String> recorded() throws IOException {
    List<String> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(temp.resolve("recordings"))) {
      for (Path file : files.toList()) {
        try (EventReader reader = EventReader.open(file)) {
          for (Event event = reader.next(); event != null; event = reader.next()) {
            events.add(event.toString());
          }
        }
      }
    }
    return events;
  }
}
