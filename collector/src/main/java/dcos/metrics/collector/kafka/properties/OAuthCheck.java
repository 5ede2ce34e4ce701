// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.properties;

import dcos.metrics.collector.log.ProgramLog;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.oauthbearer.ClientCredentialsJwtRetriever;
import org.apache.kafka.common.security.oauthbearer.ClientJwtValidator;
import org.apache.kafka.common.security.oauthbearer.DefaultJwtRetriever;
import org.apache.kafka.common.security.oauthbearer.DefaultJwtValidator;
import org.apache.kafka.common.security.oauthbearer.FileJwtRetriever;
import org.apache.kafka.common.security.oauthbearer.JwtBearerJwtRetriever;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.jspecify.annotations.Nullable;

/** Whether tokens can be asked for; none is. */
final class OAuthCheck {
  private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

  /** Parts of the client that are configured without asking the network. */
  private static final Set<Class<?>> QUIET =
      Set.of(
          DefaultJwtRetriever.class,
          ClientCredentialsJwtRetriever.class,
          FileJwtRetriever.class,
          JwtBearerJwtRetriever.class,
          DefaultJwtValidator.class,
          ClientJwtValidator.class);

  private OAuthCheck() {}

  static void check(
      Map<String, ?> values, List<AppConfigurationEntry> entries, GivenProperties given) {
    Object handler = values.get(SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS);
    if (handler == null) {
      boolean unsecured =
          entries.stream()
              .flatMap(entry -> entry.getOptions().keySet().stream())
              .anyMatch(option -> option.startsWith("unsecuredLogin"));
      if (!unsecured && values.get(SaslConfigs.SASL_LOGIN_CLASS) == null) {
        throw given.refused(
            SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS,
            "must be a class that gets tokens, such as "
                + OAuthBearerLoginCallbackHandler.class.getName());
      }
      return;
    }
    if (handler.equals(OAuthBearerLoginCallbackHandler.class)
        && QUIET.contains(values.get(SaslConfigs.SASL_OAUTHBEARER_JWT_RETRIEVER_CLASS))
        && QUIET.contains(values.get(SaslConfigs.SASL_OAUTHBEARER_JWT_VALIDATOR_CLASS))) {
      checkUrl(values.get(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL), given);
      configure(values, entries, given);
    }
  }

  private static void checkUrl(@Nullable Object url, GivenProperties given) {
    String name = SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL;
    if (url == null) {
      throw given.refused(name, "must be the URL that tokens come from");
    }
    if (!isUrl(url.toString())) {
      throw given.refused(name, "must be a URL of http, https or file");
    }
    boolean listed =
        Arrays.stream(System.getProperty(ALLOWED_URLS, "").split(",", -1))
            .anyMatch(allowed -> allowed.strip().equals(url.toString()));
    if (!listed) {
      throw given.refused(
          name,
          "must be a URL that the Java system property "
              + ALLOWED_URLS
              + " lists: COLLECTOR_JVM_FLAGS=-D"
              + ALLOWED_URLS
              + "=URL,...");
    }
  }

  private static boolean isUrl(String text) {
    try {
      String scheme = new URI(text).getScheme();
      return scheme != null
          && Set.of("http", "https", "file").contains(scheme.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException _) {
      return false;
    }
  }

  /** As a login does first; a token would be asked for only after that. */
  private static void configure(
      Map<String, ?> values, List<AppConfigurationEntry> entries, GivenProperties given) {
    var handler = new OAuthBearerLoginCallbackHandler();
    try {
      handler.configure(values, "OAUTHBEARER", entries);
    } catch (KafkaException | IllegalArgumentException | IllegalStateException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw given.refused(
          SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS,
          "refuses its properties: " + ProgramLog.masked(String.valueOf(root.getMessage())));
    } catch (LinkageError _) {
      throw given.refused(
          SaslConfigs.SASL_OAUTHBEARER_JWT_VALIDATOR_CLASS,
          "must be "
              + ClientJwtValidator.class.getName()
              + ", others need a library that is not on the class path");
    } finally {
      handler.close();
    }
  }
}
