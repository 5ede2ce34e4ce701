// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dcos.metrics.testkit.ArchitectureRules;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Which layers and features of the Inspector may use which others. */
class ArchitectureTest {
  private static final JavaClasses CLASSES = ArchitectureRules.mainClasses();

  private static final String BASE = "dcos.metrics.inspector.";

  private static final List<String> FEATURES =
      List.of(
          "metrics",
          "records",
          "deliveries",
          "chart",
          "detail",
          "sidebar",
          "timeline",
          "filterline",
          "statusbar",
          "settingspanel",
          "replay",
          "export",
          "start");

  @Test
  void keepsTheRulesOfEveryModule() {
    ArchitectureRules.check(CLASSES);
  }

  @Test
  void onlyViewsUseControls() {
    noClasses()
        .that()
        .resideOutsideOfPackages(BASE + "shell..", BASE + "control..", BASE + "cli..")
        .and(areNotNamed("View"))
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
  void theCommandLineUsesNoControls() {
    noClasses()
        .that()
        .resideInAPackage(BASE + "cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javafx.scene..", "atlantafx..", "org.kordamp..")
        .check(CLASSES);
  }

  @Test
  void modelsUsePropertiesAndListsOfTheToolkitOnly() {
    classes()
        .that(areNamed("Model"))
        .should()
        .onlyDependOnClassesThat(
            describe(
                "are outside of JavaFX or properties and lists",
                type ->
                    !type.getPackageName().startsWith("javafx.")
                        || type.getPackageName().startsWith("javafx.beans")
                        || type.getPackageName().startsWith("javafx.collections")
                        || type.getPackageName().startsWith("javafx.util")))
        .check(CLASSES);
  }

  @Test
  void presentersDoNotUseViews() {
    noClasses()
        .that(areNamed("Presenter"))
        .should()
        .dependOnClassesThat(areNamed("View"))
        .check(CLASSES);
  }

  @Test
  void viewsUseModelsAndNothingBelow() {
    noClasses()
        .that()
        .resideInAnyPackage(BASE + "shell..", BASE + "control..")
        .or(areNamed("View"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dcos.metrics.collector..", BASE + "recording..", BASE + "app..", BASE + "cli..")
        .check(CLASSES);
  }

  @ParameterizedTest
  @FieldSource("FEATURES")
  void featuresDoNotUseEachOther(String feature) {
    String[] others =
        FEATURES.stream()
            .filter(other -> !other.equals(feature))
            .map(other -> BASE + other + "..")
            .toArray(String[]::new);

    noClasses()
        .that()
        .resideInAPackage(BASE + feature + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(CLASSES);
  }

  @ParameterizedTest
  @FieldSource("FEATURES")
  void featuresDoNotUseTheWindowAroundThem(String feature) {
    noClasses()
        .that()
        .resideInAPackage(BASE + feature + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(BASE + "shell..", BASE + "app..", BASE + "cli..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineUsesTheApplication() {
    noClasses()
        .that()
        .resideOutsideOfPackages(BASE + "app..", BASE + "cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BASE + "app..")
        .check(CLASSES);
  }

  @Test
  void onlyARecordingUsesHowItIsStored() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + "recording..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Stream.of("store", "index", "open", "save", "thread")
                .map(part -> BASE + "recording." + part + "..")
                .toArray(String[]::new))
        .check(CLASSES);
  }

  /** Nested classes count as the class that they are in. */
  private static DescribedPredicate<JavaClass> areNamed(String ending) {
    return describe(
        "are named …" + ending,
        type -> {
          JavaClass outermost = type;
          while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
          }
          return outermost.getPackageName().startsWith("dcos.metrics.inspector")
              && outermost.getSimpleName().endsWith(ending);
        });
  }

  private static DescribedPredicate<JavaClass> areNotNamed(String ending) {
    return DescribedPredicate.not(areNamed(ending));
  }
}
