// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules on the structure of main classes that every module keeps. */
public final class ArchitectureRules {
  private static final int MAX_LINES = 400;

  /** What the build generates from the schema and for benchmarks, and a class of Kafka's. */
  private static final String[] NOT_OURS = {
    "dcos.metrics", "..jmh_generated..", "org.apache.kafka.."
  };

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern QUALIFIED = Pattern.compile("\\bdcos\\.metrics\\.[\\w.]*\\w");

  private ArchitectureRules() {}

  /** The main classes of the module in whose folder the test runs. */
  public static JavaClasses mainClasses() {
    return new ClassFileImporter().importPath(Path.of("target", "classes"));
  }

  /**
   * Checks the rules that hold in every module: no cycles of packages, no public type that no other
   * package uses, no source file over 400 lines.
   *
   * @throws AssertionError that lists every violation of the first rule that is not kept
   */
  public static void check(JavaClasses classes) {
    slices().matching("dcos.metrics.(**)").should().beFreeOfCycles().check(classes);
    classes()
        .that()
        .arePublic()
        .and()
        .areTopLevelClasses()
        .and()
        .resideOutsideOfPackages(NOT_OURS)
        .should(beUsedByAnotherPackage())
        .check(classes);
    checkLengths();
  }

  private static ArchCondition<JavaClass> beUsedByAnotherPackage() {
    Set<String> inSources = namedInOtherPackages();
    Set<String> inFiles = SourceScan.classesNamedByFiles(Path.of("."));
    return new ArchCondition<>("be used by another package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!inSources.contains(type.getName())
            && !inFiles.contains(type.getName())
            && !isProgram(type)
            && !isUsedWithoutItsName(type)
            && !isInSignature(type)) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getName() + " is public, and only its own package uses it"));
        }
      }
    };
  }

  private static boolean isProgram(JavaClass type) {
    return type.tryGetMethod("main", String[].class).isPresent();
  }

  /** What other packages get from or pass to a public type, perhaps as a lambda. */
  private static boolean isInSignature(JavaClass type) {
    return type.getPackage().getClasses().stream()
        .filter(other -> !other.equals(type) && other.getModifiers().contains(JavaModifier.PUBLIC))
        .anyMatch(
            other ->
                other.getRawSuperclass().filter(type::equals).isPresent()
                    || other.getCodeUnits().stream()
                        .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                        .flatMap(ArchitectureRules::signature)
                        .map(ArchitectureRules::outermost)
                        .anyMatch(type::equals));
  }

  private static Stream<JavaClass> signature(JavaCodeUnit unit) {
    return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
        .flatMap(type -> type.getAllInvolvedRawTypes().stream());
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureRules::outermost).orElse(type);
  }

  private static boolean isUsedWithoutItsName(JavaClass type) {
    return type.getDirectDependenciesToSelf().stream()
        .anyMatch(use -> !use.getOriginClass().getPackageName().equals(type.getPackageName()));
  }

  /** The types of other packages, nested ones as well, that sources of any module name in full. */
  private static Set<String> namedInOtherPackages() {
    Set<String> names = new HashSet<>();
    for (Path file : sources(root())) {
      String text = read(file);
      String own =
          PACKAGE.matcher(text).results().map(found -> found.group(1)).findFirst().orElse("");
      QUALIFIED
          .matcher(text)
          .results()
          .map(MatchResult::group)
          .filter(name -> !packageOf(name).equals(own))
          .forEach(
              name -> {
                for (String part = name; part.contains("."); part = packageOf(part)) {
                  names.add(part); // the type that a member or a nested type belongs to, too
                }
              });
    }
    return names;
  }

  private static String packageOf(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  private static void checkLengths() {
    List<String> tooLong =
        sources(Path.of("src")).stream()
            .filter(file -> read(file).lines().count() > MAX_LINES)
            .map(Path::toString)
            .toList();
    if (!tooLong.isEmpty()) {
      throw new AssertionError("files over " + MAX_LINES + " lines: " + tooLong);
    }
  }

  /** The folder of the whole project. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(".ci"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new AssertionError("the test does not run in a folder of this project");
      }
    }
    return folder;
  }

  private static List<Path> sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> Stream.of(file.toString().split("/")).noneMatch("target"::equals))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
