// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.properties;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SecurityConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.Login;
import org.apache.kafka.common.security.auth.SecurityProviderCreator;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.oauthbearer.JwtRetriever;
import org.apache.kafka.common.security.oauthbearer.JwtValidator;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Whether the classes that properties name can be loaded and are what the client wants. */
final class ClassCheck {
  private static final Map<String, Class<?>> WANTED =
      Map.of(
          ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, ProducerInterceptor.class,
          CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, MetricsReporter.class,
          ProducerConfig.PARTITIONER_CLASS_CONFIG, Partitioner.class,
          SecurityConfig.SECURITY_PROVIDERS_CONFIG, SecurityProviderCreator.class,
          SaslConfigs.SASL_LOGIN_CLASS, Login.class,
          SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS, AuthenticateCallbackHandler.class,
          SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS, AuthenticateCallbackHandler.class,
          SaslConfigs.SASL_OAUTHBEARER_JWT_RETRIEVER_CLASS, JwtRetriever.class,
          SaslConfigs.SASL_OAUTHBEARER_JWT_VALIDATOR_CLASS, JwtValidator.class,
          SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, SslEngineFactory.class);

  private ClassCheck() {}

  static void check(AbstractConfig config, GivenProperties given) {
    for (String name : given.values().keySet().stream().sorted().toList()) {
      Class<?> wanted = WANTED.get(name);
      if (wanted != null) {
        for (String className : classNames(config.values().get(name))) {
          if (!isUsable(className, wanted)) {
            throw refusal(name, className, wanted, given);
          }
        }
      }
    }
  }

  /** Before they are made: the client fails with an exception that names no property. */
  static void checkConfigProviders(GivenProperties given) {
    String providers = given.values().getOrDefault(AbstractConfig.CONFIG_PROVIDERS_CONFIG, "");
    for (String provider : classNames(providers)) {
      String name = AbstractConfig.CONFIG_PROVIDERS_CONFIG + "." + provider + ".class";
      String className = given.values().get(name);
      if (className != null && !isUsable(className.strip(), ConfigProvider.class)) {
        throw refusal(name, className, ConfigProvider.class, given);
      }
    }
  }

  private static IllegalArgumentException refusal(
      String name, String className, Class<?> wanted, GivenProperties given) {
    return given.refused(
        name,
        "%smust be a class of the class path that implements %s and has a constructor without parameters"
            .formatted(given.isShown(name) ? className + " " : "", wanted.getName()));
  }

  private static List<String> classNames(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case Class<?> type -> List.of(type.getName());
      case List<?> all ->
          all.stream()
              .map(element -> element.toString().strip())
              .filter(n -> !n.isEmpty())
              .toList();
      default ->
          List.of(value.toString().split(",", -1)).stream()
              .map(String::strip)
              .filter(n -> !n.isEmpty())
              .toList();
    };
  }

  /** Runs no code of the class: its initializer and its configuration may do anything. */
  static boolean isUsable(String className, Class<?> wanted) {
    try {
      Class<?> type = Class.forName(className, false, Utils.getContextOrKafkaClassLoader());
      var _ = type.getDeclaredConstructor();
      return wanted.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
    } catch (ReflectiveOperationException | LinkageError _) {
      return false; // a class that it needs may be missing too
    }
  }
}
