// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.collector.settings.KafkaProperty;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaPropertiesTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "buffer.memory | lots | must be a whole number from 0",
        "retries | 1.5 | must be a whole number from 0 to 2147483647",
        "retries | `` | must be a whole number from 0 to 2147483647",
        "sasl.login.refresh.window.factor | 2 | must be a number from 0.5 to 1.0",
        "compression.gzip.level | 10 | must be a whole number from 1 to 9 or -1",
        "metric.reporters | a.B,,a.C | must be a list without empty elements, separated by commas",
        "partitioner.ignore.keys | maybe | must be true or false",
        "security.protocol | SASL_TLS | must be one of SASL_SSL, PLAINTEXT, SSL, SASL_PLAINTEXT",
        "client.dns.lookup | some | must be one of use_all_dns_ips, resolve_canonical_bootstrap_servers_only",
        "partitioner.class | a.B | must be the name of a class of the class path",
        "retries | 0 | the Kafka client refuses it: Must set retries to non-zero when using the idempotent producer.",
        "delivery.timeout.ms | 19999 | must be at least kafka-flush-ms plus request.timeout.ms, which are 5000 and 15000",
        "transactional.id | x | is not allowed, messages are sent without transactions",
      })
  void refusesAValueNamingWhatIsAllowed(String name, String value, String allowed) {
    assertThatThrownBy(() -> check(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "KAFKA_OVERRIDE_%s=%s (kafka-property %s): %s",
            name.toUpperCase(Locale.ROOT).replace('.', '_'), value, name, allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "interceptor.classes, a.B, org.apache.kafka.clients.producer.ProducerInterceptor",
    "interceptor.classes, java.lang.String, org.apache.kafka.clients.producer.ProducerInterceptor",
    "metric.reporters, a.B, org.apache.kafka.common.metrics.MetricsReporter",
    "security.providers, a.B, org.apache.kafka.common.security.auth.SecurityProviderCreator",
    "partitioner.class, java.lang.String, org.apache.kafka.clients.producer.Partitioner",
    "sasl.login.class, java.lang.String, org.apache.kafka.common.security.auth.Login",
    "sasl.login.callback.handler.class, java.lang.String,"
        + " org.apache.kafka.common.security.auth.AuthenticateCallbackHandler",
    "sasl.client.callback.handler.class, java.lang.String,"
        + " org.apache.kafka.common.security.auth.AuthenticateCallbackHandler",
    "ssl.engine.factory.class, java.lang.String,"
        + " org.apache.kafka.common.security.auth.SslEngineFactory",
  })
  void refusesAClassThatIsMissingOrIsNotWhatTheClientWants(
      String name, String className, String wanted) {
    assertThatThrownBy(() -> check(Map.of(name, className)))
        .hasMessageEndingWith(
            " (kafka-property %s): %s must be a class of the class path that implements %s and has a"
                + " constructor without parameters",
            name, className, wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"java.lang.String", "a.B"})
  void refusesAConfigProviderThatIsNone(String className) {
    assertThatThrownBy(
            () -> check(Map.of("config.providers", "a, b", "config.providers.b.class", className)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "KAFKA_OVERRIDE_CONFIG_PROVIDERS_B_CLASS=******** (kafka-property"
                + " config.providers.b.class): must be a class of the class path that implements"
                + " org.apache.kafka.common.config.provider.ConfigProvider and has a constructor"
                + " without parameters");
  }

  @Test
  void acceptsClassesThatAreThere() {
    assertThatCode(
            () ->
                check(
                    Map.of(
                        "metric.reporters", "org.apache.kafka.common.metrics.JmxReporter",
                        "interceptor.classes", "",
                        "partitioner.class",
                            "org.apache.kafka.clients.producer.RoundRobinPartitioner")))
        .doesNotThrowAnyException();
  }

  @Test
  void acceptsADeliveryTimeoutOfExactlyLingerPlusRequestTimeout() {
    assertThatCode(() -> check(Map.of("delivery.timeout.ms", "20000"))).doesNotThrowAnyException();
    assertThatThrownBy(
            () -> check(Map.of("delivery.timeout.ms", "20000", "request.timeout.ms", "15001")))
        .hasMessageContaining("which are 5000 and 15001");
  }

  @Test
  void quotesNoSecretThatTheClientRefuses() {
    assertThatThrownBy(() -> check(Map.of("buffer.memory", "password=hunter2")))
        .hasMessage(
            "KAFKA_OVERRIDE_BUFFER_MEMORY=******** (kafka-property buffer.memory): must be a whole"
                + " number from 0");
  }

  @Test
  void quotesNoSecretThatIsGivenAsTheNameOfAClass() {
    assertThatThrownBy(() -> check(Map.of("interceptor.classes", "password=hunter2")))
        .hasMessage(
            "KAFKA_OVERRIDE_INTERCEPTOR_CLASSES=******** (kafka-property interceptor.classes): must"
                + " be a class of the class path that implements"
                + " org.apache.kafka.clients.producer.ProducerInterceptor and has a constructor"
                + " without parameters");
  }

  @Test
  void namesAPropertyThatNoVariableSetsByTheOptionThatSetsIt() {
    assertThat(new GivenProperties(Map.of("x_y", "z")).refused("x_y", "must be a number"))
        .hasMessage("KAFKA_PROPERTY=x_y=******** (kafka-property x_y): must be a number");
  }

  @Test
  void printsNoValueOfGivenProperties() {
    var given = new GivenProperties(Map.of("sasl.jaas.config", "hunter2", "client.id", "x"));

    assertThat(given).hasToString("GivenProperties[client.id, sasl.jaas.config]");
  }

  @ParameterizedTest
  @CsvSource({
    "security.protocol, SSL",
    "ssl.truststore.location, /etc/secrets/trust.p12",
    "sasl.oauthbearer.token.endpoint.url, https://login.example/oauth2/token",
    "client.id, collector",
  })
  void showsWhatTheClientKnowsAndDoesNotTypeAsAPassword(String name, String value) {
    assertThat(KafkaProperties.isShown(new KafkaProperty(name, value))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssl.truststore.password=x",
        "ssl.key.password=x",
        "ssl.keystore.key=x",
        "ssl.truststore.certificates=x",
        "sasl.jaas.config=x",
        "ssl.kystore.pasword=x",
        "security.protocl=SSL",
        "listener.name.plain=x",
        "sasl.oauthbearer.token.endpoint.url=https://user:x@login.example/token",
        "sasl.oauthbearer.token.endpoint.url=https://login.example/token?client_secret=x",
        "client.id=some.LoginModule required password=\"x\";",
        "client.id=user:x@host",
        "client.id=user=me pass=x",
        "client.id=pwd: x",
        "client.id=Api-Key=x",
        "client.rack=-----BEGIN PRIVATE KEY-----",
      })
  void masksEverythingElse(String text) {
    KafkaProperty property = KafkaProperty.parse(text);

    assertThat(KafkaProperties.isShown(property)).isFalse();
    assertThat(KafkaProperties.secrets(Map.of(property.name(), property.value())))
        .containsExactly(property.value());
  }

  static void check(Map<String, String> given) {
    Map<String, Object> all = new HashMap<>();
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
    all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 15_000);
    all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    all.put(ProducerConfig.LINGER_MS_CONFIG, 5_000);
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    all.putAll(given);
    KafkaProperties.check(all, new TreeMap<>(given));
  }
}
