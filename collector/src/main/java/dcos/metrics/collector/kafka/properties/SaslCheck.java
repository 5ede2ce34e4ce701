// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.properties;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.spi.LoginModule;
import javax.security.sasl.Sasl;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SecurityConfig;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/** Whether a login can be made of the SASL properties; nobody is logged in. */
final class SaslCheck {
  private static final String JAAS_FORM =
      "must be LOGIN-MODULE required NAME=\"VALUE\" NAME=\"VALUE\"; with a quote or a backslash"
          + " in a value written as \\\" or \\\\";

  /** The client's own modules: others may do anything. */
  private static final Set<String> OWN_MODULES =
      Set.of(
          PlainLoginModule.class.getName(),
          ScramLoginModule.class.getName(),
          OAuthBearerLoginModule.class.getName());

  private static final Set<String> SCRAM = Set.of("SCRAM-SHA-256", "SCRAM-SHA-512");
  private static final String OAUTHBEARER = "OAUTHBEARER";
  private static final String MECHANISMS =
      "PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER or GSSAPI";

  private SaslCheck() {}

  static void check(Map<String, ?> values, GivenProperties given) {
    String mechanism = String.valueOf(values.get(SaslConfigs.SASL_MECHANISM));
    for (AppConfigurationEntry entry : entries(values, given)) {
      checkModule(entry, given);
      checkMechanism(mechanism, entry, given);
      checkPassword(entry, values, given);
      checkKeytab(entry, given);
      if (mechanism.equals(SaslConfigs.GSSAPI_MECHANISM)
          && values.get(SaslConfigs.SASL_KERBEROS_SERVICE_NAME) == null
          && !entry.getOptions().containsKey("serviceName")) {
        throw given.refused(
            SaslConfigs.SASL_KERBEROS_SERVICE_NAME,
            "must be the name of the brokers' Kerberos service");
      }
    }
    if (mechanism.equals(OAUTHBEARER)) {
      OAuthCheck.check(values, entries(values, given), given);
    }
  }

  private static List<AppConfigurationEntry> entries(Map<String, ?> values, GivenProperties given) {
    try {
      return JaasContext.loadClientContext(values).configurationEntries();
    } catch (IllegalArgumentException | SecurityException _) {
      // The exception quotes what it did not understand, which may be the password.
      throw refusedJaas(given);
    }
  }

  private static IllegalArgumentException refusedJaas(GivenProperties given) {
    String line = given.values().get(SaslConfigs.SASL_JAAS_CONFIG);
    boolean unfinished = line != null && !line.strip().endsWith(";");
    return given.refused(
        SaslConfigs.SASL_JAAS_CONFIG, unfinished ? "must end with a semicolon" : JAAS_FORM);
  }

  private static void checkModule(AppConfigurationEntry entry, GivenProperties given) {
    if (!ClassCheck.isUsable(entry.getLoginModuleName(), LoginModule.class)) {
      throw given.refused(
          SaslConfigs.SASL_JAAS_CONFIG,
          "must begin with a login module of the class path, such as "
              + PlainLoginModule.class.getName());
    }
  }

  /** Each of the client's own modules brings its mechanism; Java has some without any. */
  private static void checkMechanism(
      String mechanism, AppConfigurationEntry entry, GivenProperties given) {
    String module = entry.getLoginModuleName();
    if (!OWN_MODULES.contains(module) || given.has(SecurityConfig.SECURITY_PROVIDERS_CONFIG)) {
      return;
    }
    if (module.equals(OAuthBearerLoginModule.class.getName())) {
      require(mechanism.equals(OAUTHBEARER), OAUTHBEARER, module, given);
    } else if (SCRAM.contains(mechanism)) {
      require(module.equals(ScramLoginModule.class.getName()), "PLAIN", module, given);
    } else if (mechanism.equals(SaslConfigs.GSSAPI_MECHANISM) || mechanism.equals(OAUTHBEARER)) {
      boolean plain = module.equals(PlainLoginModule.class.getName());
      require(false, plain ? "PLAIN" : "SCRAM-SHA-256 or SCRAM-SHA-512", module, given);
    } else if (!isOfferedByJava(mechanism)) {
      throw given.refused(SaslConfigs.SASL_MECHANISM, "must be " + MECHANISMS);
    }
  }

  private static void require(
      boolean fits, String mechanisms, String module, GivenProperties given) {
    if (!fits) {
      throw given.refused(
          SaslConfigs.SASL_MECHANISM, "must be " + mechanisms + " for the login module " + module);
    }
  }

  private static boolean isOfferedByJava(String mechanism) {
    return Collections.list(Sasl.getSaslClientFactories()).stream()
        .anyMatch(factory -> List.of(factory.getMechanismNames(null)).contains(mechanism));
  }

  private static void checkPassword(
      AppConfigurationEntry entry, Map<String, ?> values, GivenProperties given) {
    String module = entry.getLoginModuleName();
    boolean asks =
        module.equals(PlainLoginModule.class.getName())
            || module.equals(ScramLoginModule.class.getName());
    boolean plugin =
        values.get(SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS) != null
            || values.get(SaslConfigs.SASL_LOGIN_CLASS) != null;
    Set<String> options = entry.getOptions().keySet();
    if (asks && !plugin && !(options.contains("username") && options.contains("password"))) {
      throw given.refused(
          SaslConfigs.SASL_JAAS_CONFIG, "must have username=\"VALUE\" and password=\"VALUE\"");
    }
  }

  private static void checkKeytab(AppConfigurationEntry entry, GivenProperties given) {
    Object used = entry.getOptions().get("useKeyTab");
    Object keytab = entry.getOptions().get("keyTab");
    if (used == null || keytab == null || !used.toString().equals("true")) {
      return;
    }
    String path = keytab.toString().replaceFirst("^(?i:FILE):(//)?", "");
    try {
      if (!Files.isReadable(Path.of(path))) {
        throw given.refused(
            SaslConfigs.SASL_JAAS_CONFIG, "its keyTab must be the path of a file that can be read");
      }
    } catch (InvalidPathException _) {
      throw given.refused(SaslConfigs.SASL_JAAS_CONFIG, "its keyTab must be a path");
    }
  }
}
