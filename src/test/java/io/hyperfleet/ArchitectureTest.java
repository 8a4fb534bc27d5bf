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

/** A package is a feature, and the features hang together as the design draws them. */
class ArchitectureTest {

  private static final int LONGEST_CLASS = 200;

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.hyperfleet");

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.hyperfleet.(*)..").should().beFreeOfCycles().check(CLASSES);
    slices().matching("io.hyperfleet.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /** A part of a feature in a folder of its own may use the rest, or be used by it, but not both. */
  @Test
  void partsOfPackagesAreFreeOfCycles() {
    slices().matching("io.hyperfleet.(**)").should().beFreeOfCycles().check(CLASSES);
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
  void nothingIsInAPackageOfUtilities() {
    noClasses().should().resideInAnyPackage("..util..", "..utils..", "..helper..", "..common..").check(CLASSES);
  }

  @Test
  void classesAreShort() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        assertThat(Files.readAllLines(source)).as(source.toString()).hasSizeLessThanOrEqualTo(LONGEST_CLASS);
      }
    }
  }
}
