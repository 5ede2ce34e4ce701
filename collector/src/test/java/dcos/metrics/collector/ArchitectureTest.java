// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dcos.metrics.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which packages may use which libraries and which other packages. */
class ArchitectureTest {
  private static final JavaClasses CLASSES = ArchitectureRules.mainClasses();

  @Test
  void keepsTheRulesOfEveryModule() {
    ArchitectureRules.check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "picocli.., ..collector.cli..",
    "org.apache.kafka.., ..collector.kafka..",
    "javafx.., ''",
    "sun.., ''"
  })
  void onlyOnePackageUsesALibrary(String library, String user) {
    noClasses()
        .that()
        .resideOutsideOfPackage(user)
        .and()
        .resideOutsideOfPackage("org.apache.kafka..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = "okhttp3..")
  void onlyTheAgentAndBrokerDiscoveryUseTheHttpClient(String library) {
    noClasses()
        .that()
        .resideOutsideOfPackages("..collector.agent..", "..collector.kafka.discovery..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"settings", "log", "ledger", "memory", "message", "outcome", "event", "filter"})
  void theCommandLineIsUnknownBelowIt(String shared) {
    noClasses()
        .that()
        .resideInAPackage("..collector." + shared + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..collector.cli..")
        .check(CLASSES);
  }

  @Test
  void theCollectorDoesNotUseItsExamples() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dcos.metrics.emitter..", "dcos.metrics.consumer..", "dcos.metrics.localstack..")
        .check(CLASSES);
  }
}
