package propusk.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("propusk");

  @Test
  void dependenciesPointDownwardsOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("app")
        .definedBy("propusk.app..")
        .layer("bot")
        .definedBy("propusk.bot..")
        .layer("miniapp")
        .definedBy("propusk.miniapp..")
        .layer("mtproto")
        .definedBy("propusk.mtproto..")
        .layer("domain")
        .definedBy("propusk.domain..")
        .layer("migrations")
        .definedBy("propusk.migrations..")
        .layer("sandbox")
        .definedBy("propusk.sandbox..")
        .whereLayer("app")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("bot")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("miniapp")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("mtproto")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("domain")
        .mayOnlyBeAccessedByLayers("app", "bot", "miniapp", "mtproto")
        .whereLayer("sandbox")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  @Test
  void theDomainKnowsNoEdge() {
    noClasses()
        .that()
        .resideInAPackage("propusk.domain..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.javalin..",
            "org.eclipse.jetty..",
            "com.pengrad..",
            "gg.jte..",
            "java.net.http..",
            "java.lang.foreign..")
        .check(CLASSES);
  }

  @Test
  void timeAndRandomnessComeByConstructor() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "propusk.domain..", "propusk.bot..", "propusk.miniapp..", "propusk.mtproto..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callConstructor(SecureRandom.class)
        .check(CLASSES);
  }

  @Test
  void oneClassTouchesForeignMemory() {
    noClasses()
        .that()
        .doNotHaveSimpleName("NativeTdJson")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.foreign..")
        .check(CLASSES);
  }
}
