// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What a view model is tested by stands or falls with what it does not know. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dcos.metrics.inspector");

  @Test
  void viewModelsKnowPropertiesAndListsOfTheToolkitAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..inspector.window..", "..inspector.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "javafx.scene..",
            "javafx.stage..",
            "javafx.application..",
            "javafx.animation..",
            "atlantafx..",
            "org.kordamp..")
        .check(CLASSES);
  }

  @Test
  void theWindowKnowsViewModelsAndNothingBehindThem() {
    noClasses()
        .that()
        .resideInAPackage("..inspector.window..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dcos.metrics.collector..",
            "dcos.metrics.inspector.model..",
            "dcos.metrics.inspector.cli..")
        .check(CLASSES);
  }

  @Test
  void viewModelsDoNotKnowTheWindow() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..inspector.window..", "..inspector.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dcos.metrics.inspector.window..", "dcos.metrics.inspector.cli..")
        .check(CLASSES);
  }

  @Test
  void whoeverShowsARecordingDoesNotKnowHowItIsKept() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..inspector.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..inspector.model.blocks..",
            "..inspector.model.book..",
            "..inspector.model.open..",
            "..inspector.model.save..",
            "..inspector.model.work..")
        .check(CLASSES);
  }

  @Test
  void packagesStandOnOneAnother() {
    slices().matching("dcos.metrics.inspector.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
