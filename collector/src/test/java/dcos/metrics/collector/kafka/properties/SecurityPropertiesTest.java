// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityPropertiesTest {
  private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
  private static final String OAUTH =
      "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";
  private static final String SECRET = "hunter2";
  private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

  @TempDir private Path temp;

  @Test
  void acceptsStoresThatCanBeRead() throws Exception {
    assertThatCode(() -> KafkaPropertiesTest.check(stores())).doesNotThrowAnyException();
  }

  @Test
  void acceptsAnEmptyCheckOfHostNames() throws Exception {
    Map<String, String> given = stores();
    given.put("ssl.endpoint.identification.algorithm", "");

    assertThatCode(() -> KafkaPropertiesTest.check(given)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ssl.truststore.location | /no/such | /no/such | must be the path of a file that can be read",
        "ssl.keystore.location | /no/such | /no/such | must be the path of a file that can be read",
        "ssl.truststore.password | hunter2 | ******** | must be the password of TEMP/trusted.p12",
        "ssl.keystore.password | hunter2 | ******** | must be the password of TEMP/keys.p12",
        "ssl.truststore.type | JKX | JKX | must be PKCS12, JKS or PEM",
        "ssl.enabled.protocols | TLSv9 | TLSv9 | must be a name that this Java runtime knows",
        "ssl.cipher.suites | NONE | NONE | must be a name that this Java runtime knows",
        "ssl.protocol | TLSv9 | TLSv9 | must be a name that this Java runtime knows",
        "ssl.endpoint.identification.algorithm | htps | htps | must be https, or empty to switch the"
            + " check of host names off",
      })
  void refusesOnePropertyOfTls(String name, String value, String shown, String allowed)
      throws Exception {
    Map<String, String> given = stores();
    given.put(name, value);

    assertThatThrownBy(() -> KafkaPropertiesTest.check(given))
        .hasMessageEndingWith(
            "=%s (kafka-property %s): %s", shown, name, allowed.replace("TEMP", temp.toString()));
  }

  @Test
  void refusesATrustStoreWithoutACertificate() throws Exception {
    Path empty = temp.resolve("empty.p12");
    write(emptyStore(), empty);

    assertThatThrownBy(
            () ->
                KafkaPropertiesTest.check(
                    Map.of(
                        "security.protocol", "SSL",
                        "ssl.truststore.type", "PKCS12",
                        "ssl.truststore.location", empty.toString(),
                        "ssl.truststore.password", "store-password")))
        .hasMessageContaining("must be a trust store of type PKCS12 with at least one certificate");
  }

  @Test
  void refusesAPasswordForATrustStoreInPem() throws Exception {
    Map<String, String> given = pemTrustStore(aCertificate());
    assertThatCode(() -> KafkaPropertiesTest.check(given)).doesNotThrowAnyException();

    given.put("ssl.truststore.password", SECRET);

    assertThatThrownBy(() -> KafkaPropertiesTest.check(given))
        .hasMessage(
            "KAFKA_OVERRIDE_SSL_TRUSTSTORE_PASSWORD=******** (kafka-property"
                + " ssl.truststore.password): is not allowed with a store of type PEM");
  }

  @Test
  void asksForNoPasswordOfATrustStoreInPem() throws Exception {
    Map<String, String> given = pemTrustStore();

    assertThatThrownBy(() -> KafkaPropertiesTest.check(given))
        .hasMessageEndingWith("must be a trust store of type PEM with at least one certificate");
  }

  @Test
  void readsNoStoreWithoutTls() {
    assertThatCode(() -> KafkaPropertiesTest.check(Map.of("ssl.truststore.location", "/no/such")))
        .doesNotThrowAnyException();
  }

  @Test
  void checksTlsBesideALogin() throws Exception {
    Map<String, String> given = stores();
    given.put("security.protocol", "SASL_SSL");
    given.put("sasl.mechanism", "PLAIN");
    given.put("sasl.jaas.config", PLAIN + " required username=\"u\" password=\"p\";");
    assertThatCode(() -> KafkaPropertiesTest.check(given)).doesNotThrowAnyException();

    given.put("ssl.truststore.location", "/no/such");
    assertThatThrownBy(() -> KafkaPropertiesTest.check(given))
        .hasMessageContaining("KAFKA_OVERRIDE_SSL_TRUSTSTORE_LOCATION=/no/such");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "MODULE required username=\"u\" password=\"hunter2\" | must end with a semicolon",
        "MODULE required username=\"u\" password=\"a\"hunter2\"; | must be LOGIN-MODULE required ",
        "MODULE username=\"u\" password=\"hunter2\"; | must be LOGIN-MODULE required ",
        "MODULE hunter2; | must be LOGIN-MODULE required ",
        "MODULE required hunter2; | must be LOGIN-MODULE required ",
        "MODULE required username=\"u\" password=\"hunter2; | must be LOGIN-MODULE required ",
        "hunter2; | must be LOGIN-MODULE required ",
        "MODULE required username=\"u\" password=\"a\"; MODULE required password=\"hunter2\";"
            + " | must be LOGIN-MODULE required ",
        "a.hunter2 required username=\"u\" password=\"a\"; | must begin with a login module",
        "MODULE required username=\"u\" pasword=\"hunter2\"; | must have username=\"VALUE\" and ",
        "com.sun.security.auth.module.JndiLoginModule required a=\"hunter2\";"
            + " | must be LOGIN-MODULE required ",
        "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true"
            + " keyTab=\"/no/hunter2\"; | its keyTab must be the path of a file that can be read",
      })
  void refusesALoginThatCannotBeWithoutQuotingIt(String jaas, String allowed) {
    assertThatThrownBy(() -> checkLogin("PLAIN", jaas.replace("MODULE", PLAIN)))
        .hasMessageStartingWith(
            "KAFKA_OVERRIDE_SASL_JAAS_CONFIG=******** (kafka-property sasl.jaas.config): "
                + allowed)
        .message()
        .doesNotContain(SECRET);
  }

  @Test
  void refusesAPasswordWithoutALogin() {
    assertThatThrownBy(
            () -> KafkaPropertiesTest.check(Map.of("security.protocol", "SASL_PLAINTEXT")))
        .hasMessageStartingWith("KAFKA_OVERRIDE_SASL_JAAS_CONFIG is not set");
  }

  @ParameterizedTest
  @CsvSource({
    "GSSAPI, plain.Plain, must be PLAIN for the login module ",
    "SCRAM-SHA-256, plain.Plain, must be PLAIN for the login module ",
    "GSSAPI, scram.Scram, must be SCRAM-SHA-256 or SCRAM-SHA-512 for the login module ",
    "PLAIN, oauthbearer.OAuthBearer, must be OAUTHBEARER for the login module ",
    "plain, plain.Plain, 'must be PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER or GSSAPI'",
    "SCRAM-SHA-1, scram.Scram,"
        + " 'must be PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER or GSSAPI'",
  })
  void refusesAMechanismThatTheLoginModuleDoesNotHave(
      String mechanism, String module, String allowed) {
    String name = "org.apache.kafka.common.security." + module + "LoginModule";

    assertThatThrownBy(
            () -> checkLogin(mechanism, name + " required username=\"u\" password=\"hunter2\";"))
        .hasMessageContaining("(kafka-property sasl.mechanism): " + allowed)
        .message()
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource({"PLAIN, plain.Plain", "PLAIN, scram.Scram", "SCRAM-SHA-512, scram.Scram"})
  void acceptsALoginAsItShouldBe(String mechanism, String module) {
    String name = "org.apache.kafka.common.security." + module + "LoginModule";

    assertThatCode(
            () -> checkLogin(mechanism, name + " required username=\"u\" password=\"a\\\"b\";"))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesKerberosWithoutTheNameOfTheService() {
    String module = "com.sun.security.auth.module.Krb5LoginModule required";

    assertThatThrownBy(() -> checkLogin("GSSAPI", module + " useTicketCache=true;"))
        .hasMessage(
            "KAFKA_OVERRIDE_SASL_KERBEROS_SERVICE_NAME is not set (kafka-property"
                + " sasl.kerberos.service.name): must be the name of the brokers' Kerberos service");
    assertThatCode(() -> checkLogin("GSSAPI", module + " serviceName=\"kafka\";"))
        .doesNotThrowAnyException();
  }

  @Test
  void asksForNoTokenAndRefusesNothingThatTheNetworkCouldMend() throws Exception {
    try (ServerSocketChannel issuer = ServerSocketChannel.open()) {
      issuer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      issuer.configureBlocking(false);
      int port = issuer.socket().getLocalPort();
      String url = "http://u:hunter2@127.0.0.1:" + port + "/token?client_secret=hunter2";

      assertThatThrownBy(() -> KafkaPropertiesTest.check(tokens(url)))
          .hasMessageStartingWith(
              "KAFKA_OVERRIDE_SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL=******** (kafka-property"
                  + " sasl.oauthbearer.token.endpoint.url): must be a URL that the Java system"
                  + " property "
                  + ALLOWED_URLS
                  + " lists")
          .message()
          .doesNotContain(SECRET);
      System.setProperty(ALLOWED_URLS, url);
      try {
        assertThatCode(() -> KafkaPropertiesTest.check(tokens(url))).doesNotThrowAnyException();
      } finally {
        System.clearProperty(ALLOWED_URLS);
      }

      assertThat(issuer.accept()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "htp://login.example, htp://login.example",
    "login.example/token, login.example/token",
    "http://[login.example, http://[login.example",
    "htp://u:hunter2@login.example, ********",
    "u:hunter2@login.example, ********",
    "http://[u:hunter2@login.example, ********",
  })
  void refusesAUrlForTokensThatIsNone(String url, String shown) {
    assertThatThrownBy(() -> KafkaPropertiesTest.check(tokens(url)))
        .hasMessage(
            "KAFKA_OVERRIDE_SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL=%s (kafka-property"
                + " sasl.oauthbearer.token.endpoint.url): must be a URL of http, https or file",
            shown);
  }

  @Test
  void refusesTokensThatNothingGets() {
    assertThatThrownBy(() -> checkLogin("OAUTHBEARER", OAUTH + " required;"))
        .hasMessageStartingWith(
            "KAFKA_OVERRIDE_SASL_LOGIN_CALLBACK_HANDLER_CLASS is not set (kafka-property"
                + " sasl.login.callback.handler.class): must be a class that gets tokens");
    assertThatCode(
            () ->
                checkLogin(
                    "OAUTHBEARER", OAUTH + " required unsecuredLoginStringClaim_sub=\"me\";"))
        .doesNotThrowAnyException();
  }

  private static Map<String, String> tokens(String url) {
    Map<String, String> given = new HashMap<>();
    given.put("security.protocol", "SASL_PLAINTEXT");
    given.put("sasl.mechanism", "OAUTHBEARER");
    given.put(
        "sasl.login.callback.handler.class",
        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler");
    given.put(
        "sasl.oauthbearer.jwt.validator.class",
        "org.apache.kafka.common.security.oauthbearer.ClientJwtValidator");
    given.put("sasl.oauthbearer.token.endpoint.url", url);
    given.put("sasl.jaas.config", OAUTH + " required clientId=\"a\" clientSecret=\"hunter2\";");
    return given;
  }

  private static void checkLogin(String mechanism, String jaas) {
    KafkaPropertiesTest.check(
        Map.of(
            "security.protocol", "SASL_PLAINTEXT",
            "sasl.mechanism", mechanism,
            "sasl.jaas.config", jaas));
  }

  /** Properties with a key store and a trust store, both as they should be. */
  private Map<String, String> stores() throws IOException, GeneralSecurityException {
    Certificate some = aCertificate();
    KeyStore trusted = emptyStore();
    trusted.setCertificateEntry("a", some);
    write(trusted, temp.resolve("trusted.p12"));
    KeyStore keys = emptyStore();
    keys.setKeyEntry(
        "a",
        KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate(),
        "store-password".toCharArray(),
        new Certificate[] {some});
    write(keys, temp.resolve("keys.p12"));
    Map<String, String> given = new HashMap<>();
    given.put("security.protocol", "SSL");
    for (String store : new String[] {"truststore", "keystore"}) {
      given.put("ssl." + store + ".type", "PKCS12");
      given.put("ssl." + store + ".password", "store-password");
    }
    given.put("ssl.truststore.location", temp.resolve("trusted.p12").toString());
    given.put("ssl.keystore.location", temp.resolve("keys.p12").toString());
    return given;
  }

  private Map<String, String> pemTrustStore(Certificate... certificates)
      throws IOException, GeneralSecurityException {
    var pem = new StringBuilder();
    for (Certificate certificate : certificates) {
      pem.append("-----BEGIN CERTIFICATE-----\n")
          .append(Base64.getMimeEncoder().encodeToString(certificate.getEncoded()))
          .append("\n-----END CERTIFICATE-----\n");
    }
    Path file = Files.writeString(temp.resolve("trusted.pem"), pem);
    Map<String, String> given = new HashMap<>();
    given.put("security.protocol", "SSL");
    given.put("ssl.truststore.type", "PEM");
    given.put("ssl.truststore.location", file.toString());
    return given;
  }

  /** One that this Java runtime trusts. */
  private static Certificate aCertificate() throws GeneralSecurityException {
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init((KeyStore) null);
    return Arrays.stream(managers.getTrustManagers())
        .map(X509TrustManager.class::cast)
        .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
        .findFirst()
        .orElseThrow();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static void write(KeyStore store, Path file)
      throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "store-password".toCharArray());
    }
  }
}
