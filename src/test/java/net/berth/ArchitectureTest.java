package net.berth;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house rules that a compiler does not hold: which way the arrows run, and what no class may have. */
@AnalyzeClasses(packages = "net.berth", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final int LONGEST_FILE = 400;

    @ArchTest
    static final ArchRule modelKnowsNothingOfTheRest = onlyKnows("model");

    @ArchTest
    static final ArchRule planKnowsTheModelOnly = onlyKnows("plan", "model");

    @ArchTest
    static final ArchRule engineKnowsPlanAndModel = onlyKnows("engine", "plan", "model");

    @ArchTest
    static final ArchRule configKnowsTheModel =
            onlyKnows("config", "model", "security", "engine", "proxmox", "nipap", "edgemax", "notify", "http");

    @ArchTest
    static final ArchRule configKnowsOfAdaptersOnlyTheirSettings = noClasses()
            .that()
            .resideInAPackage("net.berth.config..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "net.berth.engine..",
                            "net.berth.proxmox..",
                            "net.berth.nipap..",
                            "net.berth.edgemax..",
                            "net.berth.notify..",
                            "net.berth.http..")
                    .and(not(nameMatching("net\\.berth\\.\\w+\\.(\\w+Settings(\\$.*)?|ApiToken)"))));

    @ArchTest
    static final ArchRule securityKnowsNothingOfTheRest = onlyKnows("security");

    @ArchTest
    static final ArchRule proxmoxKnowsThePortsAndTheModel = onlyKnows("proxmox", "model", "engine.port", "security");

    @ArchTest
    static final ArchRule nipapKnowsThePortsAndTheModel = onlyKnows("nipap", "model", "engine.port", "security");

    @ArchTest
    static final ArchRule edgemaxKnowsThePortsAndTheModel = onlyKnows("edgemax", "model", "engine.port", "security");

    @ArchTest
    static final ArchRule portsKnowTheModelOnly = onlyKnows("engine.port", "model");

    @ArchTest
    static final ArchRule configStringsKnowTheModelOnly = onlyKnows("proxmox.text", "model");

    @ArchTest
    static final ArchRule plainValuesKnowNoRowsAndNoRouter = noClasses()
            .that()
            .resideInAPackage("net.berth.model")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("net.berth.model.row..", "net.berth.model.router..");

    @ArchTest
    static final ArchRule recordsOfTheWireKnowNoRoutes = noClasses()
            .that()
            .resideInAnyPackage("net.berth.http.json..", "net.berth.http.guard..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.berth.http");

    @ArchTest
    static final ArchRule notifyKnowsTheEngine = onlyKnows("notify", "engine", "security");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsDoctorAndSetup = noClasses()
            .that(not(resideInAnyPackage("net.berth.doctor..", "net.berth.setup..", "net.berth.cli.."))
                    .and(not(resideInAPackage("net.berth"))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("net.berth.doctor..", "net.berth.setup..");

    @ArchTest
    static final ArchRule nothingKnowsHttp = noClasses()
            .that(not(resideInAnyPackage("net.berth.http..", "net.berth.config.."))
                    .and(not(resideInAPackage("net.berth"))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.berth.http..");

    @ArchTest
    static final ArchRule nothingKnowsTheCommandLine = noClasses()
            .that(not(resideInAnyPackage("net.berth.cli..")).and(not(resideInAPackage("net.berth"))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.berth.cli..");

    @ArchTest
    static final ArchRule noTwoPackagesLeanOnEachOther =
            slices().matching("net.berth.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noTwoFoldersBelowOneLeanOnEachOther =
            slices().matching("net.berth.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule thePureCoreHasNoClockAndNoOutsideWorld = noClasses()
            .that()
            .resideInAnyPackage("net.berth.model..", "net.berth.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.util.concurrent..", "org.slf4j..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule logsGoThroughOneLibrary =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

    @ArchTest
    static final ArchRule onlyTheCommandLineWritesToTheTerminal = noClasses()
            .that(not(resideInAnyPackage("net.berth.cli..")).and(not(resideInAPackage("net.berth"))))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule staticFieldsNeverChange =
            fields().that().areStatic().should().beFinal().allowEmptyShould(true);

    @ArchTest
    static final ArchRule anOptionalIsAnAnswerAndNoField = noFields().should().haveRawType(Optional.class);

    @ArchTest
    static final ArchRule anOptionalIsAnAnswerAndNoParameter = methods()
            .that()
            .arePublic()
            .should(new ArchCondition<>("take no Optional") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    boolean takes = method.getRawParameterTypes().stream()
                            .anyMatch(type -> type.isEquivalentTo(Optional.class));
                    events.add(new SimpleConditionEvent(method, !takes, method.getFullName() + " takes an Optional"));
                }
            });

    @ArchTest
    static final ArchRule valuesAreRecordsEnumsOrInterfaces = classes()
            .that()
            .resideInAPackage("net.berth.model..")
            .and()
            .doNotHaveSimpleName("RowAttributes")
            .and()
            // A record has no room for the index that a view makes of its lists when it is first asked.
            .haveSimpleNameNotStartingWith("Router")
            .or()
            .haveSimpleNameStartingWith("RouterChange")
            .and()
            .doNotHaveSimpleName("package-info")
            .and()
            .areTopLevelClasses()
            .should(new ArchCondition<>("be records, enums or interfaces") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean value = type.isRecord() || type.isEnum() || type.isInterface();
                    events.add(new SimpleConditionEvent(type, value, type.getName() + " is no value"));
                }
            });

    @Test
    void noSourceFileIsLong() throws IOException {
        List<String> tooLong;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            tooLong = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> lines(file) > LONGEST_FILE)
                    .map(Path::toString)
                    .toList();
        }
        assertThat(tooLong).isEmpty();
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /**
     * The package may use itself, those named, and libraries; the sub-packages of each count as part of it. Running things
     * side by side and waiting are help for any package, although the classes for it are the engine's.
     */
    private static ArchRule onlyKnows(String name, String... others) {
        String[] allowed = Stream.concat(Stream.of(name), Stream.of(others))
                .map(each -> "net.berth." + each + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("net.berth." + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("net.berth..").and(not(resideInAnyPackage(allowed))))
                .because("net.berth." + name + " may know only " + List.of(others));
    }
}
