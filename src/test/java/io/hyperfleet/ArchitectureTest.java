package io.hyperfleet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A package is a feature, and the features hang together as the design draws them. */
class ArchitectureTest {

  private static final int MOST_FILES = 30;

  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.hyperfleet");

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.hyperfleet.(*)..").should().beFreeOfCycles().check(CLASSES);
    slices().matching("io.hyperfleet.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /** Who opens a folder sees what is in it. */
  @ParameterizedTest
  @ValueSource(strings = {"src/main/java", "src/test/java"})
  void foldersHoldThirtyFilesAtMost(Path root) throws IOException {
    try (Stream<Path> folders = Files.walk(root)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.list(folder)) {
          assertThat(files.filter(Files::isRegularFile).filter(file -> !file.endsWith("package-info.java")).count())
              .as(folder.toString()).isLessThanOrEqualTo(MOST_FILES);
        }
      }
    }
  }

  @Test
  void apiKnowsNoAdapter() {
    noClasses().that().resideInAnyPackage("io.hyperfleet.api..", "io.hyperfleet.resource..", "io.hyperfleet.status..",
        "io.hyperfleet.events..", "io.hyperfleet.outbox..")
        .should().dependOnClassesThat().resideInAnyPackage("io.hyperfleet.adapter..", "io.hyperfleet.kubernetes..",
            "io.hyperfleet.cel..", "io.hyperfleet.sentinel..")
        .check(CLASSES);
  }

  @Test
  void adaptersAndSentinelAreClientsOfTheApi() {
    noClasses().that().resideInAnyPackage("io.hyperfleet.adapter..", "io.hyperfleet.sentinel..", "io.hyperfleet.cel..",
        "io.hyperfleet.kubernetes..")
        .should().dependOnClassesThat().resideInAnyPackage("io.hyperfleet.api..", "io.hyperfleet.resource..",
            "io.hyperfleet.status..", "io.hyperfleet.events..", "io.hyperfleet.outbox..", "io.hyperfleet.database..")
        .check(CLASSES);
  }

  @Test
  void consoleIsAClientOfTheApi() {
    noClasses().that().resideInAnyPackage("io.hyperfleet.console..")
        .should().dependOnClassesThat().resideInAnyPackage("io.hyperfleet.api..", "io.hyperfleet.resource..",
            "io.hyperfleet.status..", "io.hyperfleet.events..", "io.hyperfleet.outbox..", "io.hyperfleet.database..",
            "io.hyperfleet.adapter..", "io.hyperfleet.kubernetes..", "io.hyperfleet.sentinel..", "org.apache.camel..")
        .check(CLASSES);
  }

  @Test
  void nothingIsInAPackageOfUtilities() {
    noClasses().should().resideInAnyPackage("..util..", "..utils..", "..helper..", "..common..").check(CLASSES);
  }
}
