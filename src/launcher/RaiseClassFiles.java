import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * {@code java RaiseClassFiles.java JAR…}: rewrites class files older than Java 6 as today's.
 *
 * <p>The JVM's start-up caches take no class file below version 50. picocli's jar is at 49, so all
 * of it would be read and verified anew at every start; raised, it comes from the cache.
 */
final class RaiseClassFiles {
  private static final int OLDEST_CACHED = 50;

  /** Copies each instruction: a body that is only passed on would keep its missing stack maps. */
  private static final ClassTransform TO_LATEST =
      ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
          .andThen(
              ClassTransform.endHandler(
                  builder -> builder.withVersion(ClassFile.latestMajorVersion(), 0)));

  public static void main(String[] args) throws IOException {
    for (String jar : args) {
      raise(Path.of(jar));
    }
  }

  private static void raise(Path path) throws IOException {
    Path raised = path.resolveSibling(path.getFileName() + ".tmp");
    try (JarFile jar = new JarFile(path.toFile())) {
      List<JarEntry> entries = jar.stream().toList();
      if (entries.stream().noneMatch(entry -> isOldClass(jar, entry))) {
        return;
      }
      ClassFile latest = latest(jar);
      try (OutputStream file = Files.newOutputStream(raised);
          JarOutputStream out = new JarOutputStream(file)) {
        for (JarEntry entry : entries) {
          byte[] bytes = bytes(jar, entry);
          out.putNextEntry(new JarEntry(entry.getName()));
          out.write(
              isOldClass(jar, entry)
                  ? latest.transformClass(latest.parse(bytes), TO_LATEST)
                  : bytes);
        }
      }
    }
    // A rename: a process that has the old jar open keeps it.
    Files.move(raised, path, StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean isOldClass(JarFile jar, JarEntry entry) {
    if (!entry.getName().endsWith(".class")) {
      return false;
    }
    try (InputStream in = open(jar, entry)) {
      byte[] head = in.readNBytes(8);
      return ((head[6] & 0xff) << 8 | head[7] & 0xff) < OLDEST_CACHED;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Merging two types in a stack map needs their common parent: the jar's own types come first. */
  private static ClassFile latest(JarFile jar) {
    ClassHierarchyResolver own =
        ClassHierarchyResolver.ofResourceParsing(
            type -> {
              String name = type.descriptorString();
              JarEntry entry = jar.getJarEntry(name.substring(1, name.length() - 1) + ".class");
              return entry == null ? null : open(jar, entry);
            });
    return ClassFile.of(
        StackMapsOption.GENERATE_STACK_MAPS,
        ClassHierarchyResolverOption.of(
            own.orElse(ClassHierarchyResolver.defaultResolver()).cached()));
  }

  private static InputStream open(JarFile jar, JarEntry entry) {
    try {
      return jar.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
