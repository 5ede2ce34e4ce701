// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.properties;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/** Whether stores can be read and an engine can be made of the TLS properties. */
final class TlsCheck {
  /** A store, by the names of its properties. */
  private record Store(
      String kind, String location, String type, String password, List<String> inline) {}

  private static final Store TRUST =
      new Store(
          "trust store",
          SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
          SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
          SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG,
          List.of(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG));
  private static final Store KEYS =
      new Store(
          "key store",
          SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
          SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
          SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
          List.of(
              SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
              SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG));

  /** What the JDK's trust manager can check a certificate's name by. */
  private static final Set<String> NAME_CHECKS = Set.of("", "https", "ldap", "ldaps");

  private TlsCheck() {}

  static void check(Map<String, ?> values, GivenProperties given) {
    Object factory = values.get(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG);
    if (factory != null && !factory.equals(DefaultSslEngineFactory.class)) {
      return; // a plugin, which may ask the network for its keys
    }
    Object nameCheck = values.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
    if (nameCheck != null && !NAME_CHECKS.contains(nameCheck.toString().toLowerCase(Locale.ROOT))) {
      throw given.refused(
          SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG,
          "must be https, or empty to switch the check of host names off");
    }
    RuntimeException failure = failure(values);
    if (failure != null) {
      throw diagnosis(values, given);
    }
  }

  /** Makes an engine as for a connection, without one; null if that works. */
  private static @Nullable RuntimeException failure(Map<String, ?> values) {
    try (var factory = new DefaultSslEngineFactory()) {
      factory.configure(values);
      String nameCheck =
          (String) values.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
      SSLEngine _ =
          factory.createClientSslEngine(
              "localhost", 9092, Objects.requireNonNullElse(nameCheck, ""));
      KeyStore trusted = factory.truststore();
      if (trusted != null && trusted.size() == 0) {
        return new IllegalArgumentException("no certificate");
      }
      return null;
    } catch (KeyStoreException e) {
      return new IllegalArgumentException(e);
    } catch (RuntimeException e) {
      return e;
    }
  }

  /** Tries without stores, then with one more of them at a time. */
  private static IllegalArgumentException diagnosis(Map<String, ?> values, GivenProperties given) {
    Map<String, @Nullable Object> some = new HashMap<>(values);
    remove(some, TRUST);
    remove(some, KEYS);
    some.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, null);
    if (failure(some) != null) {
      return engine(some, given);
    }
    restore(some, values, TRUST);
    RuntimeException failure = failure(some);
    if (failure != null) {
      return store(TRUST, values, failure, given);
    }
    restore(some, values, KEYS);
    some.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, values.get(SslConfigs.SSL_KEY_PASSWORD_CONFIG));
    return store(KEYS, values, Objects.requireNonNull(failure(some)), given);
  }

  private static void remove(Map<String, @Nullable Object> values, Store store) {
    values.put(store.location(), null);
    values.put(store.password(), null);
    store.inline().forEach(name -> values.put(name, null));
  }

  private static void restore(
      Map<String, @Nullable Object> some, Map<String, ?> values, Store store) {
    some.put(store.location(), values.get(store.location()));
    some.put(store.password(), values.get(store.password()));
    store.inline().forEach(name -> some.put(name, values.get(name)));
  }

  /** The property without which it works. */
  private static IllegalArgumentException engine(Map<String, ?> values, GivenProperties given) {
    ConfigDef definition = ProducerConfig.configDef();
    Map<String, Object> defaults = definition.defaultValues();
    List<String> names =
        given.values().keySet().stream()
            .filter(name -> name.startsWith("ssl.") && definition.configKeys().containsKey(name))
            .sorted()
            .toList();
    for (String name : names) {
      Map<String, @Nullable Object> others = new HashMap<>(values);
      others.put(name, defaults.get(name));
      if (failure(others) == null) {
        return given.refused(name, "must be a name that this Java runtime knows");
      }
    }
    return new IllegalArgumentException(
        "kafka-property "
            + String.join(", ", names)
            + ": must be names that this Java runtime knows");
  }

  private static IllegalArgumentException store(
      Store store, Map<String, ?> values, RuntimeException failure, GivenProperties given) {
    Object location = values.get(store.location());
    String type = String.valueOf(values.get(store.type()));
    boolean pem = type.equals(DefaultSslEngineFactory.PEM_TYPE);
    if (pem && values.get(store.password()) != null) {
      return given.refused(store.password(), "is not allowed with a store of type PEM");
    }
    if (location == null) {
      return store.inline().stream()
          .filter(given::has)
          .findFirst()
          .map(name -> given.refused(name, "must be in PEM, and " + store.type() + " too"))
          .orElseGet(
              () -> given.refused(store.location(), "must be the path of the " + store.kind()));
    }
    if (!isReadableFile(location.toString())) {
      return given.refused(store.location(), "must be the path of a file that can be read");
    }
    if (!isKnownType(type)) {
      return given.refused(store.type(), "must be PKCS12, JKS or PEM");
    }
    boolean wrongPassword = hasCause(failure, UnrecoverableKeyException.class);
    if (wrongPassword && isKeyPassword(failure, values)) {
      return given.refused(
          SslConfigs.SSL_KEY_PASSWORD_CONFIG, "must be the password of the key in " + location);
    }
    if (wrongPassword) {
      return given.refused(store.password(), "must be the password of " + location);
    }
    return given.refused(
        store.location(),
        "must be a "
            + store.kind()
            + " of type "
            + type
            + " with at least one certificate"
            + (pem || given.has(store.password())
                ? ""
                : ", and " + store.password() + " its password"));
  }

  /** Whether the store itself can be opened, but not the key in it. */
  private static boolean isKeyPassword(RuntimeException failure, Map<String, ?> values) {
    return values.get(SslConfigs.SSL_KEY_PASSWORD_CONFIG) != null
        && !hasCause(failure, IOException.class);
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable next = failure; next != null; next = next.getCause()) {
      if (type.isInstance(next)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isReadableFile(String path) {
    try {
      Path file = Path.of(path);
      return Files.isRegularFile(file) && Files.isReadable(file);
    } catch (InvalidPathException _) {
      return false;
    }
  }

  private static boolean isKnownType(String type) {
    try {
      return type.equals(DefaultSslEngineFactory.PEM_TYPE) || KeyStore.getInstance(type) != null;
    } catch (KeyStoreException _) {
      return false;
    }
  }
}
