package io.hyperfleet.gitops;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reverser's packages know each other in one direction, and none is too large to be read. */
class GitOpsPackagesTest {

  private static final String ROOT = "io.hyperfleet.gitops";
  private static final int MOST_FILES = 30;

  @Test
  void packagesKnowThoseBelowThemOnly() {
    layeredArchitecture().consideringOnlyDependenciesInLayers()
        .layer("words").definedBy(ROOT)
        .layer("manifest").definedBy(ROOT + ".manifest..")
        .layer("destination").definedBy(ROOT + ".destination..")
        .layer("author").definedBy(ROOT + ".author..")
        .layer("write").definedBy(ROOT + ".write..")
        .layer("watch").definedBy(ROOT + ".watch..")
        .layer("reconcile").definedBy(ROOT + ".reconcile..")
        .layer("lifecycle").definedBy(ROOT + ".lifecycle..")
        .whereLayer("lifecycle").mayNotBeAccessedByAnyLayer()
        .whereLayer("reconcile").mayOnlyBeAccessedByLayers("lifecycle")
        .whereLayer("watch").mayOnlyBeAccessedByLayers("reconcile", "lifecycle")
        .whereLayer("write").mayOnlyBeAccessedByLayers("watch", "reconcile", "lifecycle")
        .whereLayer("author").mayOnlyBeAccessedByLayers("write", "watch", "lifecycle")
        .whereLayer("destination").mayOnlyBeAccessedByLayers("write", "watch", "reconcile", "lifecycle")
        .whereLayer("manifest")
        .mayOnlyBeAccessedByLayers("destination", "author", "write", "watch", "reconcile", "lifecycle")
        .check(new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT));
  }

  @Test
  void noFolderIsTooLarge() throws IOException {
    for (var root : List.of("src/main/java/io/hyperfleet/gitops", "src/test/java/io/hyperfleet/gitops")) {
      try (Stream<Path> folders = Files.walk(Path.of(root)).filter(Files::isDirectory)) {
        for (Path folder : folders.toList()) {
          try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(Files::isRegularFile)).as(folder.toString()).hasSizeLessThanOrEqualTo(MOST_FILES);
          }
        }
      }
    }
  }
}
