// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each foreign library has its room, and the rest does not know it. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dcos.metrics.collector");

  @ParameterizedTest
  @CsvSource({
    "picocli.., ..collector.cli..",
    "org.apache.kafka.., ..collector.kafka..",
    "javafx.., ''",
    "sun.., ''"
  })
  void onlyItsRoomKnowsALibrary(String library, String room) {
    noClasses()
        .that()
        .resideOutsideOfPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({"okhttp3.."})
  void httpIsForTheAgentAndForTheBrokerLookup(String library) {
    noClasses()
        .that()
        .resideOutsideOfPackages("..collector.agent..", "..collector.kafka..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({"settings", "log", "ledger", "memory", "message"})
  void sharedTypesDoNotKnowTheProgram(String room) {
    noClasses()
        .that()
        .resideInAPackage("..collector." + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..collector.cli..")
        .check(CLASSES);
  }
}
