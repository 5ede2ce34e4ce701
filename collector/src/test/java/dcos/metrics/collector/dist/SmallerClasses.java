// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.DebugElementsOption;
import java.lang.classfile.ClassFile.LineNumbersOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.attribute.RuntimeInvisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.attribute.SourceDebugExtensionAttribute;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Leaves out of the package's jars what only compilers, debuggers and Kotlin's reflection read, a
 * step of the build's package phase: tables of local variables, 2 MB of the class archive that is
 * resident in every process, and Kotlin's metadata, 0.4 MB. Line numbers stay, for stack traces.
 */
final class SmallerClasses {
  private static final String KOTLIN_METADATA = "Lkotlin/Metadata;";

  private final ClassFile format;

  private SmallerClasses(ClassHierarchyResolver hierarchy) {
    format =
        ClassFile.of(
            ConstantPoolSharingOption.NEW_POOL,
            DebugElementsOption.DROP_DEBUG,
            LineNumbersOption.PASS_LINE_NUMBERS,
            ClassHierarchyResolverOption.of(hierarchy));
  }

  /** Takes the package's folder of jars; a class that cannot be written again fails the build. */
  public static void main(String[] args) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    URL[] urls = jars.stream().map(Path::toUri).map(SmallerClasses::url).toArray(URL[]::new);
    try (var loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      var smaller = new SmallerClasses(hierarchy(loader));
      for (Path jar : jars) {
        smaller.rewrite(jar);
      }
    }
  }

  /** Some classes extend others that the package leaves out, since they are never loaded. */
  private static ClassHierarchyResolver hierarchy(ClassLoader loader) {
    return ClassHierarchyResolver.ofResourceParsing(loader)
        .orElse(ClassHierarchyResolver.defaultResolver())
        .orElse(_ -> ClassHierarchyInfo.ofInterface())
        .cached();
  }

  private void rewrite(Path jar) throws IOException {
    Path smaller = jar.resolveSibling(jar.getFileName() + ".smaller");
    try (var in = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(smaller);
        var out = new ZipOutputStream(file)) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        byte[] content = in.getInputStream(entry).readAllBytes();
        ZipEntry written = new ZipEntry(entry.getName());
        written.setTime(entry.getTime());
        out.putNextEntry(written);
        out.write(isClass(entry.getName()) ? rewrite(content) : content);
        out.closeEntry();
      }
    }
    Files.move(smaller, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private byte[] rewrite(byte[] content) {
    ClassModel model = format.parse(content);
    return format.transformClass(
        model,
        ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
            .andThen(ClassTransform.dropping(SmallerClasses::isForCompilers)));
  }

  /** The package does not contain Kotlin's reflection. */
  private static boolean isForCompilers(ClassElement element) {
    return switch (element) {
      case SourceDebugExtensionAttribute _ -> true;
      case RuntimeInvisibleAnnotationsAttribute _ -> true;
      case RuntimeVisibleAnnotationsAttribute visible ->
          visible.annotations().stream()
              .allMatch(each -> KOTLIN_METADATA.equals(each.className().stringValue()));
      default -> false;
    };
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class") && !name.endsWith("module-info.class");
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (IOException e) {
      throw new UncheckedIOException("a file has a URL", e);
    }
  }
}
